#include "linka/store/store.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/store/ahead/ahead_log.hpp"
#include "linka/store/ahead/intake.hpp"
#include "linka/store/changes.hpp"
#include "linka/store/db/address.hpp"
#include "linka/store/files.hpp"
#include "linka/store/inspect.hpp"
#include "linka/store/journal.hpp"
#include "linka/store/lock_file.hpp"
#include "linka/store/migrate.hpp"
#include "linka/store/plain.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/writer.hpp"

#include <cstring>
#include <filesystem>
#include <mutex>

namespace linka::store {

namespace {

// A refused change is trouble for so long: nobody may try again.
constexpr Duration refused_for = 60s;

// At once in memory while reading the journal.
constexpr std::size_t load_group = 10'000;

Status read_side(Db& db, Loaded& loaded) {
    Stmt select = db.prepare("SELECT kind, name, body FROM side");
    while (select.step()) {
        loaded.side[{std::string(select.text(0)), std::string(select.text(1))}] =
            std::string(select.text(2));
    }
    return db.take_error();
}

Status read_loaded(Db& db, std::int64_t before, Loaded& loaded) {
    Journal journal(db);
    const Result<std::int64_t> last = journal.last();
    if (!last) {
        return last.error();
    }
    Stmt newest = db.prepare(
        "SELECT seq, body FROM snapshot WHERE seq < ? AND seq <= ? ORDER BY seq DESC LIMIT 1");
    newest.bind(before).bind(*last);
    if (newest.step()) {
        loaded.snapshot_seq = newest.integer(0);
        loaded.snapshot = std::string(newest.text(1));
        newest.reset();
    }
    std::int64_t seq = loaded.snapshot_seq;
    while (seq < *last) {
        Result<std::vector<core::Record>> records = journal.read(seq, load_group);
        if (!records) {
            return records.error();
        }
        if (records->empty()) {
            return fail(ErrorCode::internal, text::format("journal: event {} is missing", seq + 1));
        }
        seq = records->back().seq;
        std::move(records->begin(), records->end(), std::back_inserter(loaded.events));
    }
    return read_side(db, loaded);
}

struct Prepared {
    std::int64_t last = 0;
    std::int64_t ahead = 0;     // the newest entry of the ahead log that is in it
    std::int64_t ahead_id = 0;  // of which log
    std::string parked;         // see Store::parked()
};

// The note of what `db` was just told to do.
Status noted(Db& db, const Change* note) {
    if (note != nullptr) {
        write_change(db, *note);
    }
    return db.take_error();
}

class DbStore : public Store {
  public:
    DbStore(Options options, LockFile lock, std::unique_ptr<Db> db, Prepared prepared)
        : options_(std::move(options)),
          lock_(std::move(lock)),
          writer_(std::move(db), prepared.last, prepared.ahead,
                  {.unsaved_max = options_.unsaved_max,
                   .queue_max = options_.queue_max,
                   .behind_log = options_.database.empty()},
                  std::move(prepared.parked)) {}

    /// Before anything else.
    Status begin(const Prepared& prepared) {
        std::optional<AheadLog> log;
        if (options_.database.empty()) {
            Result<AheadLog> opened =
                AheadLog::open({.directory = options_.directory, .sync = options_.sync});
            Status done = opened ? work_off(*opened, writer_, prepared.ahead_id, prepared.last)
                                 : Status(opened.error());
            if (!done) {
                return done;
            }
            log = std::move(*opened);
        }
        intake_.emplace(std::move(log), writer_);
        return Done{};
    }

    Result<Loaded> load(std::int64_t snapshot_before) override {
        Loaded loaded;
        const Status done = run([&](Db& db) { return read_loaded(db, snapshot_before, loaded); });
        if (!done) {
            return done.error();
        }
        return loaded;
    }

    bool append(Write&& write) override { return intake_->append(std::move(write)); }
    bool snapshot(std::int64_t seq, std::string text) override {
        return writer_.snapshot(seq, std::move(text));
    }
    void flush() override {
        intake_->hand_over();
        writer_.flush();
    }
    std::string trouble() const override { return writer_.trouble(); }
    std::string parked() const override { return writer_.parked(); }
    std::string refused() const override {
        const std::lock_guard lock(refused_mutex_);
        return runtime::steady_now() - refused_at_ < refused_for ? refused_ : std::string{};
    }

    Result<std::unique_ptr<Reader>> reader() override {
        return open_reader({options_.directory, options_.database}, options_.clock);
    }

    Status put_secret(std::string_view kind, std::string_view name, std::string_view value,
                      const Change* note) override {
        return write([&](Db& db) {
            db.prepare(
                  "INSERT INTO secret (kind, name, body) VALUES (?,?,?) "
                  "ON CONFLICT (kind, name) DO UPDATE SET body=excluded.body")
                .bind(kind)
                .bind(name)
                .bind(value)
                .run();
            return noted(db, note);
        });
    }

    Status remove_secret(std::string_view kind, std::string_view name,
                         const Change* note) override {
        return write([&](Db& db) {
            db.prepare("DELETE FROM secret WHERE kind = ? AND name = ?")
                .bind(kind)
                .bind(name)
                .run();
            return noted(db, note);
        });
    }

    Result<std::map<std::string, std::string>> secrets(std::string_view kind) override {
        std::map<std::string, std::string> found;
        const Status done = run([&](Db& db) {
            Stmt select = db.prepare("SELECT name, body FROM secret WHERE kind = ?");
            select.bind(kind);
            while (select.step()) {
                found[std::string(select.text(0))] = std::string(select.text(1));
            }
            return db.take_error();
        });
        if (!done) {
            return done.error();
        }
        return found;
    }

    Status put_session(const Session& session) override {
        return write([&](Db& db) {
            db.prepare(
                  "INSERT INTO session (token_hash, refresh_hash, \"user\", created, expires, "
                  "refresh_expires, browser) VALUES (?,?,?,?,?,?,?) ON CONFLICT (token_hash) DO "
                  "UPDATE "
                  "SET refresh_hash=excluded.refresh_hash, \"user\"=excluded.\"user\", "
                  "created=excluded.created, expires=excluded.expires, "
                  "refresh_expires=excluded.refresh_expires, browser=excluded.browser")
                .bind(session.token_hash)
                .bind(session.refresh_hash)
                .bind(session.user.value)
                .bind(session.created.us)
                .bind(session.expires.us)
                .bind(session.refresh_expires.us)
                .bind(std::int64_t{session.browser})
                .run();
            return db.take_error();
        });
    }

    Status remove_session(std::string_view token_hash) override {
        return write([&](Db& db) {
            db.prepare("DELETE FROM session WHERE token_hash = ?").bind(token_hash).run();
            return db.take_error();
        });
    }

    Result<std::vector<Session>> sessions() override {
        std::vector<Session> found;
        const Status done = run([&](Db& db) {
            Stmt select = db.prepare(
                "SELECT token_hash, refresh_hash, \"user\", created, expires, refresh_expires, "
                "browser FROM session ORDER BY created, token_hash");
            while (select.step()) {
                found.push_back({.token_hash = std::string(select.text(0)),
                                 .refresh_hash = std::string(select.text(1)),
                                 .user = core::UserId{select.integer(2)},
                                 .created = Instant{select.integer(3)},
                                 .expires = Instant{select.integer(4)},
                                 .refresh_expires = Instant{select.integer(5)},
                                 .browser = select.integer(6) != 0});
            }
            return db.take_error();
        });
        if (!done) {
            return done.error();
        }
        return found;
    }

    Status note_change(const Change& change) override {
        return write([&](Db& db) { return noted(db, &change); });
    }

    Result<std::int64_t> save_record(const KeptRecord& record, Instant now,
                                     const Change* note) override {
        const Result<json::Value> body = json::parse(record.body);
        if (!body || !body->is_object()) {
            return fail(ErrorCode::invalid, "a record is one JSON object", "body");
        }
        std::int64_t id = record.id;
        const Status done = write([&](Db& db) {
            if (id == 0) {
                Stmt next = db.prepare("SELECT COALESCE(MAX(id), 0) + 1 FROM record");
                id = next.step() ? next.integer(0) : 1;
            }
            db.prepare(
                  "INSERT INTO record (id, model, name, title, removed, saved, body) "
                  "VALUES (?,?,?,?,0,?,?) ON CONFLICT (id) DO UPDATE SET name=excluded.name, "
                  "title=excluded.title, removed=0, saved=excluded.saved, body=excluded.body")
                .bind(id)
                .bind(record.model)
                .bind(record.name)
                .bind(record.title)
                .bind(now.us)
                .bind(boost::json::serialize(*body))
                .run();
            return noted(db, note);
        });
        if (!done && done.error().code == ErrorCode::conflict) {
            return fail(ErrorCode::conflict,
                        text::format("there is a {} in {} already", record.name, record.model),
                        "name");
        }
        if (!done) {
            return done.error();
        }
        return id;
    }

    Status remove_record(std::int64_t id, Instant now, const Change* note) override {
        return write([&](Db& db) {
            db.prepare("UPDATE record SET removed = 1, saved = ? WHERE id = ?")
                .bind(now.us)
                .bind(id)
                .run();
            return noted(db, note);
        });
    }

  private:
    // After everything appended before.
    Status run(std::function<Status(Db&)> work) {
        intake_->hand_over();
        return writer_.run(std::move(work));
    }
    // The same; remembers what the disk refuses.
    Status write(std::function<Status(Db&)> work) {
        Status done = run(std::move(work));
        const std::lock_guard lock(refused_mutex_);
        refused_ = !done && is_refusal(done.error()) ? done.error().text : std::string{};
        refused_at_ = runtime::steady_now();
        return done ? done : Status(plain(done.error()));
    }

    Options options_;
    LockFile lock_;
    Writer writer_;
    std::optional<Intake> intake_;
    mutable std::mutex refused_mutex_;  // what follows
    std::string refused_;
    Instant refused_at_;
};

Result<Prepared> prepare(Db& db) {
    const Status migrated = migrate(db);
    if (!migrated) {
        return migrated.error();
    }
    Prepared prepared;
    const Status caught_up = catch_up(db);
    if (!caught_up && (is_refusal(caught_up.error()) || !Journal(db).last())) {
        return caught_up.error();
    }
    if (!caught_up) {
        log::error("lists and reports stand still", {{"reason", caught_up.error().text}});
        prepared.parked = caught_up.error().text;
    }
    const auto last = Journal(db).last();
    if (!last) {
        return last.error();
    }
    prepared.last = *last;
    Stmt taken = db.prepare("SELECT ahead, ahead_id FROM folded WHERE id = 1");
    if (taken.step()) {
        prepared.ahead = taken.integer(0);
        prepared.ahead_id = taken.integer(1);
    }
    taken.reset();
    const Status read = db.take_error();
    if (!read) {
        return read.error();
    }
    return prepared;
}

}  // namespace

namespace {

// What a new company takes beside the log ahead of its database, which has its full length from the
// beginning: the database, what SQLite keeps beside it while it writes, the certificate.
constexpr std::size_t first_room = 4'000'000;

// Of a full disk one wants to know how much is missing.
Error with_room(Error error, const std::string& directory) {
    std::error_code failure;
    const auto space = std::filesystem::space(directory, failure);
    if (error.code == ErrorCode::full && !failure) {
        const std::size_t wanted = first_room + 2 * AheadLog::Options{}.file_bytes;
        error.text = text::format(
            "{}. A first start wants about {} MB in {}, and recordings their own; {} MB are free",
            error.text, wanted / 1'000'000, directory, space.available / 1'000'000);
    }
    return error;
}

Result<std::unique_ptr<Store>> open_store(Options options) {
    const Status made = make_private_directory(options.directory);
    if (!made) {
        return made.error();
    }
    Result<LockFile> lock = LockFile::take(lock_path(options.directory));
    if (!lock) {
        return lock.error();
    }
    const std::string address = Place{options.directory, options.database}.address();
    if (options.database.empty() && AheadLog::exists(options.directory) && !file_exists(address)) {
        return fail(ErrorCode::refused,
                    text::format("{} is missing, but a company was kept beside it: put the file "
                                 "back, restore a backup into an empty directory, or empty this "
                                 "one to begin anew",
                                 address));
    }
    Result<std::unique_ptr<Db>> db = Db::open({.address = address,
                                               .mode = Db::Mode::writer,
                                               .sync = options.sync,
                                               .pages_max = options.pages_max});
    if (!db) {
        return db.error();
    }
    const Result<Prepared> prepared = prepare(**db);
    if (!prepared) {
        Error error = prepared.error();
        if (error.text.find(shown(address)) == std::string::npos) {
            error.text = shown(address) + ": " + error.text;
        }
        return error;
    }
    auto store =
        std::make_unique<DbStore>(std::move(options), std::move(*lock), std::move(*db), *prepared);
    const Status begun = store->begin(*prepared);
    if (!begun) {
        return begun.error();
    }
    return std::unique_ptr<Store>(std::move(store));
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(Options options) {
    const std::string directory = options.directory;
    Result<std::unique_ptr<Store>> opened = open_store(std::move(options));
    return opened ? std::move(opened) : with_room(opened.error(), directory);
}

Result<Loaded> look_at_journal(const Place& place) {
    const Result<std::unique_ptr<Db>> db =
        Db::open({.address = place.address(), .mode = Db::Mode::read_only});
    if (!db) {
        return db.error();
    }
    Loaded loaded;
    const Status done = read_loaded(**db, INT64_MAX, loaded);
    return done ? Result<Loaded>(std::move(loaded)) : done.error();
}

Status take_what_is_ahead(const Place& place) {
    if (!place.database.empty() || !AheadLog::exists(place.directory) ||
        running_process(place.directory) != 0) {
        return Done{};
    }
    const Result<std::unique_ptr<Db>> db =
        Db::open({.address = place.address(), .mode = Db::Mode::read_only});
    if (!db || !check_version(**db)) {
        return Done{};  // whoever reads it says what is wrong
    }
    const Result<std::unique_ptr<Store>> store =
        Store::open({.directory = place.directory, .clock = {}});
    if (store || store.error().code == ErrorCode::conflict) {
        return Done{};
    }
    return fail(store.error().code,
                text::format("what happened last, before the server died, must go into the "
                             "database first: make room there. {}",
                             store.error().text));
}

}  // namespace linka::store
