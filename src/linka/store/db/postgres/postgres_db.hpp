// PostgresDb: a database of a PostgreSQL server (15 or newer), in the schema that comes first on
// the search path. A session that is lost is begun anew with the next transaction.
//
// The writer holds the database by a lock that ends with its session, so that two servers never
// write one: who has lost the session takes the lock again, and finds out by a number whether
// somebody else had it meanwhile.
#pragma once

#include "linka/store/db/db.hpp"
#include "linka/store/db/postgres/connection.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace linka::store {

class PostgresDb final : public Db {
  public:
    /// Errors: `conflict` names the server that has the database.
    static Result<std::unique_ptr<PostgresDb>> open(const Options& options);
    explicit PostgresDb(Options options);  // for open() alone

    Stmt prepare(std::string_view sql) override;
    Stmt scan(std::string_view sql) override;
    Status exec(std::string_view sql) override;
    Status begin() override { return begin("BEGIN"); }
    Status begin_reading() override {
        return begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
    Status commit() override;
    void rollback() override;
    void set_deadline(Duration from_now) override;
    /// None: an update of what is indexed is dear only if it changes the value.
    std::vector<std::string> dear_columns(std::string_view) override { return {}; }
    std::vector<TableColumns> tables() override;
    Result<bool> copy_to(const std::string&) override { return false; }
    Status check() override { return Done{}; }

    // For statements.

    /// The session; null if there is none, which is then the error that sticks.
    postgres::Connection* session();
    /// Which session: what was prepared in another one is not there.
    [[nodiscard]] int session_number() const { return session_number_; }
    std::string fresh_name() { return "s" + std::to_string(++names_); }
    void forget_prepared(std::string name) { unused_.push_back(std::move(name)); }
    /// Waits for the answers to all that was sent, `last` of the last. False: an error sticks.
    bool collect(postgres::Answer* last = nullptr);
    /// Outside of a transaction a statement is answered at once.
    [[nodiscard]] bool in_transaction() const { return in_transaction_; }
    /// Sends what keeps the next statement to the deadline. False: it has passed already.
    bool keep_deadline();

  private:
    Status begin(const char* how);
    Status connect();
    Status hold();
    Status check_encoding();
    [[nodiscard]] Error named(Error error) const;

    const Options options_;
    const std::string shown_;  // the address without a password
    std::unique_ptr<postgres::Connection> session_;
    int session_number_ = 0;
    int names_ = 0;
    std::vector<std::string> unused_;
    bool in_transaction_ = false;
    std::int64_t epoch_ = 0;  // of our holding; 0: not yet
    std::chrono::steady_clock::time_point deadline_;
};

}  // namespace linka::store
