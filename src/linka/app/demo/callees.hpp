// Callees: whom one reaches in the demo's public network, by the number dialled.
#pragma once

#include "linka/app/demo/traffic.hpp"
#include "linka/demo/protocol.hpp"

#include <string>
#include <string_view>

namespace linka::app {

/// What a caller meets. Customers of the demo answer their own numbers; of all other numbers the
/// last two digits decide, so that each end of a call can be tried: 00 is busy, 01 does not answer,
/// 02 is no number in use; the rest is answered by somebody with one of the customers' voices.
/// `number`: as it is dialled, at least 9 digits; shorter ones are not in use.
demo::Expect callee_of(const std::string& number, std::string_view language, const Chance& chance);

}  // namespace linka::app
