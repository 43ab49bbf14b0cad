// The live API's requests: what a user does now. Each becomes one input of the core; its refusal
// becomes a 409 with reasons and what to do about them.
#pragma once

#include "linka/api/site.hpp"
#include "linka/core/core.hpp"

namespace linka::api {

/// /api/live/me…, /calls, /activities/{name}/…
void add_action_routes(Router& router, const Site& site);

/// GET /api/live/missed, POST /api/live/missed/{name}/done.
void add_missed_routes(Router& router, const Site& site);

/// GET /api/live/limits.
void add_limits_routes(Router& router, const Site& site);
void add_model_routes(Router& router, const Site& site);

/// /api/live/routing/…
void add_routing_routes(Router& router, const Site& site);

/// POST /api/live/me/password, /api/live/me/token.
void add_password_routes(Router& router, const Site& site);

/// 200 (`success`, or {}), 409 with blockers, 404, 400.
Response response_of(const core::Reply& reply, Language language, std::string success = "{}");

/// Submits and answers with response_of; 503 when the core is full.
void submit(const Site& site, const Respond& respond, core::Input input, Language language);

}  // namespace linka::api
