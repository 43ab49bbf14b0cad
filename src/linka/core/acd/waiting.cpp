// What is heard while waiting: music, and the position.
#include "linka/core/acd/waiting.hpp"

#include "linka/core/turn.hpp"
#include "linka/core/voice/legs.hpp"

namespace linka::core {

void wait_on(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    const Interaction* interaction =
        call == nullptr ? nullptr : find_interaction(t.s, call->interaction);
    const auto* queue =
        calls_of(interaction == nullptr ? nullptr : find_queue(t.s, interaction->queue));
    const std::string music = queue == nullptr ? "default" : queue->music;
    if (call != nullptr) {
        play(t, call->customer, {PlayKind::music, music}, true);
    }
}

void announce_position(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    const Interaction* interaction =
        call == nullptr ? nullptr : find_interaction(t.s, call->interaction);
    const auto* queue =
        calls_of(interaction == nullptr ? nullptr : find_queue(t.s, interaction->queue));
    const int position = interaction == nullptr ? 0 : position_of(t.s, interaction->id);
    if (queue != nullptr && queue->position_announcement && position > 0 &&
        is_step<step::Waiting>(call->step)) {
        play(t, call->customer, {PlayKind::position, std::to_string(position)});
    }
}

}  // namespace linka::core
