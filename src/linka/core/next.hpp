// Private to the core: what follows from what has happened to a call, when it is not for the one
// who made it happen to decide. Said with Turn::then(), carried out by flow/follow.cpp when that
// one is done. So waiting, ringing and transfers need not know menus and routes, which lead back to
// them.
#pragma once

#include "linka/core/flow/place.hpp"
#include "linka/core/ids.hpp"

#include <variant>

namespace linka::core {

namespace next {

/// The call goes to a place.
struct Go {
    CallId call;
    Place place;
};
/// To whoever sent it, or to the queue that it came from; to `otherwise` if there is no way back.
struct ComeBack {
    CallId call;
    Place otherwise;
};
/// Nothing could be rung for it.
struct RingFailed {
    CallId call;
    bool busy = false;
};

}  // namespace next

using Next = std::variant<next::Go, next::ComeBack, next::RingFailed>;

}  // namespace linka::core
