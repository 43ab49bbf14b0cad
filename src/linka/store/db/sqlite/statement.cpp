#include "linka/store/db/sqlite/statement.hpp"

#include "linka/store/db/fitting.hpp"

namespace linka::store {

void SqliteStatement::bind(std::string_view value) {
    if (!fits(value)) {
        db_.fail_with(unfit(sqlite3_sql(handle_)));
    }
    // A null pointer would bind NULL.
    sqlite3_bind_text64(handle_, ++bound_, value.data() == nullptr ? "" : value.data(),
                        value.size(), SQLITE_STATIC, SQLITE_UTF8);
}

// After an error nothing more may run: a full disk can make SQLite roll back by itself, and what
// came then would be committed on its own.
bool SqliteStatement::usable() {
    if (!db_.error()) {
        return true;
    }
    reset();
    return false;
}

bool SqliteStatement::step() {
    if (!usable()) {
        return false;
    }
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        db_.failed(code, sqlite3_sql(handle_));
    }
    reset();
    return false;
}

bool SqliteStatement::run() {
    if (!usable()) {
        return false;
    }
    const int code = sqlite3_step(handle_);
    if (code != SQLITE_DONE) {
        db_.failed(code, sqlite3_sql(handle_));
    }
    reset();
    return code == SQLITE_DONE;
}

void SqliteStatement::reset() {
    sqlite3_reset(handle_);
    bound_ = 0;
}

std::string_view SqliteStatement::text(int column) const {
    const void* bytes = sqlite3_column_text(handle_, column);
    const int length = sqlite3_column_bytes(handle_, column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(static_cast<const char*>(bytes),
                                               static_cast<std::size_t>(length));
}

}  // namespace linka::store
