// The demo's own requests: be rung by a simulated customer, and switch the background on and off.
// An instance that is no demo, or no longer one, does not have these addresses.
#pragma once

#include "linka/api/site.hpp"

namespace linka::api {

/// POST /api/live/demo/call; GET and PUT /api/live/demo/background. `people` outlives the router.
void add_demo_routes(Router& router, const Site& site, DemoPublic& people);

}  // namespace linka::api
