// Writer: the one thread that writes the database. It takes all that waits, commits it as one
// transaction, and then tells those who wait. While the disk refuses, events stay in memory, in
// order, and are tried again with growing pauses. An event that the projections cannot take for
// another reason parks them: the journal must not wait for a mistake of ours.
//
// One mutex guards what other threads hand over (waiting_) and are told (trouble, counts); the
// database, the journal and the projections belong to the thread alone.
#pragma once

#include "linka/runtime/heartbeat.hpp"
#include "linka/store/commit_pace.hpp"
#include "linka/store/db/db.hpp"
#include "linka/store/journal.hpp"
#include "linka/store/projections.hpp"
#include "linka/store/store.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace linka::store {

/// What the disk, or whoever holds the database, does to us, and may stop doing. Any other failure
/// would come again with the same events.
[[nodiscard]] inline bool is_refusal(const Error& error) {
    return error.code == ErrorCode::full || error.code == ErrorCode::unavailable ||
           error.code == ErrorCode::timed_out;
}

/// A write on its way to the database.
struct NumberedWrite : Write {
    std::int64_t ahead = 0;  // its entry in the ahead log; 0: it is in none
};

class Writer {
  public:
    struct Limits {
        std::size_t unsaved_max = 0;  // events
        std::size_t queue_max = 0;    // writes
        bool behind_log = false;      // what it is given is kept already, as a rule
    };

    /// `last_seq`: of the journal in `db`; `taken`: see taken(). `parked`: not empty if the
    /// projections could not follow the journal so far.
    Writer(std::unique_ptr<Db> db, std::int64_t last_seq, std::int64_t taken, Limits limits,
           std::string parked);
    /// Commits what waits; what the disk still refuses is lost, and said so in the log.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Makes room for a write of so many events, which give() then brings. False: there is none.
    /// Both from any thread.
    [[nodiscard]] bool reserve(std::size_t events);
    void give(NumberedWrite&& write);
    /// The newest entry of the ahead log that is in the database. From any thread.
    [[nodiscard]] std::int64_t taken() const { return taken_; }
    [[nodiscard]] bool snapshot(std::int64_t seq, std::string text);
    void flush();
    [[nodiscard]] bool is_this_thread() const;
    [[nodiscard]] std::string trouble() const;
    /// See Store::parked().
    [[nodiscard]] std::string parked() const;

    /// Runs `work` on the writer's thread, after everything appended before, in a transaction of
    /// its own, and waits for the outcome.
    Status run(std::function<Status(Db&)> work);

  private:
    using Clock = std::chrono::steady_clock;
    using Group = std::deque<NumberedWrite>;

    struct Task {
        std::function<Status(Db&)> work;  // none: only wait for the turn
        std::promise<Status> outcome;
    };
    struct Snapshot {
        std::int64_t seq = 0;
        std::string text;
    };
    struct Waiting {
        std::vector<NumberedWrite> writes;
        std::vector<Task> tasks;
        std::optional<Snapshot> snapshot;  // the newest; an older one that waits is not needed
        bool urgent = false;               // one of the writes
        bool retry_now = false;
        bool stop = false;
    };

    void loop();
    Waiting wait();
    // Under load, lets more writes join the next transaction.
    void gather(std::unique_lock<std::mutex>& lock);
    void save(std::vector<NumberedWrite> writes);
    void keep(std::vector<NumberedWrite> writes, const Error& error);
    void retry(bool now);
    Status leave_out_saved();
    Status commit(const Group::iterator& from, const Group::iterator& to);
    Status try_commit(const Group::iterator& from, const Group::iterator& to, bool folds);
    void write_sides(const Group::iterator& from, const Group::iterator& to);
    void write_changes(const Group::iterator& from, const Group::iterator& to);
    void write_snapshot();
    Status run_task(const std::function<Status(Db&)>& work);
    Status wait_for(Task task, bool retry_now);
    void settled(std::size_t events);
    void set_trouble(const Error& error);
    void end_trouble();

    // Given to us.
    const Limits limits_;

    // Shared.
    mutable std::mutex mutex_;
    std::condition_variable work_;
    Waiting waiting_;
    std::size_t writes_reserved_ = 0;  // and not given yet
    std::size_t events_waiting_ = 0;   // of these, in waiting_ and in unsaved_
    bool gathering_ = false;           // a write need not wake the thread
    std::string trouble_;
    std::string parked_;

    // The thread's own.
    std::unique_ptr<Db> db_;
    Journal journal_;
    Projections projections_;
    Stmt side_put_;
    Stmt side_remove_;
    Stmt folded_;
    Stmt put_taken_;
    std::int64_t last_seq_;
    std::atomic<std::int64_t> taken_;
    Group unsaved_;
    std::optional<Snapshot> snapshot_;
    CommitPace pace_;
    Clock::time_point retry_at_;
    Clock::duration retry_pause_{};
    runtime::Heartbeat heartbeat_{"store"};
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace linka::store
