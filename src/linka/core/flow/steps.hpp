// Private to the core. Where a call stands, and what follows from what happens there.
#pragma once

#include "linka/core/flow/step.hpp"
#include "linka/core/turn.hpp"

namespace linka::core {

/// What was played is over, or its step has taken long enough.
void play_ended(Turn& t, LegId leg, PlayId play);
void step_over(Turn& t, CallId call);
void digit_pressed(Turn& t, LegId leg, char digit);

}  // namespace linka::core
