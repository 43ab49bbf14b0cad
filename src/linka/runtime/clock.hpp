// The clocks. Only loops and main read them; everything that decides is given an Instant.
#pragma once

#include "linka/base/time.hpp"

namespace linka::runtime {

/// Wall clock, microseconds UTC; steps when the administrator or NTP steps it.
Instant wall_now();
/// Monotonic clock in the same unit, for deadlines; its zero is arbitrary.
Instant steady_now();

}  // namespace linka::runtime
