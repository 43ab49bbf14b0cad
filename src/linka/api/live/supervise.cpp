// What a supervisor does to somebody else's state. The person is told.
#include "linka/api/live/supervise.hpp"

#include "linka/api/live/actions.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

namespace linka::api {

namespace {

enum class LogOutWhen { now, after_call };
LINKA_DESCRIBE_ENUM(LogOutWhen, now, after_call)

struct LogOutBody {
    LogOutWhen when = LogOutWhen::now;
};
LINKA_DESCRIBE(LogOutBody, (when))

struct LoggingOut {
    std::string by_title;
    std::shared_ptr<const core::User> whom;
    LogOutWhen when = LogOutWhen::now;
};

// On the core's thread: the person's sockets are told.
void tell(Push& push, const LoggingOut& done) {
    std::string said =
        R"({"type":"logged_out","when":")" + std::string(name_of(done.when)) + R"(","by":)";
    json::write_string(said, done.by_title);
    push.tell(done.whom->id, said + "}");
}

void log_out(const Site& site, Push& push, const Call& call, const Respond& respond) {
    const std::string_view given = text::trim(call.request.body);
    const auto body = json::from_text<LogOutBody>(given.empty() ? "{}" : given);
    if (!body) {
        respond(error_of(body.error()));
        return;
    }
    const auto whom = site.directory.now()->user(std::string_view(call.values.at("name")));
    if (!whom || sight_of(*call.user, *whom) == Sight::none) {
        respond(error_response(404, "not_found", "there is no such user"));
        return;
    }
    if (!may_supervise(*site.directory.now(), *call.user, *whom)) {
        core::Reply refused;
        refused.kind = core::Reply::Kind::blocked;
        refused.blockers = {{core::BlockerCode::no_right, {}}};
        respond(response_of(refused, call.language));
        return;
    }
    const LoggingOut done{call.user->title, whom, body->when};
    store::Change note =
        note_of(site, call.request, *call.user, "users.logout", std::string(name_of(body->when)));
    note.name = whom->name;
    note.title = whom->title;
    const bool taken = site.live.submit(
        core::EndSession{whom->id, body->when == LogOutWhen::after_call},
        [&push, respond, done, language = call.language](const core::Reply& reply) {
            if (reply.kind == core::Reply::Kind::ok) {
                tell(push, done);
            }
            respond(response_of(reply, language));
        },
        [note](const core::Reply&, const core::State&) { return note; });
    if (!taken) {
        respond(overloaded());
    }
}

}  // namespace

void add_supervise_routes(Router& router, const Site& site, Push& push) {
    router.add(Method::post, "/api/live/users/{name}/logout",
               signed_in(site, [&site, &push](const Call& call, const Respond& respond) {
                   log_out(site, push, call, respond);
               }));
}

}  // namespace linka::api
