// Db, Stmt: a connection to the database and a prepared statement, as the rest of the store sees
// them. Only db.cpp knows SQLite, so that PostgreSQL can stand behind the same two classes. One
// thread uses a connection and its statements.
//
// Dialect kept for both: INTEGER (64 bits), DOUBLE PRECISION, TEXT, no NULL (0 and '' mean none),
// `?` parameters, ON CONFLICT upserts, no triggers and no vendor functions but `fold`.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace linka::store {

/// A prepared statement. Parameters are bound one after another; errors stick to the connection
/// (Db::error) and stop all its statements until taken or rolled back, so that a transaction of
/// many statements is checked once, at its end.
class Stmt {
  public:
    Stmt() = default;
    Stmt(Stmt&& other) noexcept;
    Stmt& operator=(Stmt&& other) noexcept;
    Stmt(const Stmt&) = delete;
    Stmt& operator=(const Stmt&) = delete;
    ~Stmt();

    Stmt& bind(std::int64_t value);
    Stmt& bind(double value);
    /// The text is copied only when the statement is stepped later than the caller's text lives:
    /// keep it alive until run() or the last step().
    Stmt& bind(std::string_view value);

    /// To the next row: true if there is one. After the last one, or an error, the statement is
    /// reset and can be bound anew.
    bool step();
    /// Runs a statement that yields no rows. False on error.
    bool run();
    void reset();

    // The columns of the current row, counted from 0. Views live until the next step.
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string_view text(int column) const;

  private:
    friend class Db;
    Stmt(class Db* db, sqlite3_stmt* handle) : db_(db), handle_(handle) {}

    bool usable();

    class Db* db_ = nullptr;
    sqlite3_stmt* handle_ = nullptr;
    int bound_ = 0;
};

class Db {
  public:
    enum class Mode { create, read_only };
    struct Options {
        std::string path;  // ":memory:" for a scratch database
        Mode mode = Mode::create;
        bool sync = true;            // fsync each commit
        std::int64_t pages_max = 0;  // of 4 KiB; 0: no limit
    };

    /// Errors name the path: `unavailable` (cannot be opened), `internal` (damaged, not a
    /// database).
    static Result<std::unique_ptr<Db>> open(const Options& options);
    /// For open() alone.
    Db(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}
    ~Db();
    Db(const Db&) = delete;
    Db& operator=(const Db&) = delete;

    /// An empty statement after an error, which sticks; all its operations fail.
    Stmt prepare(std::string_view sql);
    /// Several statements without parameters.
    Status exec(std::string_view sql);

    Status begin();
    /// Commits, or rolls back if anything failed since begin(). Clears the error that it returns.
    Status commit();
    void rollback();

    /// The first failure since begin() or clear_error().
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    void clear_error() { error_.reset(); }
    /// Success, or the sticking error, which it clears.
    Status take_error();

    /// Statements from now on fail with `timed_out` when it has passed; 0: never.
    void set_deadline(Duration from_now);

    /// Copies the whole database into a new file at `path`, consistently, while others write.
    Status copy_to(const std::string& path);

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

    /// For adapters that found something wrong in what they read.
    void fail_with(Error error);

  private:
    friend class Stmt;
    void failed(int code, std::string_view doing);

    std::string path_;
    sqlite3* handle_;
    int log_pages_ = 0;
    std::optional<Error> error_;
    std::chrono::steady_clock::time_point deadline_;
};

}  // namespace linka::store
