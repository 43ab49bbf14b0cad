// Private to the core. Customers whom nobody has spoken with: how they come and go.
#pragma once

#include "linka/core/turn.hpp"

#include <string>
#include <string_view>

namespace linka::core {

/// What an unanswered interaction that just ended leaves; `call` and `interaction` as they were.
void note_missed(Turn& t, const Call& call, const Interaction& interaction, Outcome outcome);
/// Somebody has spoken with this customer.
void close_missed(Turn& t, std::string_view customer, UserId by);
/// The name that a customer called with last, if it is remembered.
std::string known_name(const State& s, std::string_view customer);
void apply(Turn& t, const CloseMissed& input);

}  // namespace linka::core
