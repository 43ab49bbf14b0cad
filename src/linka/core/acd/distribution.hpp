// Private to the core. Who gets what waits.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

/// `follow`: carries out what follows for the items that leave a queue meanwhile.
void distribute(Turn& t, void (*follow)(Turn&));

}  // namespace linka::core
