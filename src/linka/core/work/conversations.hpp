// Private to the core. Conversations in writing: how somebody has one, and how it ends. How they
// come and wait: acd/writing.hpp. What is written in them is not known here.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

/// The interaction ends, with its offers and the work on it. Nothing happens to one that has ended.
void end_conversation(Turn& t, InteractionId interaction, EndedBy by, Outcome unanswered);
/// The user accepts it in the application, and has it at once.
void accept(Turn& t, const Offer& offer, const carrier::Conversation& by);
/// The user wants it without having been asked, or opens a mail.
void take_conversation(Turn& t, UserId user, const Interaction& interaction);
/// The user writes with somebody who expects an answer at once, so that they cannot just leave.
bool chats(const State& s, UserId user);

}  // namespace linka::core
