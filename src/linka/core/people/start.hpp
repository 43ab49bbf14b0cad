// What the beginning of a shift does: the devices and queues that were used last. Used last are
// those that the user was logged in to while ready, noted whenever they change and at log-out, so
// that neither a restart nor signing out forgets them.
#pragma once

#include "linka/core/blocker.hpp"
#include "linka/core/people/borrowing.hpp"
#include "linka/core/state.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linka::core {

/// What Start would do now.
struct StartPlan {
    std::vector<std::string> devices;
    std::vector<QueueId> queues;
    std::vector<std::string> left_out;  // used last, and not permitted or not there any more
    std::vector<Blocker> blockers;
};
struct StartWish {
    std::optional<std::vector<std::string>> devices;
    std::optional<std::vector<QueueId>> queues;
    bool take = false;
};
/// Devices: the ones wished for, else those logged in to, else those used last, else (nothing was
/// ever used) the user's web phone or first telephone. Queues: the ones wished for, else those used
/// last with those logged in to, else all that the user has a right to and that are served.
StartPlan plan_start(const State& state, const User& user, const StartWish& wish);

}  // namespace linka::core
