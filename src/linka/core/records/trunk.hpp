// The ways to the public network in their order, beside trunk_out() (view.hpp).
#pragma once

#include "linka/core/state.hpp"

#include <vector>

namespace linka::core {

/// By which calls out can go, the first of them first: where one takes no calls, the next is tried.
std::vector<const Trunk*> trunks_out(const State& state);

}  // namespace linka::core
