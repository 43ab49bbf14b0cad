#include "linka/api/live/demo.hpp"

#include "linka/api/live/actions.hpp"
#include "linka/api/live/row_types.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"

#include <optional>
#include <string>

namespace linka::api {

namespace {

struct CalledRow {
    std::string number;
    std::string caller;
    std::string caller_name;
    bool through_queue = false;
};
LINKA_DESCRIBE(CalledRow, (number, caller, caller_name, through_queue))

struct BackgroundRow {
    bool on = false;
    int callers_per_hour = 0;
    int callers = 0;
    int colleagues = 0;
    May may;
};
LINKA_DESCRIBE(BackgroundRow, (on, callers_per_hour, callers, colleagues, may))

struct BackgroundBody {
    std::optional<bool> on;
    std::optional<int> callers_per_hour;
};
LINKA_DESCRIBE(BackgroundBody, (on, callers_per_hour))

// As of an address that nothing was ever at.
Response no_such_path() {
    return error_response(404, "not_found", "there is nothing at this address");
}

std::string code_of(Language language) {
    return language == Language::en ? "en" : "cs";
}

Response too_often(Language language) {
    Response response =
        error_response(429, "too_often",
                       language == Language::en
                           ? "That was enough calls for now. Wait a minute, then try again."
                           : "Hovorů bylo na chvíli dost. Počkejte minutu a zkuste to znovu.");
    response.headers.emplace_back("Retry-After", "60");
    return response;
}

Response nobody_there(Language language) {
    Response response = error_response(
        503, "unavailable",
        language == Language::en ? "There is nobody who could call now. Try again in a moment."
                                 : "Teď tu není nikdo, kdo by zavolal. Zkuste to za okamžik.");
    response.headers.emplace_back("Retry-After", "5");
    return response;
}

Response called_response(const DemoPublic::Called& called, Language language) {
    if (called.too_often) {
        return too_often(language);
    }
    if (called.reply.kind == core::Reply::Kind::unavailable) {
        return nobody_there(language);
    }
    const CalledRow row{called.number, called.caller, called.caller_name, called.through_queue};
    return response_of(called.reply, language, json::to_text(row));
}

void call_me(const Site& /*site*/, DemoPublic& people, const Call& call, const Respond& respond) {
    const bool taken = people.ring(call.user->id, code_of(call.language),
                                   [respond, language = call.language](const auto& called) {
                                       respond(called_response(called, language));
                                   });
    if (!taken) {
        respond(overloaded());
    }
}

std::vector<core::Blocker> switch_blockers(const Site& site, const core::User& user) {
    return may(*site.directory.now(), user, Module::demo_background, Operation::update)
               ? std::vector<core::Blocker>{}
               : std::vector<core::Blocker>{{core::BlockerCode::no_right, {}}};
}

std::function<void(const DemoPublic::Background&)> tell_background(const Site& site,
                                                                   const Call& call,
                                                                   const Respond& respond) {
    const auto blockers = switch_blockers(site, *call.user);
    return [respond, may = May{blockers.empty(), describe(blockers, call.language)}](
               const DemoPublic::Background& now) {
        respond(json_response(json::to_text(
            BackgroundRow{now.on, now.callers_per_hour, now.callers, now.colleagues, may})));
    };
}

void show_background(const Site& site, DemoPublic& people, const Call& call,
                     const Respond& respond) {
    if (!people.background(tell_background(site, call, respond))) {
        respond(overloaded());
    }
}

void change_background(const Site& site, DemoPublic& people, const Call& call,
                       const Respond& respond) {
    core::Reply reply;
    reply.blockers = switch_blockers(site, *call.user);
    if (!reply.blockers.empty()) {
        reply.kind = core::Reply::Kind::blocked;
        respond(response_of(reply, call.language));
        return;
    }
    const std::string_view text = text::trim(call.request.body);
    const auto body = json::from_text<BackgroundBody>(text.empty() ? "{}" : text);
    if (!body) {
        respond(error_of(body.error()));
        return;
    }
    const int rate = body->callers_per_hour.value_or(1);
    if (!DemoPublic::callers_per_hour.has(std::int64_t{rate})) {
        respond(error_of(
            fail(ErrorCode::invalid, "callers_per_hour: between 1 and 600", "callers_per_hour")));
        return;
    }
    if (!people.change_background({body->on, body->callers_per_hour, code_of(call.language)},
                                  tell_background(site, call, respond))) {
        respond(overloaded());
    }
}

}  // namespace

void add_demo_routes(Router& router, const Site& site, DemoPublic& people) {
    const auto with = [&](auto handler) -> RouteHandler {
        RouteHandler serve =
            signed_in(site, [&site, &people, handler](const Call& call, const Respond& respond) {
                handler(site, people, call, respond);
            });
        return [&site, serve](Request request, PathValues values, const Respond& respond) {
            if (is_demo(site)) {
                serve(std::move(request), std::move(values), respond);
            } else {
                respond(no_such_path());
            }
        };
    };
    router.add(Method::post, "/api/live/demo/call", with(call_me));
    router.add(Method::get, "/api/live/demo/background", with(show_background));
    router.add(Method::put, "/api/live/demo/background", with(change_background));
}

}  // namespace linka::api
