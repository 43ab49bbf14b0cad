// Private to the core. What a call carries: where it stands, what it is for, and the work that it
// is to people.
#pragma once

#include "linka/core/flow/step.hpp"
#include "linka/core/turn.hpp"

namespace linka::core {

/// The call goes on to `step`, and stays there until `until` at most (0: as long as it likes).
void step_to(Turn& t, CallId call, Step step, Instant until = {});
/// The side that still listens: the customer, or the user who called out.
LegId listener(const Call& call);
/// The call's current interaction, started (without a queue) if there is none.
InteractionId direct_interaction(Turn& t, CallId call);
/// Ends the current interaction; nothing if there is none.
void end_interaction(Turn& t, CallId call, EndedBy by, Outcome unanswered);
/// Ends the work of everybody in the call (or of `only`).
void finish_activities(Turn& t, CallId call, EndedBy by, ActivityId only = {});

}  // namespace linka::core
