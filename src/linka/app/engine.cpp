#include "linka/app/engine.hpp"

#include "linka/base/text.hpp"
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

// Inputs that change records; they are refused while the disk refuses, because what could not be
// kept must not be promised.
bool changes_records(const core::Input& input) {
    return input.index() <= core::Input(core::RemoveDemo{}).index();
}

// Inputs that people give, as opposed to reports of legs and time.
bool from_people(const core::Input& input) {
    return input.index() <= core::Input(core::OpenActivity{}).index();
}

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
    loop_.watch(wakeup_.fd(), EPOLLIN, [this](std::uint32_t) { take_committed(); });
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
    arm_timer();
    return Done{};
}

bool Engine::refuse_change(const core::Input& input, const Answer& done) {
    core::Reply reply;
    if (closed_ && from_people(input)) {
        reply.kind = core::Reply::Kind::unavailable;
        reply.text = "the server is shutting down; try again in a moment";
    } else if (changes_records(input) && !store_.trouble().empty()) {
        reply.kind = core::Reply::Kind::unavailable;
        reply.text = text::format("the change could not be kept: {}", store_.trouble());
    } else {
        return false;
    }
    if (done) {
        done(reply);
    }
    return true;
}

void Engine::apply(const core::Input& input, Answer done) {
    if (!refuse_change(input, done)) {
        core::Reply reply = apply_now(input);
        if (done) {
            turn_.answers.emplace_back(std::move(done), std::move(reply));
        }
    }
}

core::Reply Engine::apply_now(const core::Input& input) {
    heartbeat_.beat("decide");
    const Instant before = runtime::steady_now();
    core::Outcomes outcomes = core::decide(state_, input, runtime::wall_now(), random_());
    core_us_.add((runtime::steady_now() - before).count());
    inputs_.add();
    events_.add(static_cast<std::int64_t>(outcomes.events.size()));
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
    auto batch = std::make_shared<Batch>(std::exchange(turn_, {}));  // engine and writer's callback
    store::Write write{
        .events = std::exchange(batch->events, {}),
        .side = std::exchange(side_, {}),
        .done = {},
        .urgent = std::any_of(batch->effects.begin(), batch->effects.end(), waited_for),
    };
    if (write.events.empty() && write.side.empty() && batch->effects.empty()) {
        committed(batch);
    } else {
        write.done = [this, batch](const Status& status, std::vector<core::Record> events) {
            if (!status) {
                log::error("journal refused, calls go on", {{"reason", status.error().text}});
            }
            batch->events = std::move(events);
            committed(batch);
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
    const auto done = std::exchange(write.done, {});
    std::vector<core::Record> events = write.events;
    backlog_.push_back(std::move(write));
    if (backlog_.size() == 1) {
        retry_backlog();
    }
    done(fail(ErrorCode::full, "too many events wait for the disk"), std::move(events));
}

void Engine::retry_backlog() {
    while (!backlog_.empty() && taken(backlog_.front())) {
        backlog_.pop_front();
    }
    if (!backlog_.empty()) {
        loop_.after(100ms, [this] { retry_backlog(); });
    }
}

void Engine::committed(std::shared_ptr<Batch> batch) {
    const std::lock_guard lock(committed_mutex_);
    committed_.push_back(std::move(batch));
    wakeup_.signal();
}

void Engine::take_committed() {
    wakeup_.clear();
    std::vector<std::shared_ptr<Batch>> batches;
    {
        const std::lock_guard lock(committed_mutex_);
        batches.swap(committed_);
    }
    // Pages are told once of all, since what they are shown is the newest state anyway.
    std::vector<core::Record> events;
    heartbeat_.beat("carry out");
    for (const auto& batch : batches) {
        if (carry_out_ && !batch->effects.empty()) {
            carry_out_(batch->effects);
        }
        move_behind(events, batch->events);
    }
    heartbeat_.beat("tell pages");
    if (subscriber_ && !events.empty()) {
        subscriber_(state_, events);
    }
    heartbeat_.beat("answer");
    for (const auto& batch : batches) {
        for (const auto& [done, reply] : batch->answers) {
            done(reply);
        }
    }
}

void Engine::arm_timer() {
    const Instant due = core::next_deadline(state_);
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
    const Duration wait = std::max(Duration{0}, due - runtime::wall_now());
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
    loop_.after(heartbeat_every, [this] { show_life(); });
}

void Engine::finish() {
    end_turn();
    store_.flush();
    if (store_.trouble().empty() && !store_.snapshot(state_.seq, core::save_state(state_))) {
        log::warn("last snapshot skipped: the store is busy");
    }
    store_.flush();
    take_committed();
}

bool Engine::submit(core::Input input, Answer done) {
    return loop_.post(
        [this, input = std::move(input), done = std::move(done)] { apply(input, done); });
}

bool Engine::query(std::function<void(const core::State&, Instant now)> look) {
    return loop_.post([this, look = std::move(look)] {
        heartbeat_.beat("look");
        look(state_, runtime::wall_now());
    });
}

void Engine::subscribe(
    std::function<void(const core::State&, const std::vector<core::Record>&)> event) {
    subscriber_ = std::move(event);
}

}  // namespace linka::app
