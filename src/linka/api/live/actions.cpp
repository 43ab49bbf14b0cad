#include "linka/api/live/actions.hpp"

#include "linka/api/live/blocker_text.hpp"
#include "linka/api/live/names.hpp"
#include "linka/api/live/refusal_text.hpp"
#include "linka/api/live/rows.hpp"
#include "linka/base/iso_time.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/records/words.hpp"
#include "linka/core/view.hpp"

#include <variant>

namespace linka::api {

namespace {

struct Nothing {};
LINKA_DESCRIBE(Nothing, ())

struct DevicesBody {
    std::vector<std::string> login;
    std::vector<std::string> logout;
    bool take = false;
};
LINKA_DESCRIBE(DevicesBody, (login, logout, take))

struct StartBody {
    std::optional<std::vector<std::string>> devices;
    std::optional<std::vector<core::QueueId>> queues;
    bool take = false;
};
LINKA_DESCRIBE(StartBody, (devices, queues, take))

struct ForwardBody {
    std::optional<std::string> number;
};
LINKA_DESCRIBE(ForwardBody, (number))

struct QueuesBody {
    std::vector<core::QueueId> login;
    std::vector<core::QueueId> logout;
};
LINKA_DESCRIBE(QueuesBody, (login, logout))

struct PauseBody {
    std::optional<std::string> pause;
};
LINKA_DESCRIBE(PauseBody, (pause))

struct CallBody {
    std::string number;
    std::optional<core::QueueId> queue;
};
LINKA_DESCRIBE(CallBody, (number, queue))

struct SwitchBody {
    bool on = true;
};
LINKA_DESCRIBE(SwitchBody, (on))

struct TransferBody {
    std::string to;
    core::TransferMode mode = core::TransferMode::blind;
};
LINKA_DESCRIBE(TransferBody, (to, mode))

struct DigitsBody {
    std::string digits;
};
LINKA_DESCRIBE(DigitsBody, (digits))

struct CloseBody {
    std::vector<std::string> statuses;
    std::string note;
};
LINKA_DESCRIBE(CloseBody, (statuses, note))

struct PostponeBody {
    std::optional<std::string> until;
    std::string note;
};
LINKA_DESCRIBE(PostponeBody, (until, note))

// An empty body is an empty object. Unknown members are refused by name.
template <typename Body>
Result<Body> body_of(const Call& call) {
    const std::string_view text = text::trim(call.request.body);
    Result<Body> body = json::from_text<Body>(text.empty() ? "{}" : text);
    if constexpr (requires { body->note; }) {
        if (body && core::has_hidden(body->note, core::Lines::many)) {
            return fail(ErrorCode::invalid, "without characters that are not seen", "note");
        }
    }
    return body;
}

// A route whose body becomes an input of the core.
template <typename Body, typename Make>
CallHandler action(const Site& site, Make make) {
    return [&site, make](const Call& call, const Respond& respond) {
        const Result<Body> body = body_of<Body>(call);
        if (!body) {
            respond(error_of(body.error(), call.language));
            return;
        }
        Result<core::Input> input = make(call, *body);
        if (!input) {
            respond(error_of(input.error(), call.language));
            return;
        }
        submit(site, respond, std::move(*input), call.language);
    };
}

using ActivityMake = std::function<Result<core::Input>(core::UserId, core::ActivityId)>;

core::ActivityId activity_in(const Call& call) {
    return activity_from_name(call.values.at("name"));
}

template <typename Body, typename Make>
void add_activity(Router& router, const Site& site, const std::string& verb, Make make) {
    router.add(
        Method::post, "/api/live/activities/{name}/" + verb,
        signed_in(
            site,
            action<Body>(site, [make](const Call& call, const Body& body) -> Result<core::Input> {
                const core::ActivityId activity = activity_in(call);
                if (!activity) {
                    return fail(ErrorCode::not_found,
                                refusal_text("there is no such activity", call.language));
                }
                return make(call.user->id, activity, body);
            })));
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

// An input that leaves a row in the audit log once it was done; `detail` empty: none.
struct Noted {
    core::Input input;
    std::string what;
    std::string detail;
};

void submit_noted(const Site& site, const Call& call, const Respond& respond, Noted noted) {
    std::optional<store::Change> note;
    if (!noted.detail.empty()) {
        note =
            note_of(site, call.request, *call.user, std::move(noted.what), std::move(noted.detail));
    }
    const bool asked = site.live.submit(
        std::move(noted.input),
        [respond, language = call.language](const core::Reply& reply) {
            respond(response_of(reply, language));
        },
        [note = std::move(note)](const core::Reply&, const core::State&) { return note; });
    if (!asked) {
        respond(overloaded());
    }
}

template <typename Body, typename Make>
CallHandler noted_action(const Site& site, Make make) {
    return [&site, make](const Call& call, const Respond& respond) {
        const Result<Body> body = body_of<Body>(call);
        if (!body) {
            respond(error_of(body.error(), call.language));
            return;
        }
        Result<Noted> noted = make(call, *body);
        if (!noted) {
            respond(error_of(noted.error(), call.language));
            return;
        }
        submit_noted(site, call, respond, std::move(*noted));
    };
}

// Taking a telephone is noted: it may have been somebody else's until then. So is where one's calls
// are sent to, but not the number, which is in the user's record.
Result<Noted> take_devices(const Call& call, const DevicesBody& body) {
    return Noted{core::ChangeDevices{call.user->id, body.login, body.logout, body.take},
                 "devices.take", joined(body.login)};
}

Result<Noted> start_shift(const Call& call, const StartBody& body) {
    return Noted{core::Start{call.user->id, body.devices, body.queues, body.take}, "devices.take",
                 body.devices ? joined(*body.devices) : std::string("those of last time")};
}

Result<Noted> set_forward(const Call& call, const ForwardBody& body) {
    std::string number = body.number.value_or(std::string());
    if (number.size() > core::limits::number_bytes_max) {
        return fail(ErrorCode::invalid, "number: between 1 and 64 characters", "number");
    }
    const std::string_view how = number.empty() ? "off" : "on";
    return Noted{core::SetForward{call.user->id, std::move(number)}, "forward.set",
                 std::string(how)};
}

void add_me(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/me",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   read_live(site, respond,
                             [user = call.user, language = call.language](const core::State& state,
                                                                          Instant) {
                                 return json_response(me_text(state, *user, language));
                             });
               }));
    const auto add = [&](std::string_view path, CallHandler handler) {
        router.add(Method::post, path, signed_in(site, std::move(handler)));
    };
    add("/api/live/me/devices", noted_action<DevicesBody>(site, take_devices));
    add("/api/live/me/start", noted_action<StartBody>(site, start_shift));
    add("/api/live/me/forward", noted_action<ForwardBody>(site, set_forward));
    add("/api/live/me/queues",
        action<QueuesBody>(site, [](const Call& call, const QueuesBody& body) {
            return Result<core::Input>(core::ChangeQueues{call.user->id, body.login, body.logout});
        }));
    add("/api/live/me/login", action<Nothing>(site, [](const Call& call, const Nothing&) {
            return Result<core::Input>(core::LogIn{call.user->id});
        }));
    add("/api/live/me/logout", action<Nothing>(site, [](const Call& call, const Nothing&) {
            return Result<core::Input>(core::LogOut{call.user->id});
        }));
    add("/api/live/me/ready", action<Nothing>(site, [](const Call& call, const Nothing&) {
            return Result<core::Input>(core::BecomeReady{call.user->id});
        }));
    add("/api/live/me/unready", action<Nothing>(site, [](const Call& call, const Nothing&) {
            return Result<core::Input>(core::BecomeUnready{call.user->id});
        }));
    add("/api/live/me/pause", action<PauseBody>(site, [](const Call& call, const PauseBody& body) {
            return Result<core::Input>(
                core::SetPause{call.user->id, body.pause.value_or(std::string())});
        }));
}

void add_calls(Router& router, const Site& site) {
    router.add(
        Method::post, "/api/live/calls",
        signed_in(site,
                  action<CallBody>(
                      site, [](const Call& call, const CallBody& body) -> Result<core::Input> {
                          if (body.number.empty() ||
                              body.number.size() > core::limits::number_bytes_max) {
                              return fail(ErrorCode::invalid, "number: between 1 and 64 characters",
                                          "number");
                          }
                          return core::Input(core::CallOut{call.user->id, body.number,
                                                           body.queue.value_or(core::QueueId())});
                      })));
}

template <typename T>
void add_simple(Router& router, const Site& site, const std::string& verb) {
    add_activity<Nothing>(router, site, verb,
                          [](core::UserId user, core::ActivityId activity, const Nothing&) {
                              return Result<core::Input>(T{user, activity});
                          });
}

void add_activities(Router& router, const Site& site) {
    add_simple<core::Accept>(router, site, "accept");
    add_simple<core::Reject>(router, site, "reject");
    add_simple<core::Take>(router, site, "take");
    add_simple<core::HangUpActivity>(router, site, "hangup");
    add_simple<core::OpenActivity>(router, site, "open");
    add_activity<Nothing>(router, site, "hold",
                          [](core::UserId user, core::ActivityId activity, const Nothing&) {
                              return Result<core::Input>(core::Hold{user, activity, true});
                          });
    add_activity<Nothing>(router, site, "resume",
                          [](core::UserId user, core::ActivityId activity, const Nothing&) {
                              return Result<core::Input>(core::Hold{user, activity, false});
                          });
    add_activity<SwitchBody>(
        router, site, "mute",
        [](core::UserId user, core::ActivityId activity, const SwitchBody& body) {
            return Result<core::Input>(core::Mute{user, activity, body.on});
        });
    add_activity<TransferBody>(
        router, site, "transfer",
        [](core::UserId user, core::ActivityId activity,
           const TransferBody& body) -> Result<core::Input> {
            const bool starts =
                body.mode == core::TransferMode::blind || body.mode == core::TransferMode::attended;
            if (body.to.size() > core::limits::number_bytes_max || (starts && body.to.empty())) {
                return fail(ErrorCode::invalid, "to: between 1 and 64 characters", "to");
            }
            return core::Input(core::Transfer{user, activity, body.to, body.mode});
        });
    add_activity<DigitsBody>(
        router, site, "dtmf",
        [](core::UserId user, core::ActivityId activity,
           const DigitsBody& body) -> Result<core::Input> {
            std::string digits = body.digits;
            for (char& digit : digits) {
                digit = digit >= 'a' && digit <= 'd' ? static_cast<char>(digit - 'a' + 'A') : digit;
            }
            return core::Input(core::SendDigits{user, activity, digits});
        });
    add_activity<CloseBody>(
        router, site, "close",
        [](core::UserId user, core::ActivityId activity,
           const CloseBody& body) -> Result<core::Input> {
            return core::Input(core::CloseActivity{user, activity, body.statuses, body.note});
        });
    add_activity<PostponeBody>(
        router, site, "postpone",
        [](core::UserId user, core::ActivityId activity,
           const PostponeBody& body) -> Result<core::Input> {
            Instant until;
            if (body.until) {
                const auto parsed = from_iso_time(*body.until);
                if (!parsed) {
                    return fail(ErrorCode::invalid, "until: not a time like 2026-01-31T12:00:00Z",
                                "until");
                }
                until = *parsed;
            }
            return core::Input(core::PostponeActivity{user, activity, until, body.note});
        });
}

}  // namespace

Response response_of(const core::Reply& reply, Language language, std::string success) {
    switch (reply.kind) {
        case core::Reply::Kind::ok:
        case core::Reply::Kind::outdated:
            break;
        case core::Reply::Kind::blocked: {
            const auto blockers = describe(reply.blockers, language);
            std::string body = R"({"error":{"code":)";
            json::write_string(body, blockers.empty() ? "refused" : blockers.front().code);
            body += R"(,"text":)";
            json::write_string(body, blockers.empty() ? "" : blockers.front().text);
            body += R"(,"blockers":)" + json::to_text(blockers) + "}}";
            return json_response(std::move(body), 409);
        }
        case core::Reply::Kind::not_found:
            return error_response(
                404, "not_found",
                refusal_text("there is no such thing, or it is not yours", language));
        case core::Reply::Kind::invalid:
            return error_response(400, "invalid", refusal_text(reply.text, language), reply.field);
        case core::Reply::Kind::unavailable: {
            Response response =
                error_response(503, "unavailable", refusal_text(reply.text, language));
            response.headers.emplace_back("Retry-After", "10");
            return response;
        }
    }
    if (!reply.left_out.empty()) {
        success = R"({"left_out":)" + json::to_text(reply.left_out) + "}";
    }
    if (reply.activity) {
        success = R"({"activity":")" + activity_name(reply.activity) + R"("})";
    }
    return json_response(std::move(success));
}

void submit(const Site& site, const Respond& respond, core::Input input, Language language) {
    const bool taken = site.live.submit(
        std::move(input),
        [respond, language](const core::Reply& reply) { respond(response_of(reply, language)); });
    if (!taken) {
        respond(overloaded());
    }
}

void add_action_routes(Router& router, const Site& site) {
    add_me(router, site);
    add_calls(router, site);
    add_activities(router, site);
    add_missed_routes(router, site);
    add_limits_routes(router, site);
    add_model_routes(router, site);
    add_routing_routes(router, site);
}

}  // namespace linka::api
