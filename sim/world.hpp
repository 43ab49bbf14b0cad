// The real core with a pretended network, disk and clock around it; time moves when told. Every
// event is written as text, read back, folded again on the side and shown to the checkers; what
// they find is kept with the trace. Scenarios and the simulator both run on this.
#pragma once

#include "linka/base/slewed_clock.hpp"
#include "linka/core/core.hpp"
#include "linka/core/state.hpp"
#include "sim/agenda.hpp"
#include "sim/checker.hpp"
#include "sim/exchange.hpp"
#include "sim/ledger.hpp"
#include "sim/random/dice.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linka::sim {

class World {
  public:
    struct Options {
        Instant start;
        std::uint64_t seed = 1;
        std::size_t compare_every = 500;  // events between two comparisons of whole states
        bool trace = false;               // keep the text of everything, not only of the last
    };
    World(Manners& manners, Options options);
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    ~World() = default;

    /// Hands one input to the core, now.
    core::Reply apply(const core::Input& input);
    /// Lets time pass, doing what falls due on the way. `until`: without faults of the clock, that
    /// of the core.
    void advance_to(Instant until);
    void advance(Duration by) { advance_to(elapsed_ + by); }
    void later(Duration delay, Agenda::Deed deed) {
        agenda_.put(elapsed_ + delay, std::move(deed));
    }
    /// How long an effect is on its way (group commit); effects keep their order.
    void delay_effects(std::function<Duration()> delay) { effect_delay_ = std::move(delay); }
    /// Somebody sets the machine's clock, by so much.
    void set_machine_clock(Duration by);
    /// The disk takes nothing more until told otherwise. What happens goes on, as the engine lets
    /// it: nothing new is begun or promised, and a crash forgets what was not written.
    void disk_refuses(bool refuses);
    /// The disk does not answer for so long: effects wait for it.
    void disk_hangs(Duration how_long);

    /// May repeat, delay or swallow a report from the network; returns the times at which it comes.
    using Post = std::function<std::vector<Duration>(const core::Input&, Duration)>;
    void tamper_with_reports(Post post) { post_ = std::move(post); }

    /// The program dies and starts again: what was not yet durable is forgotten (when
    /// `lose_undurable`) but for its first `torn` writes, and with it the legs that began in it;
    /// `down` passes, in which nobody is heard; it takes over the machine's clock; the state comes
    /// from the newest snapshot and the events after it, effects under way are lost, legs live on
    /// except those in `lost`.
    struct Crash {
        bool lose_undurable = false;
        std::size_t torn = 0;
        std::vector<core::LegId> lost;
        Duration down{0};
    };
    void restart(const Crash& crash);
    [[nodiscard]] bool is_down() const { return is_down_; }
    void take_snapshot();

    /// Closing time: nobody writes any more, every leg hangs up, every form is saved, everybody
    /// logs out, an hour passes.
    void go_home();
    /// Compares the state with a fold of the journal, and lets the checkers look a last time.
    void finish();

    /// The core's time.
    [[nodiscard]] Instant now() const { return clock_.at(elapsed_); }
    [[nodiscard]] const core::State& state() const { return *state_; }
    [[nodiscard]] const Ledger& ledger() const { return *ledger_; }
    [[nodiscard]] const std::vector<core::Record>& journal() const { return journal_; }
    Exchange& exchange() { return exchange_; }
    [[nodiscard]] const Exchange& exchange() const { return exchange_; }
    /// What checkers found, "name: what".
    [[nodiscard]] const std::vector<std::string>& findings() const { return findings_; }
    void found(std::string what);
    /// The last lines (all, with `trace`) of inputs, events and effects.
    [[nodiscard]] const std::vector<std::string>& trace() const { return trace_; }
    /// Of every event text so far: equal seeds give equal numbers.
    [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }
    [[nodiscard]] std::size_t inputs() const { return inputs_; }

  private:
    void take_in(const core::Record& record);
    void send_out(const std::vector<core::Effect>& effects);
    void post(Duration delay, const core::Input& input);
    void compare_states();
    void compare_twin(const core::Input& input, std::uint64_t random,
                      const core::Outcomes& outcomes);
    void collect();
    void note(char kind, std::string_view what);
    [[nodiscard]] Moment moment() const;
    void run_deadline();
    [[nodiscard]] bool refuses(const core::Input& input);
    void written(std::size_t events);
    void carry_out(const std::vector<core::Effect>& effects);
    void start();
    void forget_lost();
    void die(const Crash& crash);
    void forget_events(const Crash& crash);
    void look_for_number_given_again(const core::Record& record);
    [[nodiscard]] bool load();

    Options options_;
    Dice dice_;
    Instant elapsed_;  // what really passes
    SlewedClock clock_;
    Duration machine_set_{0};  // by which the machine's clock differs from what really passes
    Agenda agenda_;
    std::unique_ptr<core::State> state_;
    std::unique_ptr<core::State> shadow_;  // folded from the events' texts
    std::unique_ptr<core::State> twin_;    // loaded from a snapshot; must decide as state_ does
    std::unique_ptr<Ledger> ledger_;
    Checkers checkers_;
    Exchange exchange_;
    std::vector<core::Record> journal_;
    std::size_t durable_ = 0;             // events on the disk
    std::vector<std::size_t> unwritten_;  // where the writes end that the disk does not have
    bool refuses_ = false;
    bool is_down_ = false;
    std::size_t start_end_ = 0;  // where the events of the last start end
    std::set<std::pair<std::string_view, std::int64_t>>
        forgotten_;                        // numbers that left, and what of
    std::vector<core::Effect> held_back_;  // until their events are on the disk
    Instant hangs_until_;
    std::string snapshot_;
    std::size_t snapshot_seq_ = 0;
    std::function<Duration()> effect_delay_;
    Post post_;
    Instant effects_until_;  // of elapsed_
    int effects_pending_ = 0;
    std::uint64_t life_ = 0;  // counts restarts: effects of an earlier life are dropped
    int deadlines_in_place_ = 0;
    std::size_t compared_ = 0;
    std::vector<std::string> findings_;
    std::vector<std::string> trace_;
    std::uint64_t fingerprint_ = 14695981039346656037ULL;
    std::size_t inputs_ = 0;
};

}  // namespace linka::sim
