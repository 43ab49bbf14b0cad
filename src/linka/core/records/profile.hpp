// What somebody's profile means for them, beside what they have of their own: the one place that
// knows which of the two counts.
#pragma once

#include "linka/core/blocker.hpp"
#include "linka/core/state.hpp"

#include <optional>

namespace linka::core {

/// Null: they have none.
const Profile* profile_of(const State& state, const User& user);
/// Their most open incoming activities: their own limit, else that of the profile; none: no limit.
std::optional<int> most_activities(const State& state, const User& user);
/// Their own right to call out without a queue, or that of the profile.
bool may_call_without_queue(const State& state, const User& user);
/// SIP telephones that the profile lists.
bool is_listed(const State& state, const User& user, DeviceId device);

/// Attended: after a word with the one who gets the call; blind: without it.
enum class TransferKind { attended, blind };
/// Why the user may not transfer calls so; none: they may, and so may whoever has no profile.
std::optional<Blocker> transfer_blocker(const State& state, UserId user, TransferKind kind);

}  // namespace linka::core
