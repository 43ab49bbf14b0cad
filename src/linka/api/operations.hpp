// /healthz and /metrics: for those who run the program.
#pragma once

#include "linka/api/site.hpp"

namespace linka::api {

/// GET /healthz: 200 or 503 with the troubles. GET /metrics: Prometheus text. Without a token from
/// loopback; from elsewhere /healthz says only whether it is well, and /metrics wants an admin.
void add_operation_routes(Router& router, const Site& site);

}  // namespace linka::api
