// Connection: a session at a PostgreSQL server, in pipeline mode: what is sent is answered when it
// is asked for, so that a transaction of many statements costs one way there and back. The only
// place that waits for a server, and gives one up that does not answer.
#pragma once

#include "linka/base/result.hpp"
#include "linka/store/db/postgres/dialect.hpp"
#include "linka/store/db/postgres/libpq.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace linka::store::postgres {

struct ResultDeleter {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ResultDeleter>;

/// Parameters of one execution, as libpq wants them. The texts must live until send().
class Parameters {
  public:
    void add(std::int64_t value);
    void add(double value);
    void add(std::string_view value);
    void clear() { used_ = 0; }

  private:
    friend class Connection;
    void settle();

    struct Value {
        const char* data = nullptr;  // null: in `digits`
        int length = 0;
        int format = 0;  // 0: text with a 0 at its end, 1: bytes
        char digits[40] = {};
    };
    Value& next();

    std::vector<Value> values_;  // kept for their memory
    std::size_t used_ = 0;
    std::vector<const char*> data_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

class Connection {
  public:
    /// `unavailable` with what the server said.
    static Result<std::unique_ptr<Connection>> open(const std::string& address);
    explicit Connection(PGconn* handle);  // for open() alone
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Sending fails only by losing the connection, which collect() tells.
    void send(const std::string& sql, Parameters* parameters = nullptr);
    void send_prepare(const std::string& name, const std::string& sql);
    void send_prepared(const std::string& name, std::string_view sql, Parameters& parameters);
    /// Waits for the answers to all that was sent. `last`: of the last. The first error, if any.
    Status collect(Answer* last = nullptr);
    /// Several statements, without parameters, answered before it returns.
    Status run(const std::string& sql);
    /// The first column of the first row, or empty.
    Result<std::string> ask(const std::string& sql, Parameters* parameters = nullptr);

    /// True if the server has ended the session, as far as is known.
    [[nodiscard]] bool lost();

  private:
    void sent(int taken, std::string_view what);
    // Until something can be read. False: the connection is lost.
    bool wait();
    [[nodiscard]] bool answers_others() const;
    Answer next_answer();
    void note(const PGresult* answer, std::optional<Error>& error) const;

    PGconn* handle_;
    std::deque<std::string> sent_;  // what is not answered yet, for messages
    bool given_up_ = false;
    bool silent_ = false;
};

}  // namespace linka::store::postgres
