// What supervisors do to the state of others: POST /api/live/users/{name}/logout.
#pragma once

#include "linka/api/live/push.hpp"
#include "linka/api/site.hpp"

namespace linka::api {

/// The person hears of it by `push`: {"type":"logged_out","when":…,"by":TITLE}.
void add_supervise_routes(Router& router, const Site& site, Push& push);

}  // namespace linka::api
