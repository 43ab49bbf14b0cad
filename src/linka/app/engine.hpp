// Engine: the thread that owns the live contact centre. Inputs come in from every side, the core
// decides, the store makes the events durable, and only then effects leave and answers are given,
// in the order of the turns.
//
// One turn: all inputs that one pass of the loop brings are decided at once and written together.
// Side records that voice gives in a turn travel in the same write as the turn's events.
//
// While the disk refuses, or does not answer, calls in progress go on: their events wait in memory
// and their effects leave all the same. Nothing new is begun or promised meanwhile.
#pragma once

#include "linka/api/ports.hpp"
#include "linka/core/core.hpp"
#include "linka/core/journal/keeping.hpp"
#include "linka/core/state.hpp"
#include "linka/runtime/heartbeat.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/runtime/metrics.hpp"
#include "linka/runtime/wakeup.hpp"
#include "linka/store/store.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <variant>
#include <vector>

namespace linka::app {

class Engine final : public api::Live {
  public:
    using Answer = std::function<void(const core::Reply&)>;
    using CarryOut = std::function<void(const std::vector<core::Effect>&)>;

    /// Both must outlive the engine. Everything but Live's members is for the loop's thread.
    Engine(runtime::Loop& loop, store::Store& store);
    ~Engine() override;

    /// Folds what the store kept. If that is anything, the core's time stands still until it is
    /// told core::ProgramStartedReport: what fell due meanwhile is not to be decided before it is
    /// known which calls live. Errors: the journal does not fold (names the event).
    Status load(const store::Loaded& loaded);
    void on_effects(CarryOut carry_out) { carry_out_ = std::move(carry_out); }

    /// Decides at once; effects and `done` follow when the events are durable.
    /// `note` and `guard`: see api::Live::submit().
    void apply(const core::Input& input, Answer done = {}, const api::Note& note = {},
               const api::Guard& guard = {});
    /// The same, and tells the answer before it is durable; for start-up.
    core::Reply apply_now(const core::Input& input);
    void save_side(std::string kind, std::string key, std::optional<std::string> value);
    [[nodiscard]] const core::State& state() const { return state_; }

    /// Called with the events of each decision, in its turn: side records that it saves travel with
    /// them.
    void on_decided(std::function<void(const std::vector<core::Record>&)> follow) {
        follow_ = std::move(follow);
    }

    /// Called with true when what happens can no longer be kept, with false when it can again: new
    /// calls are to be refused meanwhile.
    void on_refusing(std::function<void(bool)> refusing) { tell_refusing_ = std::move(refusing); }

    /// Refuses commands of people from now on (shutdown); reports of legs still count.
    void close_doors() { closed_ = true; }
    /// Writes what waits, waits for it, and keeps a snapshot. The last act before the end.
    void finish();

    /// From now on the loop's thread gives signs of life (runtime/heartbeat.hpp), also when idle.
    void show_life();

    // api::Live
    bool submit(core::Input input, Answer done, api::Note note, api::Guard guard) override;
    bool query(std::function<void(const core::State&, Instant now)> look) override;
    void subscribe(
        std::function<void(const core::State&, const std::vector<core::Record>&)> event) override;

  private:
    struct Asked {
        Answer done;
        core::Reply reply;
        core::InputKind kind;
    };
    // What one turn leaves to do: effects once it is kept, pages and answers once it can be read;
    // or all of it once it is known that it cannot be kept now.
    struct Batch {
        std::vector<core::Record> events;
        std::vector<core::Effect> effects;
        std::vector<Asked> answers;
        Instant begun;         // steady
        bool starts = false;   // core::ProgramStartedReport is in it
        bool kept = false;     // its effects may leave
        bool settled = false;  // the rest may
        bool refused = false;  // by the disk, for now
        std::string not_kept;  // why, if nothing else keeps it
    };
    using Batches = std::vector<std::shared_ptr<Batch>>;
    struct Ready {
        Batches leave;
        Batches settled;
    };
    // The newest of what is reported about one device or user.
    using Subject = std::variant<core::DeviceId, core::UserId>;

    void turn_later();
    void end_turn();
    void write(store::Write write);
    // Whether the store took it; if not it is as it was.
    bool taken(store::Write& write);
    void give_backlog();
    void retry_backlog();
    void keep(const std::shared_ptr<Batch>& batch);
    void settle(const std::shared_ptr<Batch>& batch, const Status& status,
                std::vector<core::Record> events);
    [[nodiscard]] bool leaves_next(const std::shared_ptr<Batch>& batch) const;  // leaving_mutex_
    Ready ready();
    void take_ready();
    void tell(const Batches& batches);
    void carry_out(Batch& batch);
    void release_held();
    [[nodiscard]] Instant now() const;
    void arm_timer();
    void maybe_snapshot();

    // Not empty while what happens cannot be kept: says why.
    [[nodiscard]] std::string trouble();
    void look_for_trouble();
    [[nodiscard]] bool refuse(const core::Input& input, const Answer& done);
    [[nodiscard]] std::string reason_against(const core::Input& input);
    [[nodiscard]] bool put_off(const core::Input& input);
    core::Reply outdated();
    void take_put_off();

    runtime::Loop& loop_;
    store::Store& store_;
    runtime::Heartbeat heartbeat_{"core"};
    CarryOut carry_out_;
    std::function<void(const std::vector<core::Record>&)> follow_;
    std::function<void(const core::State&, const std::vector<core::Record>&)> subscriber_;

    core::State state_;
    std::mt19937_64 random_;
    bool stands_still_ = false;   // until it is known which calls live
    bool start_kept_ = true;      // else nothing leaves: core/journal/numbers.hpp
    bool start_refused_ = false;  // by the disk, which keeps it as soon as it takes again
    bool closed_ = false;
    bool turn_posted_ = false;
    Batch turn_;
    std::vector<store::Side> side_;
    std::vector<store::Change> changes_;  // that the turn has made, for the change log
    std::deque<store::Write> backlog_;    // what the store's full queue refused, oldest first
    std::size_t backlog_events_ = 0;
    std::map<Subject, core::Input> put_off_;
    std::vector<core::Effect> held_back_;  // until their events are kept
    bool refusing_ = false;
    std::function<void(bool)> tell_refusing_;
    std::int64_t snapshot_seq_ = 0;
    runtime::Loop::TimerId timer_ = 0;
    Instant timer_at_ = Instant::never();

    runtime::Wakeup wakeup_;
    std::mutex leaving_mutex_;
    std::deque<std::shared_ptr<Batch>> leaving_;  // in turn; shared with the store's callbacks
    std::size_t left_ = 0;                        // so many of them, from the front, have left

    metrics::Counter inputs_{"linka_core_inputs_total", "Inputs that the core decided."};
    metrics::Counter events_{"linka_core_events_total", "Events that the core emitted."};
    metrics::Counter core_us_{"linka_core_microseconds_total", "Time spent in the core."};
};

}  // namespace linka::app
