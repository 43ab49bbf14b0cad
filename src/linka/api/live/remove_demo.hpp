// "Delete the demo": what would go, and the going. Only for an administrator of a demo instance;
// for everybody else there is nothing at these addresses.
#pragma once

#include "linka/api/site.hpp"

namespace linka::api {

/// GET /api/live/demo, POST /api/live/demo/remove.
void add_remove_demo_routes(Router& router, const Site& site);

}  // namespace linka::api
