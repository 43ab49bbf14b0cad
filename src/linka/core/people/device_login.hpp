// Private to the core. Devices that people log in to, and the start of a shift.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void leave_device(Turn& t, UserId user, DeviceId device, UserId taken_by = {});
void join_device(Turn& t, UserId user, DeviceId device);
/// The user's session if it is logged in, else a refusal and null.
const Session* need_logged_in(Turn& t, UserId user);
void apply(Turn& t, const ChangeDevices& input);
void apply(Turn& t, const Start& input);

}  // namespace linka::core
