// Private to the core. Records are removed together.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void apply(Turn& t, const RemoveRecords& input);

}  // namespace linka::core
