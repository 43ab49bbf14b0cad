// Private to the core. The two sides of a call hear each other, or one is on hold.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void connect_sides(Turn& t, CallId call, LegId customer, LegId agent);
/// Whoever hangs up this soon after answering has not had the customer.
inline constexpr Duration dropped_within = 1s;
/// The one who answered is gone at once: the customer waits on. False: it was a conversation.
bool return_to_queue(Turn& t, const Call& before, const Leg& gone);
void hold(Turn& t, ActivityId activity, bool on);

}  // namespace linka::core
