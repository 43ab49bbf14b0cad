// Private to the core. Waiting in a queue.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

struct QueueEntry {
    QueueId queue;
    bool announced = false;  // the announcement before joining has been heard
    bool re_entry = false;   // after a transfer, or back from one
};
void enter_queue(Turn& t, CallId call, QueueEntry entry);
/// Why the queue takes nothing more now.
std::optional<Outcome> refusal(const State& s, const Queue& queue);
void leave_queue(Turn& t, InteractionId interaction, Outcome outcome);
/// Everybody leaves a queue that nobody serves, if it is told so; `follow` carries out what follows
/// for each, before the next one leaves.
void check_empty(Turn& t, QueueId queue, void (*follow)(Turn&));

}  // namespace linka::core
