// Private to the core. What follows from what has happened to calls (core/next.hpp).
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

/// Carries it out, with all that follows from that.
void follow_up(Turn& t);

}  // namespace linka::core
