// Who is free, worked out from the ledger alone: the second opinion of several checkers.
#pragma once

#include "sim/ledger.hpp"

namespace linka::sim {

/// May queues that the user is logged in to offer them work now?
bool may_be_offered(core::UserId user, const Ledger& ledger);

}  // namespace linka::sim
