// GET /api/live/models: the descriptions of records, from which pages draw lists and forms.
#include "linka/api/live/actions.hpp"
#include "linka/api/v6/describe/catalogue.hpp"

namespace linka::api {

void add_model_routes(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/models",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   respond(json_response(
                       boost::json::serialize(v6::catalogue(*site.directory.now(), *call.user))));
               }));
}

}  // namespace linka::api
