#include "linka/store/db/postgres/statement.hpp"

#include "linka/base/text.hpp"
#include "linka/store/db/fitting.hpp"

#include <charconv>

namespace linka::store {

namespace {

constexpr int rows_a_piece = 2'000;

}  // namespace

PostgresStatement::~PostgresStatement() {
    if (prepared_in_ != 0 && prepared_in_ == db_.session_number()) {
        db_.forget_prepared(name_);
    }
}

void PostgresStatement::bind(std::string_view value) {
    if (!fits(value)) {
        db_.fail_with(unfit(sql_));
    }
    parameters_.add(value);
}

bool PostgresStatement::send() {
    postgres::Connection* const session = db_.error() ? nullptr : db_.session();
    if (session == nullptr || !db_.keep_deadline()) {
        reset();
        return false;
    }
    if (in_pieces_) {
        cursor_ = db_.fresh_name();
        session->send("DECLARE " + cursor_ + " NO SCROLL CURSOR FOR " + sql_, &parameters_);
    } else if (++uses_ == 1) {
        session->send(sql_, &parameters_);
    } else {
        if (prepared_in_ != db_.session_number()) {
            name_ = db_.fresh_name();
            prepared_in_ = db_.session_number();
            session->send_prepare(name_, sql_);
        }
        session->send_prepared(name_, sql_, parameters_);
    }
    parameters_.clear();
    return true;
}

bool PostgresStatement::fetch() {
    if (in_pieces_) {
        db_.session()->send(text::format("FETCH {} FROM {}", rows_a_piece, cursor_));
    }
    row_ = -1;
    return db_.collect(&rows_);
}

bool PostgresStatement::step() {
    if (db_.error() || (rows_ == nullptr && (!send() || !fetch()))) {
        reset();
        return false;
    }
    if (++row_ < postgres::PQntuples(rows_.get())) {
        return true;
    }
    const bool more = in_pieces_ && postgres::PQntuples(rows_.get()) == rows_a_piece;
    if (more && fetch() && ++row_ < postgres::PQntuples(rows_.get())) {
        return true;
    }
    reset();
    return false;
}

bool PostgresStatement::run() {
    const bool sent = send();
    const bool done = sent && (db_.in_transaction() || db_.collect());
    reset();
    return done;
}

void PostgresStatement::reset() {
    rows_.reset();
    parameters_.clear();
    if (!cursor_.empty() && !db_.error() && db_.in_transaction()) {
        db_.session()->send("CLOSE " + cursor_);
    }
    cursor_.clear();
}

std::int64_t PostgresStatement::integer(int column) const {
    std::int64_t value = 0;
    const std::string_view digits = text(column);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

double PostgresStatement::real(int column) const {
    double value = 0;
    const std::string_view digits = text(column);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

std::string_view PostgresStatement::text(int column) const {
    return {postgres::PQgetvalue(rows_.get(), row_, column),
            static_cast<std::size_t>(postgres::PQgetlength(rows_.get(), row_, column))};
}

}  // namespace linka::store
