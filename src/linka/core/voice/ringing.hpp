// Private to the core. A user, a ring group or a number rings.
#pragma once

#include "linka/core/turn.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linka::core {

inline constexpr Duration direct_ring = 45s;
void ring_extension(Turn& t, CallId call, const User& user);
void ring_number(Turn& t, CallId call, const std::string& number);
/// Rings what `number` is (an extension or an outside number) for at most `ring`, as one of
/// possibly several; false if nothing rings.
bool ring_member(Turn& t, CallId call, std::string_view number, Duration ring);
bool ring_user(Turn& t, CallId call, const User& user, Duration ring);
/// A party that is no queue's agent answered: the conversation begins.
void party_answered(Turn& t, CallId call, LegId leg);
void stop_ringing(Turn& t, CallId call, LegId except, const std::string& reason);

}  // namespace linka::core
