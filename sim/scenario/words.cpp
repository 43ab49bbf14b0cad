#include "sim/scenario/words.hpp"

#include "linka/base/text.hpp"

namespace linka::sim {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

bool stands_alone(char c) {
    return c == ',' || c == ';' || c == '(' || c == ')';
}

/// Splits off what ends a word but does not belong to it: a colon, and `'s`.
void add_plain(std::vector<Word>& words, std::string_view text, int column) {
    const bool colon = text.size() > 1 && text.back() == ':';
    if (colon) {
        text.remove_suffix(1);
    }
    const bool possessive = text.size() > 2 && text.substr(text.size() - 2) == "'s";
    if (possessive) {
        text.remove_suffix(2);
    }
    const int after = column + static_cast<int>(text.size());
    words.push_back({std::string{text}, column, false});
    if (possessive) {
        words.push_back({"'s", after, false});
    }
    if (colon) {
        words.push_back({":", after + (possessive ? 2 : 0), false});
    }
}

}  // namespace

Result<std::vector<Word>> words_of(std::string_view line) {
    std::vector<Word> words;
    std::size_t at = 0;
    while (at < line.size()) {
        const char c = line[at];
        const int column = static_cast<int>(at) + 1;
        if (is_blank(c)) {
            ++at;
            continue;
        }
        if (c == '#') {
            break;
        }
        if (words.size() >= words_max) {
            return fail(ErrorCode::full, text::format("more than {} words on a line", words_max),
                        std::to_string(column));
        }
        if (stands_alone(c)) {
            words.push_back({std::string(1, c), column, false});
            ++at;
            continue;
        }
        std::size_t end = at;
        if (c == '"') {
            end = line.find('"', at + 1);
            if (end == std::string_view::npos) {
                return fail(ErrorCode::invalid, "a quote is not closed", std::to_string(column));
            }
            words.push_back({std::string{line.substr(at + 1, end - at - 1)}, column, true});
            ++end;
        } else {
            while (end < line.size() && !is_blank(line[end]) && !stands_alone(line[end]) &&
                   line[end] != '"') {
                ++end;
            }
            add_plain(words, line.substr(at, end - at), column);
        }
        if (end - at > word_bytes_max) {
            return fail(ErrorCode::full, text::format("a word over {} bytes", word_bytes_max),
                        std::to_string(column));
        }
        at = end;
    }
    return words;
}

}  // namespace linka::sim
