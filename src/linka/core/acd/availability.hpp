// Private to the core: may queues give a user something now, and why not; for each channel. What
// says so here is what distributes, what explains, and what is shown. It does not know which queue
// asks: who is in it, and who has had the item.
#pragma once

#include "linka/core/state.hpp"

namespace linka::core {

/// What somebody has open, as far as more can come beside it.
struct InHand {
    ByChannel<int> open;  // not postponed; a call of theirs without an activity is one, too
    int total = 0;
    int incoming = 0;  // what most_activities() limits: the postponed as well
};
InHand in_hand(const State& state, const UserWork& work);

/// Of core/acd/verdict.hpp.
ByChannel<char> verdicts_of(const State& state, const User& user, const Session& session,
                            const UserWork& work);

}  // namespace linka::core
