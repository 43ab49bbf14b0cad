// Private to the core. Ring groups.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void ring_group(Turn& t, CallId call, const RingGroup& group);
/// The next member of a group that rings one after another; false if all have been tried.
bool ring_next_member(Turn& t, CallId call);

}  // namespace linka::core
