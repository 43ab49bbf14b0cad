#include "linka/store/db/postgres/connection.hpp"

#include "linka/base/text.hpp"
#include "linka/store/db/address.hpp"

#include <cerrno>
#include <charconv>

#include <poll.h>

namespace linka::store::postgres {

namespace {

constexpr int patience_ms = 2'000;  // without an answer, until the server is asked whether it lives
constexpr const char* connect_seconds = "3";

std::string one_line(std::string_view said) {
    std::string line(text::trim(said));
    for (char& c : line) {
        c = c == '\n' ? ' ' : c;
    }
    return line;
}

}  // namespace

Parameters::Value& Parameters::next() {
    if (used_ == values_.size()) {
        values_.emplace_back();
    }
    Value& value = values_[used_++];
    value.data = nullptr;
    value.length = 0;
    value.format = 0;
    return value;
}

void Parameters::add(std::int64_t number) {
    Value& value = next();
    *std::to_chars(value.digits, value.digits + sizeof value.digits - 1, number).ptr = '\0';
}

void Parameters::add(double number) {
    Value& value = next();
    *std::to_chars(value.digits, value.digits + sizeof value.digits - 1, number).ptr = '\0';
}

void Parameters::add(std::string_view bytes) {
    Value& value = next();
    value.data = bytes.data() == nullptr ? "" : bytes.data();
    value.length = static_cast<int>(bytes.size());
    value.format = 1;
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& address) {
    const Status written = check_address(address);
    if (!written) {
        return written.error();
    }
    if (const Status loaded = load_libpq(); !loaded) {
        return loaded.error();
    }
    // libpq repeats what it cannot read, passwords included.
    PQconninfoOption* const read = PQconninfoParse(address.c_str(), nullptr);
    if (read == nullptr) {
        return fail(ErrorCode::invalid,
                    "the address cannot be read: in a password % is written %25, / %2F and @ %40");
    }
    PQconninfoFree(read);
    // What the address says comes last and wins.
    const char* const names[] = {
        "fallback_application_name", "connect_timeout",  "keepalives_idle",
        "keepalives_interval",       "keepalives_count", "tcp_user_timeout",
        "client_encoding",           "dbname",           nullptr};
    const char* const values[] = {"linka", connect_seconds, "5",    "2", "3", "10000",
                                  "UTF8",  address.c_str(), nullptr};
    auto connection = std::make_unique<Connection>(PQconnectdbParams(names, values, 1));
    if (PQstatus(connection->handle_) != CONNECTION_OK) {
        return fail(ErrorCode::unavailable, one_line(PQerrorMessage(connection->handle_)));
    }
    PQsetnonblocking(connection->handle_, 1);
    PQenterPipelineMode(connection->handle_);
    return connection;
}

Connection::Connection(PGconn* handle) : handle_(handle) {
    PQsetNoticeProcessor(
        handle_, [](void*, const char*) {}, nullptr);
}

Connection::~Connection() {
    PQfinish(handle_);
}

void Parameters::settle() {
    data_.clear();
    lengths_.clear();
    formats_.clear();
    for (std::size_t i = 0; i < used_; ++i) {
        const Value& value = values_[i];
        data_.push_back(value.data == nullptr ? value.digits : value.data);
        lengths_.push_back(value.length);
        formats_.push_back(value.format);
    }
}

void Connection::sent(int taken, std::string_view what) {
    if (taken == 1) {
        sent_.emplace_back(what.substr(0, 80));
    } else {
        given_up_ = true;
    }
}

void Connection::send(const std::string& sql, Parameters* parameters) {
    Parameters none;
    Parameters& given = parameters == nullptr ? none : *parameters;
    given.settle();
    sent(PQsendQueryParams(handle_, sql.c_str(), static_cast<int>(given.used_), nullptr,
                           given.data_.data(), given.lengths_.data(), given.formats_.data(), 0),
         sql);
}

void Connection::send_prepare(const std::string& name, const std::string& sql) {
    sent(PQsendPrepare(handle_, name.c_str(), sql.c_str(), 0, nullptr), sql);
}

void Connection::send_prepared(const std::string& name, std::string_view sql,
                               Parameters& parameters) {
    parameters.settle();
    sent(PQsendQueryPrepared(handle_, name.c_str(), static_cast<int>(parameters.used_),
                             parameters.data_.data(), parameters.lengths_.data(),
                             parameters.formats_.data(), 0),
         sql);
}

bool Connection::wait() {
    while (!given_up_ && PQisBusy(handle_) == 1) {
        const int flushed = PQflush(handle_);
        pollfd socket{PQsocket(handle_), POLLIN, 0};
        if (flushed == 1) {
            socket.events |= POLLOUT;
        }
        const int ready = flushed < 0 ? -1 : ::poll(&socket, 1, patience_ms);
        if (ready == 0 && !answers_others()) {
            silent_ = true;
        }
        given_up_ =
            (ready < 0 && errno != EINTR) || silent_ || (ready > 0 && PQconsumeInput(handle_) == 0);
    }
    return !given_up_;
}

// A statement may take its time; a server that is gone, or hangs, answers nobody.
bool Connection::answers_others() const {
    std::vector<const char*> names;
    std::vector<const char*> values;
    PQconninfoOption* const options = PQconninfo(handle_);
    for (const PQconninfoOption* option = options; option != nullptr && option->keyword != nullptr;
         ++option) {
        if (option->val != nullptr) {
            names.push_back(option->keyword);
            values.push_back(option->val);
        }
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    const PGPing ping = PQpingParams(names.data(), values.data(), 0);
    PQconninfoFree(options);
    return ping == PQPING_OK;
}

Answer Connection::next_answer() {
    return Answer(wait() ? PQgetResult(handle_) : nullptr);
}

void Connection::note(const PGresult* answer, std::optional<Error>& error) const {
    const ExecStatusType status = PQresultStatus(answer);
    if (error || status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
        status == PGRES_PIPELINE_SYNC || status == PGRES_PIPELINE_ABORTED) {
        return;
    }
    const char* state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    const char* said = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
    error = fail(code_of(state == nullptr ? "" : state),
                 text::format("{} ({}) in: {}",
                              one_line(said == nullptr ? PQresultErrorMessage(answer) : said),
                              state == nullptr ? "" : state, sent_.empty() ? "" : sent_.front()));
}

Status Connection::collect(Answer* last) {
    std::optional<Error> error;
    if (!given_up_ && PQpipelineSync(handle_) == 0) {
        given_up_ = true;
    }
    while (!given_up_) {
        Answer answer = next_answer();
        if (answer == nullptr) {  // the end of one; of none, if the session has ended
            given_up_ = given_up_ || sent_.empty() || PQstatus(handle_) != CONNECTION_OK;
            if (!sent_.empty()) {
                sent_.pop_front();
            }
            continue;
        }
        note(answer.get(), error);
        if (PQresultStatus(answer.get()) == PGRES_PIPELINE_SYNC) {
            break;
        }
        if (last != nullptr && sent_.size() == 1) {
            *last = std::move(answer);
        }
    }
    sent_.clear();
    if (given_up_ && (!error || error->code == ErrorCode::internal)) {
        error =
            fail(ErrorCode::unavailable, silent_ ? "the server does not answer"
                                                 : text::format("the connection is lost: {}",
                                                                one_line(PQerrorMessage(handle_))));
    }
    return error ? Status(*error) : Status(Done{});
}

Status Connection::run(const std::string& sql) {
    Status before = collect();
    if (!before) {
        return before;
    }
    PQexitPipelineMode(handle_);
    sent_.emplace_back(sql.substr(0, 80));
    std::optional<Error> error;
    if (PQsendQuery(handle_, sql.c_str()) == 0) {
        given_up_ = true;
    }
    for (Answer answer = next_answer(); answer != nullptr; answer = next_answer()) {
        note(answer.get(), error);
    }
    sent_.clear();
    if (!error && (given_up_ || PQenterPipelineMode(handle_) == 0)) {
        given_up_ = true;
        error = fail(ErrorCode::unavailable, "the connection is lost");
    }
    if (error && !given_up_) {
        PQenterPipelineMode(handle_);
    }
    return error ? Status(*error) : Status(Done{});
}

Result<std::string> Connection::ask(const std::string& sql, Parameters* parameters) {
    send(sql, parameters);
    Answer answer;
    const Status done = collect(&answer);
    if (!done) {
        return done.error();
    }
    return PQntuples(answer.get()) == 0 ? std::string()
                                        : std::string(PQgetvalue(answer.get(), 0, 0));
}

bool Connection::lost() {
    pollfd socket{PQsocket(handle_), POLLIN, 0};
    while (!given_up_ && sent_.empty() && ::poll(&socket, 1, 0) > 0) {
        given_up_ = PQconsumeInput(handle_) == 0;
    }
    return given_up_;
}

}  // namespace linka::store::postgres
