// Private to the core. The sandbox: routing is edited there, and calls go by it when it is applied.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void apply(Turn& t, const SaveDraft& input);
void apply(Turn& t, const RemoveDraft& input);
void apply(Turn& t, const ApplyRouting& input);
void apply(Turn& t, const DiscardDraft& input);
void apply(Turn& t, const UndoRouting& input);

}  // namespace linka::core
