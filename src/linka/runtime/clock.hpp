// The clocks. Only loops and main read them; everything that decides is given an Instant.
#pragma once

#include "linka/base/time.hpp"

namespace linka::runtime {

/// Wall clock, microseconds UTC. It never steps: when the administrator or NTP sets the machine's
/// clock, it walks towards it (base/slewed_clock.hpp). Thread-safe.
Instant wall_now();
/// From now on wall_now() is `earliest` or more: what is written down already is past, even if the
/// machine's clock was set back since.
void wall_not_before(Instant earliest);
/// How long it takes until wall_now() is `due`; 0 if it is.
Duration until_wall(Instant due);
/// How much the machine's clock is ahead of wall_now().
Duration wall_off();
/// Monotonic clock in the same unit, for deadlines; its zero is arbitrary.
Instant steady_now();

}  // namespace linka::runtime
