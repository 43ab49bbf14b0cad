// Private to the core. What is written about work, and how it is closed or put off.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

/// The user's own open activity; answers not_found if there is none.
const Activity* own_activity(Turn& t, UserId user, ActivityId activity);
void apply(Turn& t, const CloseActivity& input);
void apply(Turn& t, const PostponeActivity& input);
void apply(Turn& t, const OpenActivity& input);
void apply(Turn& t, const DescribeActivity& input);

}  // namespace linka::core
