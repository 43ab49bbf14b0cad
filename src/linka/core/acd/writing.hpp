// Private to the core. Customers who write: they come to a queue, leave it, or are sent to another.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void apply(Turn& t, const ConversationArrivedReport& input);
void apply(Turn& t, const ConversationEndedReport& input);
void apply(Turn& t, const ConversationMovedReport& input);
/// Whoever has chats leaves: their customers wait anew in the same queue.
void give_back_chats(Turn& t, UserId user);

}  // namespace linka::core
