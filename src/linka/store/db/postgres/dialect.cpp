#include "linka/store/db/postgres/dialect.hpp"

#include "linka/base/fold_case.hpp"
#include "linka/base/plain_letters.hpp"
#include "linka/base/text.hpp"

#include <cctype>

namespace linka::store::postgres {

namespace {

// Calls `word(piece)` for each word and `other(c)` for everything else outside of quotes; what is
// quoted, and comments, go to `out` as they are.
template <typename Word, typename Other>
void each_token(std::string_view sql, std::string& out, Word&& word, Other&& other) {
    const auto in_word = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    };
    std::size_t at = 0;
    while (at < sql.size()) {
        std::size_t end = at + 1;
        if (sql[at] == '\'' || sql[at] == '"') {
            end = std::min(sql.find(sql[at], end), sql.size() - 1) + 1;
            out += sql.substr(at, end - at);
        } else if (sql.substr(at, 2) == "--") {
            end = std::min(sql.find('\n', end), sql.size());
            out += sql.substr(at, end - at);
        } else if (in_word(sql[at])) {
            while (end < sql.size() && in_word(sql[end])) {
                ++end;
            }
            word(sql.substr(at, end - at));
        } else {
            other(sql[at]);
        }
        at = end;
    }
}

// What a function that changes two-byte letters one by one does to each of them, as the last two
// arguments of translate(): those that go stand at the end of the first.
std::string translation(std::string (*changed)(std::string_view)) {
    constexpr unsigned points = 0x800;  // of two bytes
    std::string from;
    std::string to;
    std::string gone;
    for (unsigned point = 'A'; point < points; ++point) {
        std::string letter;
        if (point < 0x80) {
            letter += static_cast<char>(point);
        } else {
            letter += static_cast<char>(0xc0U | (point >> 6U));
            letter += static_cast<char>(0x80U | (point & 0x3fU));
        }
        const std::string folded = changed(letter);
        if (folded.empty()) {
            gone += letter;
        } else if (folded != letter) {
            from += letter;
            to += folded;
        }
    }
    return "'" + from + gone + "', '" + to + "'";
}

// text::fold_case and text::plain_letters; ASCII is quicker by itself.
std::string text_definition(const std::string& name, std::string (*changed)(std::string_view)) {
    return "CREATE OR REPLACE FUNCTION " + name +
           "(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE "
           "AS $$ SELECT CASE WHEN octet_length($1) = char_length($1) THEN lower($1 COLLATE \"C\") "
           "ELSE translate($1, " +
           translation(changed) + ") END $$;";
}

}  // namespace

std::string numbered(std::string_view sql) {
    std::string out;
    out.reserve(sql.size() + 16);
    int parameters = 0;
    each_token(
        sql, out, [&](std::string_view word) { out += word; },
        [&](char c) {
            if (c == '?') {
                out += '$';
                out += std::to_string(++parameters);
            } else {
                out += c;
            }
        });
    return out;
}

std::string definition(std::string_view sql) {
    std::string out;
    each_token(
        sql, out,
        [&](std::string_view word) {
            if (word == "INTEGER") {
                out += "BIGINT";
            } else if (word == "TEXT") {
                out += "TEXT COLLATE \"C\"";
            } else {
                out += word;
            }
        },
        [&](char c) { out += c; });
    return out;
}

std::string own_definitions() {
    return text_definition("fold", text::fold_case) +
           text_definition("plain", text::plain_letters) +
           "CREATE TABLE IF NOT EXISTS holder (id BIGINT PRIMARY KEY, epoch BIGINT NOT NULL, "
           "who TEXT NOT NULL);"
           "INSERT INTO holder (id, epoch, who) VALUES (1, 0, '') ON CONFLICT (id) DO NOTHING;";
}

// PostgreSQL's manual, appendix A. The first two letters are the class.
ErrorCode code_of(std::string_view sqlstate) {
    const std::string_view kind = sqlstate.substr(0, 2);
    if (sqlstate == "57014") {  // query_canceled, by statement_timeout
        return ErrorCode::timed_out;
    }
    if (sqlstate == "53100") {  // disk_full
        return ErrorCode::full;
    }
    if (kind == "23") {  // a constraint
        return ErrorCode::conflict;
    }
    // Nothing: no server. 08: connection, 28: may not come in, 40: rolled back for another's sake,
    // 53: no memory or connections left, 55: locked, 57: stopped, starts, 58: input or output,
    // 3D: no such database, 25006: a standby that only reads.
    for (const std::string_view outside : {"", "08", "28", "3D", "40", "53", "55", "57", "58"}) {
        if (kind == outside) {
            return ErrorCode::unavailable;
        }
    }
    return sqlstate == "25006" ? ErrorCode::unavailable : ErrorCode::internal;
}

}  // namespace linka::store::postgres
