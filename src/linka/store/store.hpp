// Store: the journal and everything kept beside it, in one directory. One writer thread commits
// what waits as one transaction (group commit): the events, the projections folded from them, and
// the side records that adapters need after a crash. In front of a database in a file another
// thread appends the same to a small log first (ahead/), so that what cannot wait for transactions
// need not: `kept` says when that is done, `done` when it can be read. Effects that wait for either
// never outrun the journal. Reading happens on connections of its own (Reader).
#pragma once

#include "linka/base/result.hpp"
#include "linka/core/journal/event.hpp"
#include "linka/store/change.hpp"
#include "linka/store/files.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linka::store {

/// A small text that an adapter wants back after a crash, e.g. kind "sip_leg", key "17". No value:
/// forget.
struct Side {
    std::string kind;
    std::string key;
    std::optional<std::string> value;
};

struct Write {
    std::vector<core::Record> events;
    std::vector<Side> side;
    /// Entries of the change log about these events.
    std::vector<Change> changes = {};
    /// In order, on a thread of the store: from now on no crash loses it, but readers may not find
    /// it yet. Not called if that is true only with `done`.
    std::function<void()> kept;
    /// On the writer thread, after commit, in order; the events come back. An error means that the
    /// disk refuses: the write is kept in memory (bounded by Options::unsaved_max) and tried again;
    /// `done` is called with the error at once, so that calls go on, and is not called again.
    std::function<void(const Status&, std::vector<core::Record> events)> done;
    /// Somebody on the line waits for what follows: committed before others would be, while that
    /// does not make more transactions than a busy store has anyway.
    bool urgent = false;
};

struct Options {
    std::string directory;
    std::string database = {};  // postgresql://…; empty: a file in the directory
    bool sync =
        true;  // fsync each commit (power loss); false: survives only a crash of the process
    std::size_t unsaved_max = 200'000;      // events
    std::size_t queue_max = 65'536;         // writes waiting
    std::int64_t snapshot_events = 50'000;  // app writes a snapshot when this many events are newer
    std::int64_t pages_max = 0;  // bound of the database, in pages of 4 KiB; 0: the disk's
    /// Until when figures count states that go on; none: runtime::wall_now().
    std::function<Instant()> clock;
};

/// What a start needs: the newest snapshot's text (or empty) and every event after it.
struct Loaded {
    std::string snapshot;
    std::int64_t snapshot_seq = 0;
    std::vector<core::Record> events;
    std::map<std::pair<std::string, std::string>, std::string> side;
};

/// What a start would load, read while nobody or a server has the database open. What happened in
/// the last moments may be missing.
Result<Loaded> look_at_journal(const Place& place);

class Reader;

class Store {
  public:
    /// Creates or opens the directory and the database, migrates forward. Errors name the file or
    /// the server. Only one process may have either open for writing: `conflict` names it.
    static Result<std::unique_ptr<Store>> open(Options options);
    virtual ~Store() = default;  // commits what waits

    /// The newest snapshot before `snapshot_before` and what follows it. The last two are kept: if
    /// the newest cannot be used, load again before its seq. Errors: `internal` names an event that
    /// is missing or cannot be read.
    virtual Result<Loaded> load(std::int64_t snapshot_before = INT64_MAX) = 0;
    /// Thread-safe. False when the queue is full, or when more than unsaved_max events would wait
    /// for a disk that refuses; `write` is then as it was.
    [[nodiscard]] virtual bool append(Write&& write) = 0;
    /// Keeps a snapshot of the state after event `seq`, drops older ones. Any thread.
    [[nodiscard]] virtual bool snapshot(std::int64_t seq, std::string text) = 0;
    /// Waits until everything appended so far is committed, or has been refused by the disk once
    /// more: see trouble().
    virtual void flush() = 0;
    /// Not empty while the disk refuses: says why. Any thread.
    [[nodiscard]] virtual std::string trouble() const = 0;
    /// Not empty when the disk refused a change that nobody's call hangs on (a record, a secret, a
    /// session) within the last minute, and has taken none since: says why. Any thread.
    [[nodiscard]] virtual std::string refused() const { return {}; }
    /// Not empty when an event could not be folded into lists and reports, whatever the disk does:
    /// they stand still from there on, while the journal, which they can be made from again, goes
    /// on. Says why. Any thread.
    [[nodiscard]] virtual std::string parked() const { return {}; }
    /// A connection for one reading thread.
    virtual Result<std::unique_ptr<Reader>> reader() = 0;

    // The calls below wait for the disk (a few ms); they may be made on any thread.

    // Secrets: never in the journal. `kind` e.g. "password" (hash), "sip" (clear text), "token",
    // "ca". The database can be read by its owner alone (0600 in 0700).
    /// `note`: goes into the change log with it; null: nothing does.
    virtual Status put_secret(std::string_view kind, std::string_view name, std::string_view value,
                              const Change* note = nullptr) = 0;
    virtual Status remove_secret(std::string_view kind, std::string_view name,
                                 const Change* note = nullptr) = 0;
    virtual Result<std::map<std::string, std::string>> secrets(std::string_view kind) = 0;

    // Sign-in sessions (token hash → user, expiry) and the audit log of administrative changes.
    struct Session {
        std::string token_hash;
        std::string refresh_hash;
        core::UserId user;
        Instant created;
        Instant expires;
        Instant refresh_expires;
        bool browser = true;  // begun in a browser, not by a program
    };
    virtual Status put_session(const Session& session) = 0;
    virtual Status remove_session(std::string_view token_hash) = 0;
    virtual Result<std::vector<Session>> sessions() = 0;
    virtual Status note_change(const Change& change) = 0;
    Status audit_log(Instant at, core::UserId who, std::string_view what, std::string_view detail) {
        return note_change(
            {.at = at, .who = who, .what = std::string(what), .detail = std::string(detail)});
    }

    /// Records that the core does not decide by, of any model. `body` is one JSON object, given
    /// back by Reader::list(Model::records) with `id` before its other members. An id of 0 makes a
    /// new one; its id is returned. One record of a model at a time has a name: `conflict`
    /// otherwise; that of a removed one is free again. `note`: its entry of the change log; null:
    /// there is nothing to note.
    struct KeptRecord {
        std::int64_t id = 0;
        std::string model;
        std::string name;
        std::string title;
        std::string body;
    };
    virtual Result<std::int64_t> save_record(const KeptRecord& record, Instant now,
                                             const Change* note = nullptr) = 0;
    virtual Status remove_record(std::int64_t id, Instant now, const Change* note = nullptr) = 0;
};

/// For those who read the database without a Store: brings it to what was confirmed, if a server
/// that died has left more in the directory than the database holds. Nothing is done while a server
/// runs, nor to data of another version of the program.
Status take_what_is_ahead(const Place& place);

}  // namespace linka::store
