// The live API's reading side: realtime, why, statistics and the lists that statistics count.
#pragma once

#include "linka/api/site.hpp"
#include "linka/stats/lists.hpp"

namespace linka::api {

struct ServerOptions;

/// GET /api/live/realtime.
void add_realtime_routes(Router& router, const Site& site);
/// GET /api/live/activities/{name}/why.
void add_why_routes(Router& router, const Site& site);
/// The rule of a verdict in words; empty if it has none.
std::string_view rule_text(std::string_view rule, Language language);
/// GET /api/live/stats/queues, /stats/users.
void add_stats_routes(Router& router, const Site& site);
/// GET /api/live/stats/statuses: how often each outcome was chosen.
void add_outcome_routes(Router& router, const Site& site);
/// GET /api/live/lists/{interactions,offers,activities}.
void add_list_routes(Router& router, const Site& site);
/// GET /api/live/telephones: the ports that a telephone is set to, which devices are there, and in
/// whose name somebody asks to register in vain. `options` outlives the router.
void add_telephone_routes(Router& router, const Site& site, const ServerOptions& options);

/// Where the rows behind a figure are listed; empty if it is no count.
std::string list_link(std::string_view figure, core::QueueId queue, Instant from, Instant to);
std::string list_link(std::string_view figure, core::UserId user, Instant from, Instant to);
/// Where the rows of a list are.
std::string list_link(const stats::ListFilter& list);

}  // namespace linka::api
