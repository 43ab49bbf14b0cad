// Private to the core. Who gets what waits.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void distribute(Turn& t);

}  // namespace linka::core
