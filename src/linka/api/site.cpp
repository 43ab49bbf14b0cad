#include "linka/api/site.hpp"

#include "linka/api/auth/credentials.hpp"
#include "linka/api/live/refusal_text.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"

namespace linka::api {

Language language_of(const Request& request) {
    const auto cookie = request.cookie("lang");
    const std::string* header = request.header("accept-language");
    const std::string_view wanted =
        cookie ? std::string_view(*cookie) : (header ? std::string_view(*header) : "");
    // The first language that we have; quality values are rare and in order as a rule.
    for (const std::string_view part : text::split(wanted, ',')) {
        const std::string_view tag = text::trim(part);
        if (text::starts_with_ignoring_case(tag, "en")) {
            return Language::en;
        }
        if (text::starts_with_ignoring_case(tag, "cs") ||
            text::starts_with_ignoring_case(tag, "sk")) {
            return Language::cs;
        }
    }
    return Language::cs;
}

RouteHandler signed_in(const Site& site, CallHandler handler) {
    return [&site, handler = std::move(handler)](Request request, PathValues values,
                                                 const Respond& respond) {
        const Credentials credentials = credentials_of(request);
        const bool reads = request.method == Method::get || request.method == Method::head;
        const bool socket = request.header("upgrade") != nullptr;
        if (credentials.by_cookie && (!reads || socket) && is_cross_site(request)) {
            respond(error_response(403, "cross_site", "sent by a page of another site"));
            return;
        }
        auto caller = site.accounts.find(credentials.token);
        if (!caller) {
            respond(error_response(401, "unauthorized", "sign in first: no valid token"));
            return;
        }
        const Language language = language_of(request);
        handler(Call{std::move(request), std::move(values), std::move(caller->user),
                     std::move(caller->token), std::move(caller->session), language},
                respond);
    };
}

namespace {

// Made-up names of roles say nothing to anybody.
std::string said(const Role& role) {
    return role.title.empty() ? role.name : role.title;
}

}  // namespace

store::Change note_of(const Site& site, const Request& request, const core::User& who,
                      std::string what, std::string detail) {
    return {.at = site.now(),
            .who = who.id,
            .access = said(site.directory.now()->role(who)),
            .origin = request.peer,
            .what = std::move(what),
            .detail = std::move(detail)};
}

Response overloaded() {
    Response response = error_response(503, "overloaded", "too much at once: try again");
    response.headers.emplace_back("Retry-After", "2");
    return response;
}

Response error_of(const Error& error, Language language) {
    const std::string text = refusal_text(error.text, language);
    if (error.code == ErrorCode::full || error.code == ErrorCode::unavailable) {
        Response response = error_response(503, "unavailable", text);
        response.headers.emplace_back("Retry-After", "2");
        return response;
    }
    const int status = status_of(error.code);
    const std::string_view code = status == 400   ? "invalid"
                                  : status == 404 ? "not_found"
                                  : status == 403 ? "forbidden"
                                  : status == 409 ? "refused"
                                                  : "internal";
    return error_response(status, code, text, error.field);
}

void read_store(const Site& site, const Respond& respond,
                std::function<Response(store::Reader&)> work) {
    const bool taken =
        site.readers.post([respond, work = std::move(work)](Result<store::Reader*> reader) {
            respond(reader ? work(**reader) : error_of(reader.error()));
        });
    if (!taken) {
        respond(overloaded());
    }
}

void read_live(const Site& site, const Respond& respond,
               std::function<Response(const core::State&, Instant)> look) {
    const bool taken =
        site.live.query([respond, look = std::move(look)](const core::State& state, Instant now) {
            respond(look(state, now));
        });
    if (!taken) {
        respond(overloaded());
    }
}

}  // namespace linka::api
