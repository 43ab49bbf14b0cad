// Private to the core. What is heard while waiting: music, and the position.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

/// Music (again), after an announcement.
void wait_on(Turn& t, CallId call);
void announce_position(Turn& t, CallId call);

}  // namespace linka::core
