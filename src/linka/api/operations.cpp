#include "linka/api/operations.hpp"

#include "linka/api/auth/credentials.hpp"
#include "linka/base/json_write.hpp"
#include "linka/runtime/metrics.hpp"

#include <algorithm>
#include <array>

namespace linka::api {

namespace {

// A proxy on this machine asks for somebody from elsewhere, and says so in one of these.
bool is_forwarded(const Request& request) {
    static constexpr std::array<std::string_view, 6> names{"forwarded",        "x-forwarded-for",
                                                           "x-forwarded-host", "x-forwarded-proto",
                                                           "x-real-ip",        "via"};
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return request.header(name) != nullptr; });
}

bool may_look(const Site& site, const Request& request) {
    if (request.loopback && !is_forwarded(request)) {
        return true;
    }
    const auto caller = site.accounts.find(credentials_of(request).token);
    return caller && may(*site.directory.now(), *caller->user, Module::operations, Operation::read);
}

Response health(const Site& site, const Request& request) {
    const Health::Report report = site.health.health();
    std::string body = report.ok ? R"({"status":"ok")" : R"({"status":"trouble")";
    if (may_look(site, request)) {
        body += R"(,"troubles":)" + json::to_text(report.troubles);
    }
    body += '}';
    return json_response(std::move(body), report.ok ? 200 : 503);
}

}  // namespace

void add_operation_routes(Router& router, const Site& site) {
    router.add(Method::get, "/healthz",
               [&site](const Request& request, const PathValues&, const Respond& respond) {
                   respond(health(site, request));
               });
    router.add(
        Method::get, "/metrics",
        [&site](const Request& request, const PathValues&, const Respond& respond) {
            if (!may_look(site, request)) {
                respond(error_response(401, "unauthorized",
                                       "from elsewhere this needs an administrator's token"));
                return;
            }
            Response response;
            response.type = "text/plain; version=0.0.4; charset=utf-8";
            response.body = metrics::render();
            respond(std::move(response));
        });
}

}  // namespace linka::api
