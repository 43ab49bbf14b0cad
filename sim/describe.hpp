// Inputs and effects as one line of text, for traces. Neither is ever stored, so the core has no
// text form of them.
#pragma once

#include "linka/core/effect.hpp"
#include "linka/core/input.hpp"

#include <string>

namespace linka::sim {

std::string describe(const core::Input& input);
std::string describe(const core::Effect& effect);

}  // namespace linka::sim
