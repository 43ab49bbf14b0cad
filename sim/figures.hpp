// The figures of queues and users, counted the slow and plain way from the ledger, as product
// rules state them: a queue counts interactions, a user counts attempts. Held against every other
// count of the same things.
#pragma once

#include "sim/ledger.hpp"

#include <map>

namespace linka::sim {

struct QueueFigures {
    int total = 0;
    int answered = 0;
    int waiting = 0;
    int re_entries = 0;
    std::map<core::Outcome, int> unanswered_as;
    Duration wait_of_answered{};

    [[nodiscard]] int unanswered() const;
    [[nodiscard]] int as(core::Outcome outcome) const;
    /// Turned away at the door: full, nobody there, closed.
    [[nodiscard]] int refused() const;
};

struct UserFigures {
    int attempts = 0;
    int accepted = 0;
    int missed = 0;
    int rejected = 0;
    int withdrawn = 0;
    int pending = 0;
};

QueueFigures count_queue(const Ledger& ledger, core::QueueId queue);
/// Attempts of all queues and direct calls.
UserFigures count_user(const Ledger& ledger, core::UserId user);

}  // namespace linka::sim
