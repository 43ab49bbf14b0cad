// Transfers that a telephone asks for (REFER). It hears what becomes of the target (RFC 3515
// §2.4.4) and is let go when that is settled, not when the core has done with it: a telephone that
// is hung up first never learns whether the transfer went well.
#pragma once

#include "linka/core/effect.hpp"
#include "linka/voice/switchboard.hpp"

#include <vector>

namespace linka::voice {

/// The core's answers, before the other effects of the same decision: a telephone hears what became
/// of its wish before its call ends. The decision that lets a telephone go also dials the target,
/// if something has to ring there; a queue or a menu has taken the customer at once.
void confirm_transfers(Switchboard& board, const std::vector<core::Effect>& decision);
/// The core ends a leg that waits for the result. True if it is kept for that; the caller then
/// only takes its sound away.
bool waits_for_result(Switchboard& board, Leg& leg);
/// Nobody waits for results any more: those who were let go are hung up.
void drop_referrals(Switchboard& board);
/// News of a leg that we dialled.
void target_rings(Switchboard& board, const Leg& target);
void target_answered(Switchboard& board, const Leg& target);
void target_ended(Switchboard& board, const Leg& target, int status);

}  // namespace linka::voice
