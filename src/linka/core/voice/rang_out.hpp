// Private to the core. Nothing rings any more: the next member of a group, the way back, or the
// end.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

/// Something stopped ringing: goes on if nothing rings any more.
void ring_progress(Turn& t, CallId call);
/// Nothing could be rung, or all that rang has stopped.
void ring_failed(Turn& t, CallId call, bool busy);

}  // namespace linka::core
