// Private to the core. What people do in a call.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

/// A user leaves the call: their leg ends, with everything that follows.
void leave_call(Turn& t, LegId leg);
void connect_sides(Turn& t, CallId call, LegId customer, LegId agent);
/// Whoever hangs up this soon after answering has not had the customer.
inline constexpr Duration dropped_within = 1s;
/// The one who answered is gone at once: the customer waits on. False: it was a conversation.
bool return_to_queue(Turn& t, const Call& before, const Leg& gone);
void hold(Turn& t, ActivityId activity, bool on);
void apply(Turn& t, const Accept& input);
void apply(Turn& t, const Reject& input);
void apply(Turn& t, const Take& input);
void apply(Turn& t, const Hold& input);
void apply(Turn& t, const Mute& input);
void apply(Turn& t, const SendDigits& input);
void apply(Turn& t, const HangUpActivity& input);
void apply(Turn& t, const CloseActivity& input);
void apply(Turn& t, const PostponeActivity& input);
void apply(Turn& t, const OpenActivity& input);
void apply(Turn& t, const DescribeActivity& input);

}  // namespace linka::core
