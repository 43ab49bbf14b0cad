// Private to the core. Legs are answered, ring in vain and end: what follows for their call.
#pragma once

#include "linka/core/turn.hpp"
#include "linka/core/voice/legs.hpp"

namespace linka::core {

void leg_answered(Turn& t, LegId leg);
void leg_gone(Turn& t, LegId leg, LegGone how);
/// It rang as long as it may.
void leg_rang_out(Turn& t, LegId leg);
/// A user leaves the call: their leg ends, with everything that follows.
void leave_call(Turn& t, LegId leg);

}  // namespace linka::core
