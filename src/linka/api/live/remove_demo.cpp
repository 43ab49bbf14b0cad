#include "linka/api/live/remove_demo.hpp"

#include "linka/api/auth/credentials.hpp"
#include "linka/api/auth/password_rule.hpp"
#include "linka/api/live/actions.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/going.hpp"
#include "linka/runtime/log.hpp"

#include <atomic>

namespace linka::api {

namespace {

struct DemoAmounts {
    int users = 0;
    int devices = 0;
    int queues = 0;
    int numbers = 0;
    int menus = 0;
    int ring_groups = 0;
    int pauses = 0;
    std::int64_t calls = 0;
    std::int64_t recordings = 0;
};
LINKA_DESCRIBE(DemoAmounts,
               (users, devices, queues, numbers, menus, ring_groups, pauses, calls, recordings))

struct DemoReport {
    DemoAmounts goes;
    DemoAmounts stays;
    std::string administrator;
    int calls_now = 0;
    int numbers_cut_off = 0;
};
LINKA_DESCRIBE(DemoReport, (goes, stays, administrator, calls_now, numbers_cut_off))

struct RemoveBody {
    std::string password;
    std::string confirm;
    bool end_calls = false;
};
LINKA_DESCRIBE(RemoveBody, (password, confirm, end_calls))

struct RemoveAnswer {
    std::string administrator;
    std::string listens;
};
LINKA_DESCRIBE(RemoveAnswer, (administrator, listens))

// What one removal carries from thread to thread.
struct Removing {
    Call call;
    RemoveBody body;
    Respond respond;
    std::string old_hash;

    [[nodiscard]] const core::User& admin() const { return *call.user; }
    [[nodiscard]] std::string_view in(std::string_view cs, std::string_view en) const {
        return call.language == Language::cs ? cs : en;
    }
};
using RemovingPtr = std::shared_ptr<Removing>;  // of the jobs that follow one another

DemoAmounts amounts(const core::RecordCounts& counts) {
    return {.users = counts.users,
            .devices = counts.devices,
            .queues = counts.queues,
            .numbers = counts.numbers,
            .menus = counts.menus,
            .ring_groups = counts.ring_groups,
            .pauses = counts.pauses};
}

RouteHandler for_demo_admins(const Site& site, CallHandler handler) {
    return [&site, known = signed_in(site, std::move(handler))](
               const Request& request, const PathValues& values, const Respond& respond) {
        const auto caller = site.accounts.find(credentials_of(request).token);
        if (!is_demo(site) || !caller ||
            !may(*site.directory.now(), *caller->user, Module::demo, Operation::remove)) {
            respond(error_response(404, "not_found", "there is nothing at this address"));
            return;
        }
        known(request, values, respond);
    };
}

void report(const Site& site, const Call& call, const Respond& respond) {
    const bool asked =
        site.live.query([&site, user = call.user, respond](const core::State& state, Instant) {
            const core::RemoveRecords removal = site.demo->removal(state, user->id);
            const core::Going going(state, removal);
            DemoReport out;
            out.goes = amounts(core::counts_of_going(going));
            out.stays = amounts(core::counts_of_staying(state, going));
            out.administrator = user->name;
            out.calls_now = static_cast<int>(going.calls_in_the_way().size());
            out.numbers_cut_off = static_cast<int>(core::routes_cut_off(state, going).size());
            read_store(site, respond, [out, past = going.past()](store::Reader& reader) mutable {
                const auto calls = reader.past_amounts(past);
                if (!calls) {
                    return error_of(calls.error());
                }
                out.goes.calls = calls->calls_go;
                out.goes.recordings = calls->recordings_go;
                out.stays.calls = calls->calls_stay;
                out.stays.recordings = calls->recordings_stay;
                return json_response(json::to_text(out));
            });
        });
    if (!asked) {
        respond(overloaded());
    }
}

// What is wrong with the request; none: nothing.
std::optional<Response> refusal(const Removing& removing) {
    // The rule of an instance in earnest, which this becomes.
    if (const auto fault = password_fault(removing.body.password, false)) {
        return error_response(400, "invalid", removing.in(fault->cs, fault->en), "password");
    }
    const std::string_view confirm = text::trim(removing.body.confirm);
    if (!text::equal_ignoring_case(confirm, "smazat") &&
        !text::equal_ignoring_case(confirm, "delete")) {
        return error_response(
            400, "invalid",
            removing.in("Pro potvrzení napište „smazat“.", "Type “delete” to confirm."), "confirm");
    }
    return std::nullopt;
}

class Remover {
  public:
    explicit Remover(const Site& site) : site_(site) {}

    void start(const Call& call, const Respond& respond) {
        const auto body = json::from_text<RemoveBody>(text::trim(call.request.body));
        if (!body) {
            respond(error_of(body.error()));
            return;
        }
        const auto removing = std::make_shared<Removing>(Removing{call, *body, respond, {}});
        if (auto refused = refusal(*removing)) {
            respond(std::move(*refused));
            return;
        }
        // Two at once would put back each other's password.
        if (busy_.exchange(true)) {
            respond(error_response(
                409, "refused",
                removing->in("Ukázka se právě maže.", "The demo is being deleted right now.")));
            return;
        }
        on_worker(removing, [this, removing] { set_password(removing); });
    }

  private:
    const Site& site_;
    std::atomic<bool> busy_{false};

    void end(const RemovingPtr& removing, Response response) {
        busy_ = false;
        removing->respond(std::move(response));
    }

    void on_worker(const RemovingPtr& removing, std::function<void()> work) {
        const bool taken = site_.accounting.post(
            [work = std::move(work)](const Result<store::Reader*>&) { work(); });
        if (!taken) {
            end(removing, overloaded());
        }
    }

    // First of all, so that no crash leaves an instance that is no demo with the demo's password.
    void set_password(const RemovingPtr& removing) {
        const auto hashes = site_.store.secrets(password_kind);
        if (!hashes) {
            end(removing, error_of(hashes.error()));
            return;
        }
        const auto old = hashes->find(removing->admin().name);
        removing->old_hash = old == hashes->end() ? std::string() : old->second;
        if (verify_password(removing->old_hash, removing->body.password)) {
            end(removing,
                error_response(400, "invalid",
                               removing->in("To je dosavadní heslo. Zvolte jiné, heslo ukázky zná "
                                            "každý.",
                                            "That is the password you have. Choose another one: "
                                            "everybody knows the demo's."),
                               "password"));
            return;
        }
        const std::string hash = hash_password(removing->body.password);
        const Status kept =
            hash.empty() ? Status(fail(ErrorCode::full, "no memory to hash a password"))
                         : site_.store.put_secret(password_kind, removing->admin().name, hash);
        if (!kept) {
            end(removing, error_of(kept.error()));
            return;
        }
        ask_core(removing);
    }

    void ask_core(const RemovingPtr& removing) {
        const bool taken = site_.demo->remove(
            removing->admin().id, removing->body.end_calls,
            [this, removing](const core::Reply& reply) {
                on_worker(removing, [this, removing, reply] { finish(removing, reply); });
            },
            [this, removing](const core::Reply&, const core::State&) {
                return note_of(site_, removing->call.request, removing->admin(), "demo.remove", "");
            });
        if (!taken) {
            put_back(removing);
            end(removing, overloaded());
        }
    }

    void put_back(const RemovingPtr& removing) {
        const Status done =
            removing->old_hash.empty()
                ? site_.store.remove_secret(password_kind, removing->admin().name)
                : site_.store.put_secret(password_kind, removing->admin().name, removing->old_hash);
        if (!done) {
            log::error("password not put back", {{"reason", done.error().text}});
        }
    }

    void finish(const RemovingPtr& removing, const core::Reply& reply) {
        if (reply.kind == core::Reply::Kind::blocked) {
            put_back(removing);
            end(removing, error_response(
                              409, "calls_go_on",
                              removing->in("V ukázce se právě volá. Počkejte, až hovory skončí, "
                                           "nebo je nechte ukončit.",
                                           "There are calls in the demo. Wait until they are over, "
                                           "or have them ended.")));
            return;
        }
        if (reply.kind != core::Reply::Kind::ok) {
            put_back(removing);
            end(removing, response_of(reply, removing->call.language));
            return;
        }
        site_.accounts.forget_gone();
        site_.accounts.sign_out_everywhere(removing->admin().name, removing->admin().id);
        log::info("demo removed", {{"user", removing->admin().name}});
        const RemoveAnswer answer{removing->admin().name, site_.health.demo_removed()};
        end(removing, json_response(json::to_text(answer)));
    }
};

}  // namespace

void add_remove_demo_routes(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/demo",
               for_demo_admins(site, [&site](const Call& call, const Respond& respond) {
                   report(site, call, respond);
               }));
    const auto remover = std::make_shared<Remover>(site);  // of the route
    router.add(Method::post, "/api/live/demo/remove",
               for_demo_admins(site, [remover](const Call& call, const Respond& respond) {
                   remover->start(call, respond);
               }));
}

}  // namespace linka::api
