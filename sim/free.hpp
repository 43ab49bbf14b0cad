// Who is free, worked out from the ledger alone: the second opinion of several checkers.
#pragma once

#include "sim/ledger.hpp"

namespace linka::sim {

/// May queues of this channel that the user is logged in to offer them work now?
bool may_be_offered(core::UserId user, core::Channel channel, const Ledger& ledger);
/// Does what they have open leave room for one more, by the distribution matrix?
bool has_room_beside(core::UserId user, core::Channel channel, const Ledger& ledger);
/// As much open incoming work as they may have: by their own limit, else by that of their profile.
std::optional<int> most_open(core::UserId user, const Ledger& ledger);
/// Their open incoming work, which these limits count.
int open_incoming(core::UserId user, const Ledger& ledger);

}  // namespace linka::sim
