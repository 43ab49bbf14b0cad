// Private to the core. Where calls go.
#pragma once

#include "linka/core/flow/place.hpp"
#include "linka/core/turn.hpp"

#include <string_view>

namespace linka::core {

void call_arrived(Turn& t, const CallArrivedReport& input);
void go(Turn& t, CallId call, const Place& place);

}  // namespace linka::core
