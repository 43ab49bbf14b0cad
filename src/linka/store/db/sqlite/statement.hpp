// A prepared statement of SQLite's.
#pragma once

#include "linka/store/db/sqlite/sqlite_db.hpp"

#include <sqlite3.h>

namespace linka::store {

class SqliteStatement final : public Statement {
  public:
    SqliteStatement(SqliteDb& db, sqlite3_stmt* handle) : db_(db), handle_(handle) {}
    ~SqliteStatement() override { sqlite3_finalize(handle_); }

    void bind(std::int64_t value) override { sqlite3_bind_int64(handle_, ++bound_, value); }
    void bind(double value) override { sqlite3_bind_double(handle_, ++bound_, value); }
    void bind(std::string_view value) override;
    bool step() override;
    bool run() override;
    void reset() override;
    [[nodiscard]] std::int64_t integer(int column) const override {
        return sqlite3_column_int64(handle_, column);
    }
    [[nodiscard]] double real(int column) const override {
        return sqlite3_column_double(handle_, column);
    }
    [[nodiscard]] std::string_view text(int column) const override;

  private:
    bool usable();

    SqliteDb& db_;
    sqlite3_stmt* handle_;
    int bound_ = 0;
};

}  // namespace linka::store
