// What may be called in the public network.
#pragma once

#include "linka/core/turn.hpp"
#include "linka/core/voice/legs.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::core {

bool is_emergency(const State& s, std::string_view number);
/// A dialled number: extension, queue or ring group; none if it is neither of ours.
Place inside(const State& s, std::string_view number);
/// The number as it is dialled outside (00…, or an emergency number); none: nobody may call it.
std::optional<std::string> outside(const State& s, std::string_view number);
/// Whether the user's list of rights to call, if they have one, keeps them from this number, as
/// outside() gives it. `who` null: nobody is kept from it.
std::optional<Blocker> right_to_call_blocker(const State& s, const User* who,
                                             std::string_view number);
/// asked_for: somebody wants to call it now. sent_on: a call goes on there by itself.
enum class OutsideWay { asked_for, sent_on };
/// Why the number cannot be called; none: it can. `who` needs the right to call out (an outgoing
/// queue, or without one), and their right to call the number, if they have such a list; null: an
/// administrator has arranged it.
std::vector<Blocker> outside_blockers(const State& s, const User* who, std::string_view number,
                                      OutsideWay way);
/// Why the user's calls cannot be redirected to the number, from the telephone, the page or the
/// record.
std::vector<Blocker> forward_blockers(const State& s, const User& user, std::string_view number);
/// Dials what a call is sent on to; no leg if the rules forbid it.
LegId dial_outside(Turn& t, const Dial& what, const User* who);
/// Whose number an interaction's customer has: the caller's, or of a call out the one called.
std::string customer_of(const Call& call);

}  // namespace linka::core
