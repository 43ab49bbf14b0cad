// /setup/{token}: the one-time address that a new, empty instance prints; there the administrator's
// first password is set. The token is a secret of kind "setup", by the user's login; it is removed
// when it was used.
#pragma once

#include "linka/api/site.hpp"

namespace linka::api {

inline constexpr std::string_view setup_kind = "setup";

void add_setup_routes(Router& router, const Site& site);

}  // namespace linka::api
