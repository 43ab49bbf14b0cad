#include "linka/store/db.hpp"

#include "linka/base/fold_case.hpp"
#include "linka/base/text.hpp"
#include "linka/store/wal_file.hpp"

#include <utility>

#include <sqlite3.h>

namespace linka::store {

namespace {

ErrorCode code_of(int sqlite_code) {
    switch (sqlite_code & 0xff) {
        case SQLITE_FULL:
            return ErrorCode::full;
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PERM:
        case SQLITE_NOMEM:
            return ErrorCode::unavailable;
        case SQLITE_CONSTRAINT:
            return ErrorCode::conflict;
        case SQLITE_INTERRUPT:
            return ErrorCode::timed_out;
        default:
            return ErrorCode::internal;
    }
}

// text::fold_case, known to SQL as fold(text).
void fold_function(sqlite3_context* context, int, sqlite3_value** values) {
    const auto* bytes =
        static_cast<const char*>(static_cast<const void*>(sqlite3_value_text(values[0])));
    const int length = sqlite3_value_bytes(values[0]);
    const std::string folded =
        text::fold_case(bytes == nullptr ? std::string_view() : std::string_view(bytes, length));
    sqlite3_result_text(context, folded.data(), static_cast<int>(folded.size()),
                        SQLITE_TRANSIENT);  // NOLINT(performance-no-int-to-ptr): SQLite's macro
}

std::string settings(const Db::Options& options) {
    std::string sql = "PRAGMA busy_timeout=10000;PRAGMA temp_store=MEMORY;";
    if (options.mode == Db::Mode::read_only) {
        return sql + "PRAGMA query_only=1;PRAGMA cache_size=-16384;PRAGMA mmap_size=268435456;";
    }
    sql +=
        "PRAGMA journal_mode=WAL;PRAGMA cache_size=-65536;PRAGMA wal_autocheckpoint=4000;"
        "PRAGMA journal_size_limit=67108864;PRAGMA trusted_schema=0;";
    sql += options.sync ? "PRAGMA synchronous=FULL;" : "PRAGMA synchronous=NORMAL;";
    if (options.pages_max > 0) {
        sql += text::format("PRAGMA max_page_count={};", options.pages_max);
    }
    return sql;
}

}  // namespace

Stmt::Stmt(Stmt&& other) noexcept
    : db_(std::exchange(other.db_, nullptr)),
      handle_(std::exchange(other.handle_, nullptr)),
      bound_(other.bound_) {
}

Stmt& Stmt::operator=(Stmt&& other) noexcept {
    if (this != &other) {
        sqlite3_finalize(handle_);
        db_ = std::exchange(other.db_, nullptr);
        handle_ = std::exchange(other.handle_, nullptr);
        bound_ = other.bound_;
    }
    return *this;
}

Stmt::~Stmt() {
    sqlite3_finalize(handle_);
}

Stmt& Stmt::bind(std::int64_t value) {
    if (handle_ != nullptr) {
        sqlite3_bind_int64(handle_, ++bound_, value);
    }
    return *this;
}

Stmt& Stmt::bind(double value) {
    if (handle_ != nullptr) {
        sqlite3_bind_double(handle_, ++bound_, value);
    }
    return *this;
}

Stmt& Stmt::bind(std::string_view value) {
    if (handle_ != nullptr) {
        // A null pointer would bind NULL.
        sqlite3_bind_text64(handle_, ++bound_, value.data() == nullptr ? "" : value.data(),
                            value.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    return *this;
}

// After an error nothing more may run: a full disk can make SQLite roll back by itself, and what
// came then would be committed on its own.
bool Stmt::usable() {
    if (handle_ != nullptr && !db_->error_) {
        return true;
    }
    reset();
    return false;
}

bool Stmt::step() {
    if (!usable()) {
        return false;
    }
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        db_->failed(code, sqlite3_sql(handle_));
    }
    reset();
    return false;
}

bool Stmt::run() {
    if (!usable()) {
        return false;
    }
    const int code = sqlite3_step(handle_);
    if (code != SQLITE_DONE) {
        db_->failed(code, sqlite3_sql(handle_));
    }
    reset();
    return code == SQLITE_DONE;
}

void Stmt::reset() {
    if (handle_ != nullptr) {
        sqlite3_reset(handle_);
        bound_ = 0;
    }
}

std::int64_t Stmt::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}

double Stmt::real(int column) const {
    return sqlite3_column_double(handle_, column);
}

std::string_view Stmt::text(int column) const {
    const void* bytes = sqlite3_column_text(handle_, column);
    const int length = sqlite3_column_bytes(handle_, column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(static_cast<const char*>(bytes),
                                               static_cast<std::size_t>(length));
}

Result<std::unique_ptr<Db>> Db::open(const Options& options) {
    const int flags =
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
        (options.mode == Mode::read_only ? SQLITE_OPEN_READONLY
                                         : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3* handle = nullptr;
    const bool syncs = options.mode == Mode::create && options.sync;
    const int code =
        sqlite3_open_v2(options.path.c_str(), &handle, flags, syncs ? gathering_vfs() : nullptr);
    auto db = std::make_unique<Db>(options.path, handle);
    if (code != SQLITE_OK) {
        return fail(code_of(code),
                    text::format("{}: cannot be opened: {}", options.path, sqlite3_errstr(code)));
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_create_function_v2(handle, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                               fold_function, nullptr, nullptr, nullptr);
    const Status set = db->exec(settings(options));
    if (!set) {
        return set.error();
    }
    return db;
}

Db::~Db() {
    sqlite3_close_v2(handle_);
}

void Db::failed(int code, std::string_view doing) {
    if (error_) {
        return;
    }
    const char* said = sqlite3_errmsg(handle_);
    error_ = fail(code_of(code),
                  text::format("{}: {} ({}) in: {}", path_, said, code, doing.substr(0, 80)));
}

void Db::fail_with(Error error) {
    if (!error_) {
        error_ = std::move(error);
    }
}

Stmt Db::prepare(std::string_view sql) {
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    if (code != SQLITE_OK) {
        failed(code, sql);
    }
    return {this, handle};
}

Status Db::exec(std::string_view sql) {
    const int code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        failed(code, sql);
        return take_error();
    }
    return Done{};
}

Status Db::begin() {
    error_.reset();
    return exec("BEGIN IMMEDIATE");
}

Status Db::commit() {
    if (!error_) {
        const Status done = exec("COMMIT");
        if (!done) {
            rollback();
        }
        return done;
    }
    Error error = *std::exchange(error_, std::nullopt);
    rollback();
    return error;
}

void Db::rollback() {
    // After a full disk SQLite may have rolled back by itself.
    if (sqlite3_get_autocommit(handle_) == 0) {
        sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    error_.reset();
}

Status Db::take_error() {
    if (error_) {
        return *std::exchange(error_, std::nullopt);
    }
    return Done{};
}

void Db::set_deadline(Duration from_now) {
    constexpr int operations = 20'000;  // between looks at the clock: below a millisecond
    if (from_now == Duration{}) {
        sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
        return;
    }
    deadline_ = std::chrono::steady_clock::now() + from_now;
    sqlite3_progress_handler(
        handle_, operations,
        [](void* deadline) {
            const auto* at = static_cast<std::chrono::steady_clock::time_point*>(deadline);
            return std::chrono::steady_clock::now() > *at ? 1 : 0;
        },
        &deadline_);
}

Status Db::copy_to(const std::string& path) {
    Result<std::unique_ptr<Db>> target = open({.path = path, .sync = false});
    if (!target) {
        return target.error();
    }
    sqlite3* to = (*target)->handle_;
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", handle_, "main");
    if (backup == nullptr) {
        (*target)->failed(sqlite3_errcode(to), "backup");
        return (*target)->take_error();
    }
    // In one go: a read transaction of WAL mode does not disturb the writer.
    const int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) {
        (*target)->failed(code, "backup");
        return (*target)->take_error();
    }
    // One file, no -wal beside it.
    return (*target)->exec("PRAGMA journal_mode=DELETE");
}

Result<Db::Log> Db::copy_log_back() {
    Log log;
    const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &log.pages, &log.copied);
    if (code != SQLITE_OK) {
        return fail(code_of(code), text::format("{}: {} ({}) while copying the log back", path_,
                                                sqlite3_errstr(code), code));
    }
    return log;
}

void Db::leave_log() {
    sqlite3_wal_hook(
        handle_,
        [](void* db, sqlite3*, const char*, int pages) {
            static_cast<Db*>(db)->log_pages_ = pages;
            return SQLITE_OK;
        },
        this);
}

}  // namespace linka::store
