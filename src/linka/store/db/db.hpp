// Db, Stmt: a connection to the database and a prepared statement, as the rest of the store sees
// them. Which database it is, is known in db/ alone: db/sqlite/ and db/postgres/ implement these
// classes, and an address chooses between them. One thread uses a connection and its statements.
//
// Dialect kept for both: INTEGER (64 bits), DOUBLE PRECISION, TEXT (ordered by its bytes), no NULL
// (0 and '' mean none), `?` parameters, ON CONFLICT upserts, no triggers and no vendor functions
// but `fold` (text::fold_case) and `plain` (text::plain_letters).
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linka::store {

enum class ValueKind { integer, real, text };

/// A table as it lies in the database.
struct TableColumns {
    struct Column {
        std::string name;
        ValueKind kind = ValueKind::integer;
    };
    std::string table;
    std::vector<Column> columns;
};

/// What a database makes of a prepared statement. Stmt says what its functions mean.
class Statement {
  public:
    Statement() = default;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    virtual ~Statement() = default;

    virtual void bind(std::int64_t value) = 0;
    virtual void bind(double value) = 0;
    virtual void bind(std::string_view value) = 0;
    virtual bool step() = 0;
    virtual bool run() = 0;
    virtual void reset() = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
};

/// A prepared statement. Parameters are bound one after another; errors stick to the connection
/// (Db::error) and stop all its statements until taken or rolled back, so that a transaction of
/// many statements is checked once, at its end.
class Stmt {
  public:
    /// Without a statement all operations fail.
    Stmt() = default;
    explicit Stmt(std::unique_ptr<Statement> made) : made_(std::move(made)) {}

    Stmt& bind(std::int64_t value) { return bound(value); }
    Stmt& bind(double value) { return bound(value); }
    /// The text is copied only when the statement is stepped later than the caller's text lives:
    /// keep it alive until run() or the last step().
    Stmt& bind(std::string_view value) { return bound(value); }

    /// To the next row: true if there is one. After the last one, or an error, the statement is
    /// reset and can be bound anew.
    bool step() { return made_ != nullptr && made_->step(); }
    /// Runs a statement that yields no rows. False on error, which a database may find out only
    /// later: at the next step() of any statement, or at the commit.
    bool run() { return made_ != nullptr && made_->run(); }
    void reset() {
        if (made_ != nullptr) {
            made_->reset();
        }
    }

    // The columns of the current row, counted from 0. Views live until the next step.
    [[nodiscard]] std::int64_t integer(int column) const { return made_->integer(column); }
    [[nodiscard]] double real(int column) const { return made_->real(column); }
    [[nodiscard]] std::string_view text(int column) const { return made_->text(column); }

  private:
    template <typename T>
    Stmt& bound(T value) {
        if (made_ != nullptr) {
            made_->bind(value);
        }
        return *this;
    }

    std::unique_ptr<Statement> made_;
};

class Db {
  public:
    enum class Mode {
        read_only,
        create,  // reads and writes; makes a file if there is none, for its owner's eyes only
        writer   // as create; keeps the database in shape, see after_commit(). A server lets one in
    };
    struct Options {
        std::string
            address;  // a file's path, ":memory:" or "" (gone when closed), or postgresql://
        Mode mode = Mode::create;
        bool sync = true;            // fsync each commit
        std::int64_t pages_max = 0;  // of a file, of 4 KiB; 0: no limit
    };

    /// Errors name the address: `unavailable` (cannot be opened), `conflict` (another writer
    /// has it), `refused` (does not keep UTF-8), `internal` (damaged, not a database).
    static Result<std::unique_ptr<Db>> open(const Options& options);
    Db() = default;
    Db(const Db&) = delete;
    Db& operator=(const Db&) = delete;
    virtual ~Db() = default;

    /// An empty statement after an error, which sticks.
    virtual Stmt prepare(std::string_view sql) = 0;
    /// For rows that may be too many for the memory: a statement to be stepped in a transaction.
    virtual Stmt scan(std::string_view sql) = 0;
    /// Several statements without parameters.
    virtual Status exec(std::string_view sql) = 0;

    /// A transaction that writes.
    virtual Status begin() = 0;
    /// A transaction that only reads; all its statements see the database at one moment.
    virtual Status begin_reading() = 0;
    /// Commits, or rolls back if anything failed since begin(). Clears the error that it returns.
    virtual Status commit() = 0;
    virtual void rollback() = 0;

    /// The first failure since begin() or clear_error().
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    void clear_error() { error_.reset(); }
    /// Success, or the sticking error, which it clears.
    Status take_error();
    /// For adapters that found something wrong in what they read.
    void fail_with(Error error);

    /// Statements from now on fail with `timed_out` when it has passed; 0: never.
    virtual void set_deadline(Duration from_now) = 0;

    /// Of the writer, between two transactions: what keeps the database in shape is done now, or
    /// begun elsewhere.
    virtual void after_commit() {}
    /// Columns of a table that an UPDATE should set only where they change, since the database
    /// does much for each that is named.
    virtual std::vector<std::string> dear_columns(std::string_view table) = 0;

    /// The tables of the migrations, by name, with their columns in order.
    virtual std::vector<TableColumns> tables() = 0;
    /// Copies the whole database into a new file at `path`, consistently, while others write.
    /// False: this one is no file, so its rows must be copied.
    virtual Result<bool> copy_to(const std::string& path) = 0;
    /// Looks for damage: `invalid` says what was found.
    virtual Status check() = 0;

  protected:
    std::optional<Error> error_;
};

}  // namespace linka::store
