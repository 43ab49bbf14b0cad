// Private to the core. Where calls go.
#pragma once

#include "linka/core/flow/place.hpp"
#include "linka/core/turn.hpp"

#include <string_view>

namespace linka::core {

/// No announcement plays longer.
inline constexpr Duration announcement_max = std::chrono::seconds(300);
void call_arrived(Turn& t, const CallArrivedReport& input);
void go(Turn& t, CallId call, const Place& place);
/// A dialled number: extension, queue or ring group; none if it is neither of ours.
Place inside(const State& s, std::string_view number);

}  // namespace linka::core
