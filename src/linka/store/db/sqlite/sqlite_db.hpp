// SqliteDb: a database in one file, with a write-ahead log beside it while it is open.
#pragma once

#include "linka/store/db/db.hpp"

#include <chrono>
#include <memory>
#include <string>

struct sqlite3;

namespace linka::store {

class Checkpointer;

class SqliteDb final : public Db {
  public:
    static Result<std::unique_ptr<SqliteDb>> open(const Options& options);
    /// For open() alone.
    SqliteDb(std::string path, sqlite3* handle);
    ~SqliteDb() override;

    Stmt prepare(std::string_view sql) override;
    Stmt scan(std::string_view sql) override { return prepare(sql); }
    Status exec(std::string_view sql) override;
    Status begin() override;
    Status begin_reading() override { return exec("BEGIN"); }
    Status commit() override;
    void rollback() override;
    void set_deadline(Duration from_now) override;
    void after_commit() override;
    std::vector<std::string> dear_columns(std::string_view table) override;
    std::vector<TableColumns> tables() override;
    Result<bool> copy_to(const std::string& path) override;
    Status check() override;

    /// The write-ahead log, in pages.
    struct Log {
        int pages = 0;
        int copied = 0;  // of these, into the database
    };
    /// Copies what no reader needs in the log back into the database; others may read and write
    /// meanwhile. `unavailable`: somebody else does it now.
    Result<Log> copy_log_back();
    /// From now on commits leave the log alone: somebody calls copy_log_back().
    void leave_log();
    /// Pages in the log after this connection's last commit; known after leave_log().
    [[nodiscard]] int log_pages() const { return log_pages_; }

    /// For statements: `code` is SQLite's.
    void failed(int code, std::string_view doing);

  private:
    std::string path_;
    sqlite3* handle_;
    int log_pages_ = 0;
    std::chrono::steady_clock::time_point deadline_;
    std::unique_ptr<Checkpointer> checkpointer_;  // of the writer
};

}  // namespace linka::store
