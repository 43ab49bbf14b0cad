// Private to the core. Calls that our users make.
#pragma once

#include "linka/core/flow/step.hpp"
#include "linka/core/turn.hpp"

#include <string_view>

namespace linka::core {

void call_out(Turn& t, const CallOut& input);
void phone_calls_out(Turn& t, CallId call, UserId user, std::string_view number);
void own_device_answered(Turn& t, CallId call, const step::OwnDevice& at);

}  // namespace linka::core
