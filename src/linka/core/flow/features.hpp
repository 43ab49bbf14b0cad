// Private to the core. What is dialled to be obeyed, not to be called.
#pragma once

#include "linka/core/turn.hpp"

#include <string_view>

namespace linka::core {

bool feature_code(Turn& t, CallId call, UserId user, std::string_view number);
void apply(Turn& t, const SetForward& input);

}  // namespace linka::core
