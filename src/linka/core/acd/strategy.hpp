// Which of the free users get a waiting item, by the queue's strategy (product rule 11). All
// strategies take the lowest penalty that has somebody free; ties go to the longest free, then to
// the lowest user id.
#pragma once

#include "linka/core/state.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace linka::core {

/// `random_below(n)` gives a number below n. Empty: nobody should get it now.
std::vector<UserId> choose(Strategy strategy, const QueueIndex& index,
                           const Interaction& interaction,
                           const std::function<std::uint64_t(std::uint64_t)>& random_below);

}  // namespace linka::core
