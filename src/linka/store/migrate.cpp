#include "linka/store/migrate.hpp"

#include "linka/base/text.hpp"
#include "linka/store/journal.hpp"
#include "linka/store/projections.hpp"

namespace linka::store {

namespace {

constexpr std::size_t events_per_transaction = 5'000;  // events a transaction

constexpr std::string_view version_table =
    "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL)";

Result<int> version_of(Db& db) {
    Stmt version = db.prepare("SELECT COALESCE(MAX(version), 0) FROM migration");
    const int found = version.step() ? static_cast<int>(version.integer(0)) : 0;
    version.reset();
    const Status read = db.take_error();
    if (!read) {
        return read.error();
    }
    return found;
}

// Within a transaction, which an error leaves to be rolled back.
Status apply(Db& db, const Migration& migration) {
    const Status done = db.exec(migration.sql);
    if (!done) {
        return fail(done.error().code,
                    text::format("migration {}: {}", migration.name, done.error().text));
    }
    Stmt note = db.prepare("INSERT INTO migration (version, name) VALUES (?,?)");
    note.bind(std::int64_t{migration.version}).bind(migration.name).run();
    return Done{};
}

Status apply_alone(Db& db, const Migration& migration) {
    Status done = db.begin();
    if (!done) {
        return done;
    }
    done = apply(db, migration);
    if (!done) {
        db.rollback();
        return done;
    }
    return db.commit();
}

}  // namespace

Status migrate(Db& db, std::span<const Migration> all) {
    const Status made = db.exec(version_table);
    if (!made) {
        return made.error();
    }
    const Result<int> version = version_of(db);
    if (!version) {
        return version.error();
    }
    const int newest = all.empty() ? 0 : all.back().version;
    if (*version > newest) {
        return fail(ErrorCode::refused,
                    text::format("the data is of version {}, this program knows {}: use a newer "
                                 "program",
                                 *version, newest));
    }
    for (const Migration& migration : all) {
        if (migration.version > *version) {
            Status done = apply_alone(db, migration);
            if (!done) {
                return done;
            }
        }
    }
    return Done{};
}

Status make_schema(Db& db) {
    Status done = db.exec(version_table);
    for (const Migration& migration : migrations()) {
        done = done ? apply(db, migration) : done;
    }
    return done;
}

Status check_version(Db& db) {
    if (db.tables().empty() && !db.error()) {
        return fail(ErrorCode::unavailable, "there is no such store");
    }
    const Result<int> found = version_of(db);
    if (!found) {
        return found.error();
    }
    if (*found != migrations().back().version) {
        return fail(ErrorCode::refused,
                    text::format("the data is of version {}, this program of version {}: start the "
                                 "server once, or use a newer program",
                                 *found, migrations().back().version));
    }
    return Done{};
}

Status catch_up(Db& db) {
    Stmt folded = db.prepare("SELECT seq FROM folded WHERE id = 1");
    std::int64_t seq = folded.step() ? folded.integer(0) : 0;
    folded.reset();
    Stmt keep = db.prepare("UPDATE folded SET seq = ? WHERE id = 1");
    Journal journal(db);
    Projections projections(db);
    while (true) {
        const Result<std::vector<core::Record>> records = journal.read(seq, events_per_transaction);
        if (!records) {
            return records.error();
        }
        if (records->empty()) {
            return Done{};
        }
        Status begun = db.begin();
        if (!begun) {
            return begun;
        }
        for (const core::Record& record : *records) {
            projections.fold(record);
        }
        projections.flush();
        seq = records->back().seq;
        keep.bind(seq).run();
        Status done = db.commit();
        if (!done) {
            return done;
        }
        db.after_commit();
    }
}

}  // namespace linka::store
