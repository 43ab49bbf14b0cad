// Private to the core. The demo is marked, and removed.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void apply(Turn& t, const MarkDemo& input);
void apply(Turn& t, const RemoveDemo& input);

}  // namespace linka::core
