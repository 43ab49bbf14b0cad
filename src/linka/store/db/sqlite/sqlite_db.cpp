#include "linka/store/db/sqlite/sqlite_db.hpp"

#include "linka/base/fold_case.hpp"
#include "linka/base/plain_letters.hpp"
#include "linka/base/text.hpp"
#include "linka/store/db/sqlite/checkpointer.hpp"
#include "linka/store/db/sqlite/statement.hpp"
#include "linka/store/db/sqlite/wal_file.hpp"
#include "linka/store/files.hpp"

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

// text::fold_case, known to SQL as fold(text), and text::plain_letters, known as plain(text).
template <std::string (*Changed)(std::string_view)>
void text_function(sqlite3_context* context, int, sqlite3_value** values) {
    const auto* bytes =
        static_cast<const char*>(static_cast<const void*>(sqlite3_value_text(values[0])));
    const int length = sqlite3_value_bytes(values[0]);
    const std::string folded =
        Changed(bytes == nullptr ? std::string_view() : std::string_view(bytes, length));
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

// A file of its own that outlives the connection; not ":memory:" and "".
bool is_file(const std::string& path) {
    return !path.empty() && path.front() != ':';
}

}  // namespace

SqliteDb::SqliteDb(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {
}

Result<std::unique_ptr<SqliteDb>> SqliteDb::open(const Options& options) {
    const bool reads = options.mode == Mode::read_only;
    if (!reads && is_file(options.address)) {
        const Status made = make_private_file(options.address);
        if (!made) {
            return made.error();
        }
    }
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(options.address.c_str(), &handle, flags,
                                     !reads && options.sync ? gathering_vfs() : nullptr);
    auto db = std::make_unique<SqliteDb>(options.address, handle);
    if (code != SQLITE_OK) {
        return fail(code_of(code), text::format("{}: cannot be opened: {}", options.address,
                                                sqlite3_errstr(code)));
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_create_function_v2(handle, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                               text_function<text::fold_case>, nullptr, nullptr, nullptr);
    sqlite3_create_function_v2(handle, "plain", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                               text_function<text::plain_letters>, nullptr, nullptr, nullptr);
    const Status set = db->exec(settings(options));
    if (!set) {
        return set.error();
    }
    if (options.mode == Mode::writer) {
        Options for_log = options;
        for_log.mode = Mode::create;
        Result<std::unique_ptr<SqliteDb>> second = open(for_log);
        if (!second) {
            return second.error();
        }
        db->checkpointer_ = std::make_unique<Checkpointer>(std::move(*second), *db);
    }
    return db;
}

SqliteDb::~SqliteDb() {
    checkpointer_.reset();
    sqlite3_close_v2(handle_);
}

void SqliteDb::failed(int code, std::string_view doing) {
    const char* said = sqlite3_errmsg(handle_);
    fail_with(fail(code_of(code),
                   text::format("{}: {} ({}) in: {}", path_, said, code, doing.substr(0, 80))));
}

Stmt SqliteDb::prepare(std::string_view sql) {
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    if (code != SQLITE_OK) {
        failed(code, sql);
        return {};
    }
    return Stmt(std::make_unique<SqliteStatement>(*this, handle));
}

Status SqliteDb::exec(std::string_view sql) {
    const int code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        failed(code, sql);
        return take_error();
    }
    return Done{};
}

Status SqliteDb::begin() {
    error_.reset();
    return exec("BEGIN IMMEDIATE");
}

Status SqliteDb::commit() {
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

void SqliteDb::rollback() {
    // After a full disk SQLite may have rolled back by itself.
    if (sqlite3_get_autocommit(handle_) == 0) {
        sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    error_.reset();
}

void SqliteDb::set_deadline(Duration from_now) {
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

void SqliteDb::after_commit() {
    if (checkpointer_ != nullptr) {
        checkpointer_->after_commit();
    }
}

// SQLite takes a row out of each index that a statement could change and puts it back, changed or
// not: two thirds of what an update costs.
std::vector<std::string> SqliteDb::dear_columns(std::string_view table) {
    std::vector<std::string> names;
    Stmt select = prepare(
        "SELECT DISTINCT part.name FROM pragma_index_list(?) AS list, "
        "pragma_index_info(list.name) AS part");
    select.bind(table);
    while (select.step()) {
        names.emplace_back(select.text(0));
    }
    return names;
}

std::vector<TableColumns> SqliteDb::tables() {
    std::vector<TableColumns> found;
    Stmt select = prepare(
        "SELECT t.name, c.name, c.type FROM sqlite_master t, pragma_table_info(t.name) c "
        "WHERE t.type = 'table' ORDER BY t.name, c.cid");
    while (select.step()) {
        if (found.empty() || found.back().table != select.text(0)) {
            found.push_back({std::string(select.text(0)), {}});
        }
        const std::string_view type = select.text(2);
        found.back().columns.push_back(
            {std::string(select.text(1)), type == "INTEGER" ? ValueKind::integer
                                          : type == "TEXT"  ? ValueKind::text
                                                            : ValueKind::real});
    }
    return found;
}

Result<bool> SqliteDb::copy_to(const std::string& path) {
    Result<std::unique_ptr<SqliteDb>> target = open({.address = path, .sync = false});
    if (!target) {
        return target.error();
    }
    sqlite3* to = (*target)->handle_;
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", handle_, "main");
    if (backup == nullptr) {
        (*target)->failed(sqlite3_errcode(to), "backup");
        return (*target)->take_error().error();
    }
    // In one go: a read transaction of WAL mode does not disturb the writer.
    const int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) {
        (*target)->failed(code, "backup");
        return (*target)->take_error().error();
    }
    // One file, no -wal beside it.
    const Status done = (*target)->exec("PRAGMA journal_mode=DELETE");
    return done ? Result<bool>(true) : done.error();
}

Status SqliteDb::check() {
    Stmt check = prepare("PRAGMA quick_check(1)");
    const std::string said = check.step() ? std::string(check.text(0)) : "unreadable";
    check.reset();
    Status read = take_error();
    if (read && said != "ok") {
        return fail(ErrorCode::invalid, text::format("the database is damaged: {}", said));
    }
    return read;
}

Result<SqliteDb::Log> SqliteDb::copy_log_back() {
    Log log;
    const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &log.pages, &log.copied);
    if (code != SQLITE_OK) {
        return fail(code_of(code), text::format("{}: {} ({}) while copying the log back", path_,
                                                sqlite3_errstr(code), code));
    }
    return log;
}

void SqliteDb::leave_log() {
    sqlite3_wal_hook(
        handle_,
        [](void* db, sqlite3*, const char*, int pages) {
            static_cast<SqliteDb*>(db)->log_pages_ = pages;
            return SQLITE_OK;
        },
        this);
}

}  // namespace linka::store
