// Numbers that leave the program: of legs, recordings, plays, and of all that pages and peers may
// speak about later. A crash may forget that a number was given, so a start leaves a gap: what
// comes late is then about nothing, not about something else. See docs/decisions/0021.
#pragma once

#include "linka/core/state.hpp"

#include <cstdint>

namespace linka::core {

/// A start goes on at a multiple of this.
inline constexpr std::int64_t numbers_step = 1'000'000;

/// The highest number that counts as given after a start, `last` being the highest one known. Even;
/// at least half a step beyond `last`, which is more than can be forgotten.
std::int64_t number_after_start(std::int64_t last);

/// The first odd number that signalling may give to a leg that comes in, for a program that starts
/// from this state.
std::int64_t first_leg_in(const State& state);

}  // namespace linka::core
