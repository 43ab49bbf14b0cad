// The live API's reading side: realtime, why, statistics and the lists that statistics count.
#pragma once

#include "linka/api/site.hpp"

namespace linka::api {

/// GET /api/live/realtime.
void add_realtime_routes(Router& router, const Site& site);
/// GET /api/live/activities/{name}/why.
void add_why_routes(Router& router, const Site& site);
/// The rule of a verdict in words; empty if it has none.
std::string_view rule_text(std::string_view rule, Language language);
/// GET /api/live/stats/queues, /stats/users.
void add_stats_routes(Router& router, const Site& site);
/// GET /api/live/lists/{interactions,offers,activities}.
void add_list_routes(Router& router, const Site& site);

/// Where the rows behind a figure are listed; empty if it is no count.
std::string list_link(std::string_view figure, core::QueueId queue, Instant from, Instant to);
std::string list_link(std::string_view figure, core::UserId user, Instant from, Instant to);

}  // namespace linka::api
