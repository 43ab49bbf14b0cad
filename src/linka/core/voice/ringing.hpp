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
/// Something stopped ringing: goes on if nothing rings any more.
void ring_progress(Turn& t, CallId call);
/// A party that is no queue's agent answered: the conversation begins.
void ring_failed(Turn& t, CallId call, bool busy);
/// Why a call to this user would not ring, of the colleague; empty: it would.
std::vector<Blocker> ring_blockers(const State& s, const User& user);
/// The call's current interaction, started (without a queue) if there is none.
InteractionId direct_interaction(Turn& t, CallId call);
void party_answered(Turn& t, CallId call, LegId leg);
void stop_ringing(Turn& t, CallId call, LegId except, const std::string& reason);
void ring_group(Turn& t, CallId call, const RingGroup& group);
/// The next member of a group that rings one after another; false if all have been tried.
bool ring_next_member(Turn& t, CallId call);

}  // namespace linka::core
