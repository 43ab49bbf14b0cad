#include "linka/store/db/postgres/postgres_db.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"
#include "linka/store/db/address.hpp"
#include "linka/store/db/postgres/statement.hpp"

#include <array>
#include <utility>

#include <unistd.h>

namespace linka::store {

namespace {

// A server that was killed may be rolled back for a while before its lock ends.
constexpr std::string_view lock_patience = "SET lock_timeout = 3000; ";
constexpr std::string_view lock =
    "SELECT pg_advisory_lock(hashtextextended('linka ' || current_schema(), 0)); ";

std::string this_process() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    return text::format("process {} on {}", ::getpid(), host.data());
}

}  // namespace

PostgresDb::PostgresDb(Options options)
    : options_(std::move(options)), shown_(shown(options_.address)) {
}

Result<std::unique_ptr<PostgresDb>> PostgresDb::open(const Options& options) {
    auto db = std::make_unique<PostgresDb>(options);
    const Status connected = db->connect();
    if (!connected) {
        return connected.error();
    }
    return db;
}

Error PostgresDb::named(Error error) const {
    error.text = shown_ + ": " + error.text;
    return error;
}

Status PostgresDb::connect() {
    session_.reset();
    ++session_number_;
    in_transaction_ = false;
    unused_.clear();
    auto session = postgres::Connection::open(options_.address);
    if (!session) {
        return named(session.error());
    }
    session_ = std::move(*session);
    Status done = check_encoding();
    if (done) {
        std::string settings =
            "SET extra_float_digits = 1; SET tcp_keepalives_idle = 5; "
            "SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; ";
        settings += options_.sync ? "" : "SET synchronous_commit = off; ";
        settings +=
            options_.mode == Mode::read_only ? "SET default_transaction_read_only = on" : "";
        done = session_->run(settings);
    }
    if (done && options_.mode == Mode::writer) {
        done = hold();
    }
    if (!done) {
        session_.reset();
        return named(done.error());
    }
    return done;
}

Status PostgresDb::check_encoding() {
    const Result<std::string> encoding = session_->ask("SHOW server_encoding");
    if (!encoding) {
        return encoding.error();
    }
    if (*encoding != "UTF8") {
        return fail(ErrorCode::refused,
                    text::format("the database's encoding is {}: make one with ENCODING 'UTF8' "
                                 "TEMPLATE template0",
                                 *encoding));
    }
    return Done{};
}

Status PostgresDb::hold() {
    const Status locked =
        session_->run(std::string(lock_patience) + std::string(lock) + "SET lock_timeout = 0");
    if (!locked) {
        const Result<std::string> who = session_->ask("SELECT who FROM holder");
        if (!who) {
            return locked.error();
        }
        return fail(epoch_ == 0 ? ErrorCode::conflict : ErrorCode::unavailable,
                    text::format("in use by {}", *who));
    }
    if (epoch_ == 0) {
        const Status made = session_->run(postgres::own_definitions());
        if (!made) {
            return made;
        }
        postgres::Parameters who;
        const std::string name = this_process();
        who.add(std::string_view(name));
        const Result<std::string> epoch = session_->ask(
            "UPDATE holder SET epoch = epoch + 1, who = $1 WHERE id = 1 RETURNING epoch", &who);
        if (!epoch) {
            return epoch.error();
        }
        epoch_ = text::to_int(*epoch).value_or(0);
        return Done{};
    }
    const Result<std::string> epoch = session_->ask("SELECT epoch FROM holder WHERE id = 1");
    if (!epoch) {
        return epoch.error();
    }
    if (*epoch != std::to_string(epoch_)) {
        return fail(ErrorCode::unavailable, "another server has written since: stop this one");
    }
    return Done{};
}

Stmt PostgresDb::prepare(std::string_view sql) {
    return Stmt(std::make_unique<PostgresStatement>(*this, postgres::numbered(sql), false));
}

Stmt PostgresDb::scan(std::string_view sql) {
    return Stmt(std::make_unique<PostgresStatement>(*this, postgres::numbered(sql), true));
}

Status PostgresDb::exec(std::string_view sql) {
    postgres::Connection* const current = session();
    if (current != nullptr) {
        const Status done = current->run(postgres::definition(sql));
        if (!done) {
            fail_with(named(done.error()));
        }
    }
    return take_error();
}

postgres::Connection* PostgresDb::session() {
    if (session_ == nullptr || (!in_transaction_ && session_->lost())) {
        const Status connected = connect();
        if (!connected) {
            fail_with(connected.error());
        }
    }
    return session_.get();
}

bool PostgresDb::collect(postgres::Answer* last) {
    const Status done = session_->collect(last);
    if (!done) {
        fail_with(named(done.error()));
    }
    return !error_;
}

bool PostgresDb::keep_deadline() {
    if (deadline_ == std::chrono::steady_clock::time_point{} || !in_transaction_) {
        return true;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline_ - std::chrono::steady_clock::now());
    if (left.count() <= 0) {
        fail_with(named(fail(ErrorCode::timed_out, "took too long")));
        return false;
    }
    session_->send(text::format("SET LOCAL statement_timeout = {}", left.count()));
    return true;
}

void PostgresDb::set_deadline(Duration from_now) {
    deadline_ = from_now == Duration{} ? std::chrono::steady_clock::time_point{}
                                       : std::chrono::steady_clock::now() + from_now;
}

Status PostgresDb::begin(const char* how) {
    error_.reset();
    postgres::Connection* const current = session();
    if (current == nullptr) {
        return take_error();
    }
    for (const std::string& name : std::exchange(unused_, {})) {
        current->send("DEALLOCATE " + name);
    }
    current->send(how);
    in_transaction_ = true;
    return Done{};
}

Status PostgresDb::commit() {
    if (!error_) {
        session_->send("COMMIT");
        collect();
    }
    if (!error_) {
        in_transaction_ = false;
        return Done{};
    }
    Error error = *std::exchange(error_, std::nullopt);
    rollback();
    return error;
}

void PostgresDb::rollback() {
    if (session_ != nullptr && in_transaction_) {
        const Status drained = session_->collect();
        session_->send("ROLLBACK");
        if (!session_->collect() && !drained) {
            session_.reset();  // begun anew with the next transaction
        }
    }
    in_transaction_ = false;
    error_.reset();
}

std::vector<TableColumns> PostgresDb::tables() {
    std::vector<TableColumns> found;
    Stmt select = prepare(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name <> 'holder' "
        "ORDER BY table_name COLLATE \"C\", ordinal_position");
    while (select.step()) {
        if (found.empty() || found.back().table != select.text(0)) {
            found.push_back({std::string(select.text(0)), {}});
        }
        const std::string_view type = select.text(2);
        found.back().columns.push_back(
            {std::string(select.text(1)), type == "bigint"             ? ValueKind::integer
                                          : type == "double precision" ? ValueKind::real
                                                                       : ValueKind::text});
    }
    return found;
}

}  // namespace linka::store
