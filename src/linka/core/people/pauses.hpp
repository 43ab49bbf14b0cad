// Private to the core. Pauses: begun and ended, by people and by the system.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void start_pause(Turn& t, UserId user, const Pause& pause, QueueId queue, ActivityId activity);
void end_pause(Turn& t, UserId user);
/// The system's own pause of this type, made if it is not there yet.
Pause system_pause(Turn& t, PauseType type);

}  // namespace linka::core
