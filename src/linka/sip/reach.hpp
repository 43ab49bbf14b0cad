// May we send there? The one place that judges it, for every request that this module sends. Peers
// choose what their Contact and Record-Route say; we send to plain addresses of one host only. A
// name would be looked up by the SIP library on the SIP thread, which then serves nobody (and never
// again when the resolver has no route): names of trunks are resolved beforehand (names.hpp).
#pragma once

#include <string_view>

namespace linka::sip {

/// What is wrong with a SIP URI (in angle brackets or bare) as the next hop of a request, in words
/// that follow "is"; empty: nothing.
std::string_view reach_fault(std::string_view uri);

}  // namespace linka::sip
