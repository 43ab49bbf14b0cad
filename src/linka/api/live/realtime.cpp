#include "linka/api/live/reports.hpp"
#include "linka/api/live/rows.hpp"

namespace linka::api {

void add_realtime_routes(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/realtime",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   read_live(site, respond,
                             [viewer = Viewer(*site.directory.now(), call.user)](
                                 const core::State& state, Instant) {
                                 return json_response(realtime_text(state, viewer));
                             });
               }));
}

}  // namespace linka::api
