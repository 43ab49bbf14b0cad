#include "linka/store/copy.hpp"

#include "linka/base/text.hpp"
#include "linka/store/columns.hpp"
#include "linka/store/db/address.hpp"
#include "linka/store/files.hpp"
#include "linka/store/lock_file.hpp"
#include "linka/store/migrate.hpp"
#include "linka/store/store.hpp"

#include <optional>

namespace linka::store {

namespace {

constexpr std::int64_t rows_a_step = 20'000;  // between two calls of the progress
constexpr std::string_view version_table = "migration";

// A database that nobody else writes.
struct Held {
    std::optional<LockFile> lock;
    std::unique_ptr<Db> db;
};

Result<Held> hold(const std::string& place, bool makes) {
    const Status written = check_address(place);
    if (!written) {
        return written.error();
    }
    Held held;
    std::string address = place;
    if (!is_server(place)) {
        address = Place{place, {}}.address();
        const Status made = makes ? make_private_directory(place) : Status(Done{});
        if (!made) {
            return made.error();
        }
        Result<LockFile> lock = LockFile::take(lock_path(place));
        if (!lock) {
            return lock.error();
        }
        held.lock = std::move(*lock);
        if (!makes && !file_exists(address)) {
            return fail(ErrorCode::unavailable,
                        text::format("{}: there is no such store", address));
        }
    }
    Result<std::unique_ptr<Db>> db = Db::open({.address = address, .mode = Db::Mode::writer});
    if (!db) {
        return db.error();
    }
    held.db = std::move(*db);
    return held;
}

// To hold a database of a server is to write into it, so it is looked at first, by somebody who
// cannot write: it may be anybody's.
Status look(const std::string& place, Status (*check)(Db&)) {
    Status fits = is_server(place) ? check_address(place) : Status(Done{});
    if (!fits || !is_server(place)) {
        return fits;
    }
    const auto db = Db::open({.address = place, .mode = Db::Mode::read_only});
    return db ? check(**db) : Status(db.error());
}

Status check_empty(Db& to) {
    if (!to.tables().empty()) {
        return fail(ErrorCode::refused,
                    "the target is not empty: give a new directory or database");
    }
    return to.take_error();
}

Error named(const std::string& place, const Error& error) {
    const std::string name = shown(place);
    return error.text.starts_with(name)
               ? error
               : fail(error.code, text::format("{}: {}", name, error.text));
}

// Not quoted(), since the standard library has one for its own strings.
std::string name_of(std::string_view name) {
    return quoted(name);
}

std::string names_of(const TableColumns& table, bool marks) {
    std::string names;
    for (const TableColumns::Column& column : table.columns) {
        names += (names.empty() ? "" : ",") + (marks ? std::string("?") : name_of(column.name));
    }
    return names;
}

std::int64_t count_rows(Db& db, const std::string& table) {
    Stmt count = db.prepare("SELECT COUNT(*) FROM " + name_of(table));
    const std::int64_t rows = count.step() ? count.integer(0) : 0;
    count.reset();
    return rows;
}

Result<std::int64_t> copy_table(Db& from, Db& to, const TableColumns& table,
                                const CopyProgress& progress) {
    const std::int64_t total = count_rows(from, table.table);
    Stmt select = from.scan("SELECT " + names_of(table, false) + " FROM " + name_of(table.table) +
                            " ORDER BY 1");
    // Migrations may have put rows there.
    to.prepare("DELETE FROM " + name_of(table.table)).run();
    Stmt insert = to.prepare("INSERT INTO " + name_of(table.table) + " (" + names_of(table, false) +
                             ") VALUES (" + names_of(table, true) + ")");
    std::int64_t rows = 0;
    while (!to.error() && select.step()) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const int column = static_cast<int>(i);
            switch (table.columns[i].kind) {
                case ValueKind::integer:
                    insert.bind(select.integer(column));
                    break;
                case ValueKind::real:
                    insert.bind(select.real(column));
                    break;
                case ValueKind::text:
                    insert.bind(select.text(column));
                    break;
            }
        }
        insert.run();
        ++rows;
        if (progress && (rows % rows_a_step == 0 || rows == total)) {
            progress(table.table, rows, total);
        }
    }
    select.reset();
    const Status read = from.take_error();
    if (!read || to.error()) {
        return read ? *to.error() : read.error();
    }
    const std::int64_t there = count_rows(to, table.table);
    if (!to.error() && there != rows) {
        return fail(ErrorCode::internal,
                    text::format("{}: {} of {} rows arrived", table.table, there, rows));
    }
    return rows;
}

Result<CopyReport> copy_within_transactions(Db& from, Db& to, const CopyProgress& progress) {
    CopyReport report;
    const Status ready = make_schema(to);
    if (!ready) {
        return ready.error();
    }
    for (const TableColumns& table : from.tables()) {
        if (table.table == version_table) {
            continue;
        }
        const Result<std::int64_t> rows = copy_table(from, to, table, progress);
        if (!rows) {
            return rows.error();
        }
        report.tables.push_back({table.table, *rows});
        report.events = table.table == "event" ? *rows : report.events;
    }
    return report;
}

}  // namespace

Result<CopyReport> copy_rows(Db& from, Db& to, const CopyProgress& progress) {
    Status begun = check_empty(to);
    begun = begun ? from.begin_reading() : begun;
    begun = begun ? to.begin() : begun;
    if (!begun) {
        return begun.error();
    }
    Result<CopyReport> report = copy_within_transactions(from, to, progress);
    from.rollback();
    if (!report) {
        to.rollback();
        return report;
    }
    const Status done = to.commit();
    return done ? report : Result<CopyReport>(done.error());
}

Result<CopyReport> copy_company(const std::string& from, const std::string& to,
                                const CopyProgress& progress) {
    const Status known = look(from, check_version);
    if (!known) {
        return named(from, known.error());
    }
    const Status whole = is_server(from) ? Status(Done{}) : take_what_is_ahead(Place{from, {}});
    if (!whole) {
        return named(from, whole.error());
    }
    Result<Held> source = hold(from, false);
    if (!source) {
        return named(from, source.error());
    }
    // Before anything is made where it goes.
    const Status company = check_version(*source->db);
    if (!company) {
        return named(from, company.error());
    }
    const Status empty = look(to, check_empty);
    if (!empty) {
        return named(to, empty.error());
    }
    Result<Held> target = hold(to, true);
    if (!target) {
        return named(to, target.error());
    }
    Result<CopyReport> report = copy_rows(*source->db, *target->db, progress);
    return report ? report : Result<CopyReport>(named(to, report.error()));
}

}  // namespace linka::store
