#include "linka/store/writer.hpp"

#include "linka/runtime/log.hpp"
#include "linka/runtime/metrics.hpp"
#include "linka/runtime/this_machine.hpp"
#include "linka/store/changes.hpp"
#include "linka/store/db/fitting.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace linka::store {

namespace {

constexpr std::chrono::milliseconds retry_first{100};
constexpr std::chrono::seconds retry_longest{5};
constexpr std::chrono::milliseconds heartbeat_every{900};
// When the disk is back, this many events at most go into one transaction.
constexpr std::size_t retry_events = 5'000;

metrics::Counter& events_saved() {
    static metrics::Counter counter("linka_store_events_total", "Events committed");
    return counter;
}
metrics::Counter& commits() {
    static metrics::Counter counter("linka_store_commits_total", "Transactions of events");
    return counter;
}
metrics::Counter& refusals() {
    static metrics::Counter counter("linka_store_refusals_total",
                                    "Transactions that the disk or the server refused");
    return counter;
}
metrics::Gauge& unsaved() {
    static metrics::Gauge gauge("linka_store_unsaved_events",
                                "Events in memory that the disk or the server refused");
    return gauge;
}

template <typename Writes>
std::size_t events_in(const Writes& writes) {
    std::size_t events = 0;
    for (const NumberedWrite& write : writes) {
        events += write.events.size();
    }
    return events;
}

}  // namespace

Writer::Writer(std::unique_ptr<Db> db, std::int64_t last_seq, std::int64_t taken, Limits limits,
               std::string parked)
    : limits_(limits),
      parked_(std::move(parked)),
      db_(std::move(db)),
      journal_(*db_),
      projections_(*db_),
      side_put_(db_->prepare("INSERT INTO side (kind, name, body) VALUES (?,?,?) "
                             "ON CONFLICT (kind, name) DO UPDATE SET body=excluded.body")),
      side_remove_(db_->prepare("DELETE FROM side WHERE kind = ? AND name = ?")),
      folded_(db_->prepare("UPDATE folded SET seq = ? WHERE id = 1")),
      put_taken_(db_->prepare("UPDATE folded SET ahead = ? WHERE id = 1")),
      last_seq_(last_seq),
      taken_(taken),
      pace_(limits.behind_log) {
    thread_ = std::thread([this] { loop(); });
}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        waiting_.stop = true;
    }
    work_.notify_one();
    thread_.join();
}

bool Writer::reserve(std::size_t events) {
    const std::lock_guard lock(mutex_);
    if (writes_reserved_ + waiting_.writes.size() >= limits_.queue_max ||
        (events_waiting_ > 0 && events_waiting_ + events > limits_.unsaved_max)) {
        return false;
    }
    ++writes_reserved_;
    events_waiting_ += events;
    return true;
}

void Writer::give(NumberedWrite&& write) {
    bool wakes = false;
    {
        const std::lock_guard lock(mutex_);
        --writes_reserved_;
        wakes = gathering_ ? write.urgent && !waiting_.urgent : waiting_.writes.empty();
        waiting_.urgent |= write.urgent;
        waiting_.writes.push_back(std::move(write));
    }
    if (wakes) {
        work_.notify_one();
    }
}

bool Writer::snapshot(std::int64_t seq, std::string text) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.snapshot = Snapshot{seq, std::move(text)};
    }
    work_.notify_one();
    return true;
}

bool Writer::is_this_thread() const {
    return std::this_thread::get_id() == thread_.get_id();
}

void Writer::flush() {
    if (!is_this_thread()) {
        // Its turn comes after everything that waits now.
        const Status turn = wait_for({}, true);
        LINKA_ASSERT(turn.ok());
    }
}

Status Writer::wait_for(Task task, bool retry_now) {
    std::future<Status> outcome = task.outcome.get_future();
    {
        const std::lock_guard lock(mutex_);
        waiting_.tasks.push_back(std::move(task));
        waiting_.retry_now |= retry_now;
    }
    work_.notify_one();
    return outcome.get();
}

std::string Writer::trouble() const {
    const std::lock_guard lock(mutex_);
    return trouble_;
}

std::string Writer::parked() const {
    const std::lock_guard lock(mutex_);
    return parked_;
}

Status Writer::run(std::function<Status(Db&)> work) {
    if (is_this_thread()) {
        return run_task(work);  // from a `done`: waiting for ourselves would never end
    }
    return wait_for({std::move(work), {}}, false);
}

void Writer::loop() {
    runtime::name_thread("linka-store");
    bool stop = false;
    while (!stop) {
        Waiting waiting = wait();
        stop = waiting.stop;
        heartbeat_.beat("commit");
        if (waiting.snapshot) {
            snapshot_ = std::move(waiting.snapshot);
        }
        retry(waiting.retry_now || stop);
        save(std::move(waiting.writes));
        heartbeat_.beat("snapshot");
        write_snapshot();
        heartbeat_.beat("task");
        for (Task& task : waiting.tasks) {
            task.outcome.set_value(task.work ? run_task(task.work) : Status(Done{}));
        }
        heartbeat_.beat("checkpoint");
        db_->after_commit();
    }
    if (!unsaved_.empty()) {
        log::error("stopping with events that the database refused",
                   {{"events", events_in(unsaved_)}, {"reason", trouble()}});
    }
}

Writer::Waiting Writer::wait() {
    std::unique_lock lock(mutex_);
    const auto has_work = [&] {
        return !waiting_.writes.empty() || !waiting_.tasks.empty() || waiting_.snapshot ||
               waiting_.retry_now || waiting_.stop;
    };
    heartbeat_.beat("wait");
    if (unsaved_.empty()) {
        while (!work_.wait_for(lock, heartbeat_every, has_work)) {
            heartbeat_.beat("wait");
        }
        gather(lock);
    } else {
        work_.wait_until(lock, retry_at_, has_work);
    }
    Waiting taken = std::exchange(waiting_, {});
    waiting_.stop = taken.stop;
    return taken;
}

void Writer::gather(std::unique_lock<std::mutex>& lock) {
    gathering_ = true;
    while (waiting_.tasks.empty() && !waiting_.stop && Clock::now() < pace_.next(waiting_.urgent)) {
        work_.wait_until(lock, pace_.next(waiting_.urgent));
    }
    gathering_ = false;
    pace_.begins(Clock::now(), events_in(waiting_.writes));
}

void Writer::save(std::vector<NumberedWrite> writes) {
    if (writes.empty()) {
        return;
    }
    if (!unsaved_.empty()) {
        // Order is kept: nothing passes those that wait for the disk.
        keep(std::move(writes), fail(ErrorCode::unavailable, trouble()));
        return;
    }
    Group group(std::make_move_iterator(writes.begin()), std::make_move_iterator(writes.end()));
    const Status done = commit(group.begin(), group.end());
    if (!done) {
        set_trouble(done.error());
        keep({std::make_move_iterator(group.begin()), std::make_move_iterator(group.end())},
             done.error());
        return;
    }
    settled(events_in(group));
    for (NumberedWrite& write : group) {
        if (write.kept) {
            write.kept();
        }
        if (write.done) {
            write.done(Done{}, std::move(write.events));
        }
    }
}

void Writer::keep(std::vector<NumberedWrite> writes, const Error& error) {
    for (NumberedWrite& write : writes) {
        write.kept = nullptr;
        if (write.done) {
            std::exchange(write.done, nullptr)(error, write.events);
        }
        unsaved_.push_back(std::move(write));
    }
    unsaved().set(static_cast<std::int64_t>(events_in(unsaved_)));
}

void Writer::retry(bool now) {
    if (unsaved_.empty() || (!now && Clock::now() < retry_at_)) {
        return;
    }
    const Status found = leave_out_saved();
    if (!found) {
        set_trouble(found.error());
        return;
    }
    while (!unsaved_.empty()) {
        std::size_t events = 0;
        auto end = unsaved_.begin();
        while (end != unsaved_.end() && (end == unsaved_.begin() || events < retry_events)) {
            events += end->events.size();
            ++end;
        }
        const Status done = commit(unsaved_.begin(), end);
        if (!done) {
            set_trouble(done.error());
            return;
        }
        settled(events);
        unsaved_.erase(unsaved_.begin(), end);
        unsaved().set(static_cast<std::int64_t>(events_in(unsaved_)));
    }
    end_trouble();
}

// A server that is lost at a commit may have made it all the same: nobody else writes, so what its
// journal holds beyond what we know of is ours.
Status Writer::leave_out_saved() {
    const Result<std::int64_t> last = journal_.last();
    if (!last) {
        return last.error();
    }
    const auto is_saved = [&](const NumberedWrite& write) {
        return !write.events.empty() && write.events.back().seq <= *last;
    };
    const auto newest = std::find_if(unsaved_.rbegin(), unsaved_.rend(), is_saved);
    const std::size_t before = events_in(unsaved_);
    unsaved_.erase(unsaved_.begin(), newest.base());
    settled(before - events_in(unsaved_));
    last_seq_ = std::max(last_seq_, *last);
    return Done{};
}

Status Writer::commit(const Group::iterator& from, const Group::iterator& to) {
    const bool folds = parked().empty();
    Status done = try_commit(from, to, folds);
    if (done || !folds || is_refusal(done.error())) {
        return done;
    }
    const std::string reason = done.error().text;
    done = try_commit(from, to, false);
    if (done) {
        log::error("lists and reports stand still: an event cannot be folded",
                   {{"after", last_seq_}, {"reason", reason}});
        const std::lock_guard lock(mutex_);
        parked_ = reason;
    }
    return done;
}

Status Writer::try_commit(const Group::iterator& from, const Group::iterator& to, bool folds) {
    Status begun = db_->begin();
    if (!begun) {
        refusals().add();
        return begun;
    }
    std::int64_t seq = last_seq_;
    for (auto write = from; write != to; ++write) {
        for (const core::Record& record : write->events) {
            LINKA_ASSERT(record.seq == seq + 1);
            seq = record.seq;
            std::optional<core::Event> as_read = journal_.append(record);
            if (folds) {
                projections_.fold(as_read ? core::Record{record.seq, record.at, std::move(*as_read)}
                                          : record);
            }
        }
    }
    write_sides(from, to);
    if (folds) {
        projections_.flush();
    }
    write_changes(from, to);
    if (folds && seq != last_seq_) {
        folded_.bind(seq).run();
    }
    if (const std::int64_t newest = std::prev(to)->ahead; newest != 0) {
        put_taken_.bind(newest).run();
    }
    Status done = db_->commit();
    if (!done) {
        refusals().add();
        projections_.forget();
        return done;
    }
    taken_ = std::max(taken_.load(), std::prev(to)->ahead);
    commits().add();
    events_saved().add(seq - last_seq_);
    last_seq_ = seq;
    return done;
}

// Of several with the same name only the last is written.
void Writer::write_sides(const Group::iterator& from, const Group::iterator& to) {
    std::map<std::pair<std::string_view, std::string_view>, const Side*> newest;
    for (auto write = from; write != to; ++write) {
        for (const Side& side : write->side) {
            newest[{side.kind, side.key}] = &side;
        }
    }
    for (const auto& [name, side] : newest) {
        if (side->value) {
            const std::string value = fitted(*side->value);
            side_put_.bind(side->kind).bind(side->key).bind(std::string_view(value)).run();
        } else {
            side_remove_.bind(side->kind).bind(side->key).run();
        }
    }
}

void Writer::write_changes(const Group::iterator& from, const Group::iterator& to) {
    for (auto write = from; write != to; ++write) {
        for (const Change& change : write->changes) {
            write_change(*db_, change);
        }
    }
}

void Writer::write_snapshot() {
    if (!snapshot_ || snapshot_->seq > last_seq_) {
        return;  // it may not be ahead of the journal: it waits for the events
    }
    const Status done = run_task([&](Db& db) -> Status {
        Stmt put = db.prepare(
            "INSERT INTO snapshot (seq, body) VALUES (?,?) "
            "ON CONFLICT (seq) DO UPDATE SET body=excluded.body");
        put.bind(snapshot_->seq).bind(std::string_view(snapshot_->text)).run();
        Stmt drop = db.prepare(
            "DELETE FROM snapshot WHERE seq NOT IN "
            "(SELECT seq FROM snapshot ORDER BY seq DESC LIMIT 2)");
        drop.run();
        return db.take_error();
    });
    if (!done) {
        log::warn("snapshot not written", {{"reason", done.error().text}});
    }
    snapshot_.reset();
}

Status Writer::run_task(const std::function<Status(Db&)>& work) {
    Status begun = db_->begin();
    if (!begun) {
        return begun;
    }
    Status worked = work(*db_);
    if (!worked) {
        db_->rollback();
        return worked;
    }
    return db_->commit();
}

void Writer::settled(std::size_t events) {
    const std::lock_guard lock(mutex_);
    events_waiting_ -= events;
}

void Writer::set_trouble(const Error& error) {
    retry_pause_ = retry_pause_ == Clock::duration{}
                       ? Clock::duration(retry_first)
                       : std::min<Clock::duration>(retry_pause_ * 2, retry_longest);
    retry_at_ = Clock::now() + retry_pause_;
    bool began = false;
    {
        const std::lock_guard lock(mutex_);
        began = trouble_.empty();
        trouble_ = error.text;
    }
    if (began) {
        log::error("the database refuses; events are kept in memory", {{"reason", error.text}});
    }
}

void Writer::end_trouble() {
    retry_pause_ = {};
    {
        const std::lock_guard lock(mutex_);
        trouble_.clear();
    }
    log::info("the database takes writes again");
}

}  // namespace linka::store
