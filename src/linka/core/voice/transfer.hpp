// Private to the core. A call is given on.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void apply(Turn& t, const Transfer& input);
void apply(Turn& t, const TransferAskedReport& input);
void consultation_answered(Turn& t, CallId call, LegId leg);
void cancel_consultation(Turn& t, CallId call);
void complete_consultation(Turn& t, CallId call);
void take_over_leg(Turn& t, const CallArrivedReport& input, LegId replaced);
/// Nobody answers where a customer was sent: back to who sent them, then to the queue they came
/// from. False if there is no way back.
bool come_back(Turn& t, CallId call);

}  // namespace linka::core
