// Private to the core. What somebody can do now, and why not.
#pragma once

#include "linka/core/turn.hpp"

#include <vector>

namespace linka::core {

/// Why this offer cannot be answered from the browser; none: it can, on `leg`.
std::vector<Blocker> answer_blockers(const State& s, UserId user, const Offer* offer);
/// Why a call to this user would not ring, of the colleague; empty: it would.
std::vector<Blocker> ring_blockers(const State& s, const User& user);
/// Why this user cannot take a call that waits.
std::vector<Blocker> take_blockers(const State& s, UserId user);
/// The same of what is written.
std::vector<Blocker> take_writing_blockers(const State& s, UserId user);
std::vector<Blocker> call_out_blockers(const State& s, UserId user, bool own_phone);
bool auto_answers(const State& s, UserId user, const Queue& queue);

}  // namespace linka::core
