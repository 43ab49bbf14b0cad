#include "linka/app/engine.hpp"

#include "linka/base/text.hpp"
#include "linka/core/voice/outside.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include <sys/epoll.h>

namespace linka::app {
namespace {

// A snapshot each so many events keeps the replay at start well under a second.
constexpr std::int64_t snapshot_every = 20'000;

// Idle, the loop comes round so often.
constexpr Duration heartbeat_every = 500ms;

// Events that wait for a store that takes no more; beyond them people are refused, and of what is
// reported about devices and pages only the newest is kept. What is left comes from the calls in
// progress, which end.
constexpr std::size_t backlog_events_max = 100'000;

// A store that took no more is asked again so often.
constexpr Duration retry_every = 100ms;

// A database that has not answered for so long counts as one that refuses.
constexpr Duration unanswered_max = 2s;

// What somebody with a telephone at the ear waits for.
bool waited_for(const core::Effect& effect) {
    return std::holds_alternative<core::DialDevice>(effect) ||
           std::holds_alternative<core::DialNumber>(effect) ||
           std::holds_alternative<core::AnswerLeg>(effect);
}

template <typename T>
void move_behind(std::vector<T>& all, std::vector<T>& more) {
    if (all.empty()) {
        all = std::move(more);
    } else {
        all.insert(all.end(), std::make_move_iterator(more.begin()),
                   std::make_move_iterator(more.end()));
    }
}

}  // namespace

Engine::Engine(runtime::Loop& loop, store::Store& store)
    : loop_(loop), store_(store), random_(std::random_device{}()) {
    loop_.watch(wakeup_.fd(), EPOLLIN, [this](std::uint32_t) { take_ready(); });
}

Engine::~Engine() {
    loop_.unwatch(wakeup_.fd());
    if (timer_ != 0) {
        loop_.cancel(timer_);
    }
}

Status Engine::load(const store::Loaded& loaded) {
    state_ = {};
    if (!loaded.snapshot.empty()) {
        const auto restored = core::load_state(state_, loaded.snapshot);
        if (!restored) {
            return restored.error();
        }
    }
    for (const core::Record& record : loaded.events) {
        core::evolve(state_, record);
    }
    snapshot_seq_ = loaded.snapshot_seq;
    runtime::wall_not_before(state_.at);
    stands_still_ = state_.seq > 0;
    start_kept_ = false;
    arm_timer();
    return Done{};
}

std::string Engine::trouble() {
    if (std::string reason = store_.trouble(); !reason.empty()) {
        return reason;
    }
    if (!backlog_.empty()) {
        return "too many events wait for the database";
    }
    const std::lock_guard lock(leaving_mutex_);
    const Duration waits =
        leaving_.empty() ? Duration{0} : runtime::steady_now() - leaving_.front()->begun;
    return waits > unanswered_max
               ? text::format("the database has not answered for {} s", whole_seconds(waits))
               : std::string{};
}

void Engine::look_for_trouble() {
    const std::string reason = trouble();
    if (refusing_ != reason.empty()) {
        if (reason.empty()) {
            release_held();  // of a refusal too short to be told
        }
        return;
    }
    refusing_ = !reason.empty();
    if (refusing_) {
        log::error("new calls are refused: what happens cannot be kept", {{"reason", reason}});
    } else {
        log::info("new calls are taken again");
        release_held();
    }
    if (tell_refusing_) {
        tell_refusing_(refusing_);
    }
}

std::string Engine::reason_against(const core::Input& input) {
    const core::InputKind kind = core::kind_of(input);
    if (closed_ && kind != core::InputKind::report) {
        return "the server is shutting down; try again in a moment";
    }
    if (const auto* call = std::get_if<core::CallOut>(&input);
        call != nullptr && core::is_emergency(state_, call->number)) {
        return {};
    }
    const bool crowded = backlog_events_ > backlog_events_max;
    if (!core::must_be_kept(kind) && !(crowded && kind == core::InputKind::act)) {
        return {};
    }
    // Why stands in the log and in /healthz: the database's words are not for everybody.
    return trouble().empty() ? std::string{}
                             : "it could not be kept: the server can write nothing down now";
}

bool Engine::refuse(const core::Input& input, const Answer& done) {
    std::string reason = reason_against(input);
    if (reason.empty()) {
        return false;
    }
    if (done) {
        core::Reply reply;
        reply.kind = core::Reply::Kind::unavailable;
        reply.text = std::move(reason);
        done(reply);
    }
    return true;
}

// Whether the input waits until there is room; only with too much in the backlog.
bool Engine::put_off(const core::Input& input) {
    if (backlog_events_ <= backlog_events_max) {
        return false;
    }
    if (const auto* device = std::get_if<core::DeviceReachabilityReport>(&input)) {
        put_off_[device->device] = input;
    } else if (const auto* user = std::get_if<core::UserPresenceReport>(&input)) {
        put_off_[user->user] = input;
    } else {
        return std::holds_alternative<core::LegQualityReport>(input);  // a figure less
    }
    return true;
}

void Engine::take_put_off() {
    for (const auto& [subject, input] : std::exchange(put_off_, {})) {
        apply_now(input);
    }
}

core::Reply Engine::outdated() {
    turn_later();  // the answer goes with the turn's
    core::Reply reply;
    reply.kind = core::Reply::Kind::outdated;
    return reply;
}

void Engine::apply(const core::Input& input, Answer done, const api::Note& note,
                   const api::Guard& guard) {
    if (!refuse(input, done) && !put_off(input)) {
        core::Reply reply = !guard || guard(state_) ? apply_now(input) : outdated();
        if (note && reply.kind == core::Reply::Kind::ok) {
            if (std::optional<store::Change> change = note(reply, state_)) {
                changes_.push_back(std::move(*change));
            }
        }
        if (done) {
            turn_.answers.push_back({std::move(done), std::move(reply), core::kind_of(input)});
        }
    }
}

Instant Engine::now() const {
    return stands_still_ ? state_.at : runtime::wall_now();
}

core::Reply Engine::apply_now(const core::Input& input) {
    heartbeat_.beat("decide");
    const bool starts = std::holds_alternative<core::ProgramStartedReport>(input);
    stands_still_ = stands_still_ && !starts;
    turn_.starts = turn_.starts || starts;
    const Instant before = runtime::steady_now();
    core::Outcomes outcomes = core::decide(state_, input, now(), random_(), &calendar::Zone::find);
    core_us_.add((runtime::steady_now() - before).count());
    inputs_.add();
    events_.add(static_cast<std::int64_t>(outcomes.events.size()));
    if (follow_) {
        follow_(outcomes.events);
    }
    move_behind(turn_.events, outcomes.events);
    move_behind(turn_.effects, outcomes.effects);
    turn_later();
    return std::move(outcomes.reply);
}

void Engine::save_side(std::string kind, std::string key, std::optional<std::string> value) {
    side_.push_back({std::move(kind), std::move(key), std::move(value)});
    turn_later();
}

void Engine::turn_later() {
    if (!turn_posted_) {
        turn_posted_ = loop_.post([this] { end_turn(); });
        if (!turn_posted_) {
            end_turn();
        }
    }
}

void Engine::end_turn() {
    turn_posted_ = false;
    heartbeat_.beat("end turn");
    auto batch = std::make_shared<Batch>(std::exchange(turn_, {}));  // engine and store's callbacks
    batch->begun = runtime::steady_now();
    {
        const std::lock_guard lock(leaving_mutex_);
        leaving_.push_back(batch);
    }
    store::Write write{
        .events = std::exchange(batch->events, {}),
        .side = std::exchange(side_, {}),
        .changes = std::exchange(changes_, {}),
        .kept = {},
        .done = {},
        .urgent = std::any_of(batch->effects.begin(), batch->effects.end(), waited_for),
    };
    if (write.events.empty() && write.side.empty() && write.changes.empty() &&
        batch->effects.empty()) {
        settle(batch, Done{}, {});
    } else {
        write.kept = [this, batch] { keep(batch); };
        write.done = [this, batch](const Status& status, std::vector<core::Record> events) {
            settle(batch, status, std::move(events));
        };
        this->write(std::move(write));
    }
    arm_timer();
    maybe_snapshot();
}

bool Engine::taken(store::Write& write) {
    return store_.append(std::move(write));
}

void Engine::write(store::Write write) {
    if (backlog_.empty() && taken(write)) {
        return;
    }
    // The store's queue is full: calls in progress go on, the events wait here in order.
    write.kept = nullptr;
    const auto done = std::exchange(write.done, {});
    std::vector<core::Record> events = write.events;
    backlog_events_ += events.size();
    backlog_.push_back(std::move(write));
    if (backlog_.size() == 1) {
        loop_.after(retry_every, [this] { retry_backlog(); });
    }
    done(fail(ErrorCode::full, "too many events wait for the database"), std::move(events));
}

void Engine::give_backlog() {
    while (!backlog_.empty()) {
        const std::size_t events = backlog_.front().events.size();
        if (!taken(backlog_.front())) {
            return;
        }
        backlog_events_ -= events;
        backlog_.pop_front();
    }
    take_put_off();
}

void Engine::retry_backlog() {
    give_backlog();
    if (!backlog_.empty()) {
        loop_.after(retry_every, [this] { retry_backlog(); });
    }
}

// On any thread. A batch whose turn has not come waits for those of earlier turns.
void Engine::keep(const std::shared_ptr<Batch>& batch) {
    const std::lock_guard lock(leaving_mutex_);
    batch->kept = true;
    if (leaves_next(batch)) {
        wakeup_.signal();
    }
}

void Engine::settle(const std::shared_ptr<Batch>& batch, const Status& status,
                    std::vector<core::Record> events) {
    const std::lock_guard lock(leaving_mutex_);
    batch->events = std::move(events);
    batch->refused = !status;
    batch->not_kept = status || batch->kept ? std::string{} : status.error().text;
    batch->settled = true;
    if (leaving_.front() == batch || leaves_next(batch)) {
        wakeup_.signal();
    }
}

bool Engine::leaves_next(const std::shared_ptr<Batch>& batch) const {
    return left_ < leaving_.size() && leaving_[left_] == batch;
}

Engine::Ready Engine::ready() {
    const std::lock_guard lock(leaving_mutex_);
    Ready ready;
    while (left_ < leaving_.size() && (leaving_[left_]->kept || leaving_[left_]->settled)) {
        ready.leave.push_back(leaving_[left_++]);
    }
    while (!leaving_.empty() && leaving_.front()->settled) {
        ready.settled.push_back(std::move(leaving_.front()));
        leaving_.pop_front();
        --left_;
    }
    return ready;
}

void Engine::carry_out(Batch& batch) {
    std::vector<core::Effect>& effects = batch.effects;
    const bool kept = batch.not_kept.empty();
    start_kept_ = start_kept_ || (batch.starts && kept);
    start_refused_ = start_refused_ || (batch.starts && !kept);
    if (!kept || !start_kept_) {
        const auto held = std::stable_partition(
            effects.begin(), effects.end(), [this](const core::Effect& effect) {
                return start_kept_ && !core::waits_until_kept(effect);
            });
        held_back_.insert(held_back_.end(), held, effects.end());
        effects.erase(held, effects.end());
    }
    if (carry_out_ && !effects.empty()) {
        carry_out_(effects);
    }
}

// All that the disk refused is on it now.
void Engine::release_held() {
    start_kept_ = start_kept_ || start_refused_;
    Batch kept;
    kept.effects = std::exchange(held_back_, {});
    carry_out(kept);
}

void Engine::take_ready() {
    wakeup_.clear();
    const Ready now = ready();
    heartbeat_.beat("carry out");
    for (const auto& batch : now.leave) {
        carry_out(*batch);
    }
    tell(now.settled);
    const bool refused = std::any_of(now.settled.begin(), now.settled.end(),
                                     [](const auto& batch) { return batch->refused; });
    if (refused && !refusing_) {
        look_for_trouble();
    }
}

void Engine::tell(const Batches& batches) {
    // Pages are told once of all, since what they are shown is the newest state anyway.
    std::vector<core::Record> events;
    for (const auto& batch : batches) {
        move_behind(events, batch->events);
    }
    heartbeat_.beat("tell pages");
    if (subscriber_ && !events.empty()) {
        subscriber_(state_, events);
    }
    heartbeat_.beat("answer");
    for (const auto& batch : batches) {
        for (Asked& asked : batch->answers) {
            if (!batch->not_kept.empty() && asked.reply.kind == core::Reply::Kind::ok &&
                core::must_be_kept(asked.kind)) {
                asked.reply.kind = core::Reply::Kind::unavailable;
                asked.reply.text = "done, and written down as soon as the server can again";
            }
            asked.done(asked.reply);
        }
    }
}

void Engine::arm_timer() {
    const Instant due = stands_still_ ? Instant::never() : core::next_deadline(state_);
    if (due == timer_at_) {
        return;
    }
    if (timer_ != 0) {
        loop_.cancel(timer_);
        timer_ = 0;
    }
    timer_at_ = due;
    if (due == Instant::never()) {
        return;
    }
    const Duration wait = runtime::until_wall(due);
    timer_ = loop_.after(std::min<Duration>(wait, 1h), [this] {
        timer_ = 0;
        timer_at_ = Instant::never();
        apply(core::Tick{});
    });
}

void Engine::maybe_snapshot() {
    if (state_.seq - snapshot_seq_ >= snapshot_every && store_.trouble().empty()) {
        snapshot_seq_ = state_.seq;
        if (!store_.snapshot(state_.seq, core::save_state(state_))) {
            log::warn("snapshot skipped: the store is busy");
        }
    }
}

void Engine::show_life() {
    heartbeat_.beat("wait");
    look_for_trouble();
    loop_.after(heartbeat_every, [this] { show_life(); });
}

void Engine::finish() {
    end_turn();
    store_.flush();
    give_backlog();
    end_turn();
    store_.flush();
    if (store_.trouble().empty() && !store_.snapshot(state_.seq, core::save_state(state_))) {
        log::warn("last snapshot skipped: the store is busy");
    }
    store_.flush();
    take_ready();
}

bool Engine::submit(core::Input input, Answer done, api::Note note, api::Guard guard) {
    return loop_.post([this, input = std::move(input), done = std::move(done),
                       note = std::move(note),
                       guard = std::move(guard)] { apply(input, done, note, guard); });
}

bool Engine::query(std::function<void(const core::State&, Instant now)> look) {
    return loop_.post([this, look = std::move(look)] {
        heartbeat_.beat("look");
        look(state_, now());
    });
}

void Engine::subscribe(
    std::function<void(const core::State&, const std::vector<core::Record>&)> event) {
    subscriber_ = std::move(event);
}

}  // namespace linka::app
