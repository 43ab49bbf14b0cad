// Private to the core. What follows from a start of the program.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void apply(Turn& t, const ProgramStartedReport& input);

}  // namespace linka::core
