// Private to the core: one turn of deciding. Emitting an event numbers it, folds it into the state
// at once and records it; effects are kept beside. All decisions read the state through `s`, so
// each sees what the one before it did.
#pragma once

#include "linka/core/core.hpp"
#include "linka/core/next.hpp"
#include "linka/core/state.hpp"
#include "linka/core/view.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace linka::core {

/// Bounds of the live state. What is refused when they are reached: new calls with congestion, new
/// legs by not dialling them, new offers by waiting.
struct Limits {
    static constexpr std::size_t calls_max = 20'000;
    static constexpr std::size_t legs_per_call_max = 512;
    static constexpr std::size_t offers_per_decision_max = 100;
    static constexpr std::size_t waiting_per_queue_max = 10'000;
    static constexpr std::size_t legs_per_user_max = 8;
    static constexpr std::size_t activities_per_user_max = 1'000;
    static constexpr int steps_per_call_max = 500;
    static constexpr int hops_per_turn_max = 32;
    /// What menus hear of a finger; more is dropped.
    static constexpr int digits_per_second_max = 20;
    static constexpr int digits_per_call_max = 1'000;
    static constexpr std::size_t events_per_turn_max = 100'000;
};

class Turn {
  public:
    Turn(State& state, Instant now, std::uint64_t random, FindZone find_zone)
        : s(state), zones(find_zone), state_(state), now_(now), random_(random) {}

    const State& s;
    const FindZone zones;
    Reply reply;
    std::map<CallId, int> hops;          // destinations gone through in this turn
    std::vector<InteractionId> entered;  // queues in this turn, and not offered to anybody yet
    std::size_t events_max = Limits::events_per_turn_max;  // then the rest waits for the next turn

    [[nodiscard]] Instant now() const { return now_; }
    void at(Instant instant) { now_ = instant; }
    [[nodiscard]] bool has_room() const { return out_.events.size() < events_max; }

    void emit(Event event);
    /// What follows when the present step is done (flow/follow.hpp).
    void then(Next next) { next_.push_back(std::move(next)); }
    std::vector<Next> take_next() { return std::exchange(next_, {}); }
    void effect(Effect effect) { out_.effects.push_back(std::move(effect)); }
    /// A number below `bound` (> 0), from the turn's random bits.
    std::uint64_t random_below(std::uint64_t bound);
    Outcomes take();

    /// Users and queues touched since last asked, and asked for once.
    std::vector<UserId> take_touched_users();
    /// Left for the next turn.
    void touch_again(QueueId queue);
    std::vector<QueueId> take_touched_queues();

    void refuse(BlockerCode code, std::vector<std::string> subjects = {});
    void refuse(BlockerCode code, const std::vector<InTheWay>& records);
    void refuse(std::vector<Blocker> blockers);
    void not_found();
    void invalid(std::string field, std::string text);

  private:
    State& state_;
    Instant now_;
    std::uint64_t random_;
    Outcomes out_;
    std::vector<Next> next_;
};

}  // namespace linka::core
