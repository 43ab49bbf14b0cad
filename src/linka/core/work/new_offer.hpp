// What an offer is made of, before it is one.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/ids.hpp"

namespace linka::core {

struct NewOffer {
    InteractionId interaction;
    QueueId queue;  // 0: direct
    UserId user;
    Duration ring{};
    DecisionId decision;
    bool auto_answer = false;
};

}  // namespace linka::core
