#include "linka/api/v6/serve.hpp"

#include "linka/api/live/blocker_text.hpp"
#include "linka/api/live/refusal_text.hpp"
#include "linka/api/server/url.hpp"
#include "linka/api/v6/body.hpp"
#include "linka/core/view.hpp"

#include <array>

namespace linka::api::v6 {

std::string core_field(const std::string& field) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 15> names{
        {{"caller_number", "clid"},
         {"right_to_call", "acl"},
         {"record", "recordAtCallStart"},
         {"ring_time", "ringtime"},
         {"sleep_time", "sleeptime"},
         {"wrap_time", "wrapuptime"},
         {"id", "name"},
         {"access", "role"},
         {"on_leave", "target"},
         {"caller", "clid"},
         {"max_wait", "maxwait"},
         {"max_length", "maxlength"},
         {"outbound_number", "outboundcid"},
         {"when_shut", "destination_closed"},
         {"on_no_answer", "destination"}}};
    for (const auto& [ours, theirs] : names) {
        if (ours == field) {
            return std::string(theirs);
        }
    }
    return field;
}

bool overtaken(const AskPtr& ask, const Respond& respond, const json::Object& body,
               const json::Object& present) {
    const json::Value* sys = body.if_contains("_sys");
    if (sys == nullptr || sys->is_null() || (sys->is_array() && sys->get_array().empty())) {
        return false;
    }
    const json::Object* given = sys->if_object();
    const json::Value* version = given != nullptr ? given->if_contains("version") : nullptr;
    if (given != nullptr && (version == nullptr || version->is_null())) {
        return false;
    }
    if (version == nullptr || !version->is_string() || version->get_string().empty()) {
        const bool cs = ask->envelope.language() == Language::cs;
        respond(ask->envelope.invalid(
            {{"_sys", cs ? "version musí být text, jak byl přečten" : "version must be as read"}},
            nullptr));
        return true;
    }
    if (*version == present.at("_sys").at("version")) {
        return false;
    }
    respond(ask->envelope.overtaken(present));
    return true;
}

Response gone() {
    Response response;
    response.status = 204;
    return response;
}

Response built_in_stays(const Ask& ask) {
    const bool cs = ask.envelope.language() == Language::cs;
    return ask.envelope.invalid({{"name", cs ? "Vestavěný záznam zůstává, jak je; vytvořte vlastní"
                                             : "A built-in record stays as it is; make your own"}},
                                nullptr);
}

Response refusal(const Ask& ask, const core::Reply& reply) {
    switch (reply.kind) {
        case core::Reply::Kind::not_found:
            return ask.envelope.not_found();
        case core::Reply::Kind::invalid:
            return ask.envelope.invalid(
                {{core_field(reply.field), refusal_text(reply.text, ask.envelope.language())}},
                nullptr);
        case core::Reply::Kind::unavailable:
            return ask.envelope.failure(503, refusal_text(reply.text, Language::cs), reply.text);
        case core::Reply::Kind::ok:
        case core::Reply::Kind::outdated:
        case core::Reply::Kind::blocked:
            break;
    }
    return ask.envelope.blocked(
        describe(reply.blockers, ask.envelope.language(), *ask.site.directory.now(), ask.user),
        core_field(reply.field));
}

View view_of(const Ask& ask, const PresenceMap* presence) {
    return View{ask.user, ask.site.directory.now(), ask.envelope, presence};
}

View whole_view_of(const Ask& ask) {
    static const auto sees_all = [] {
        auto nobody = std::make_shared<core::User>();  // of all such views
        nobody->access = core::Access::admin;
        return std::shared_ptr<const core::User>(std::move(nobody));
    }();
    return View{sees_all, ask.site.directory.now(), ask.envelope, nullptr, true};
}

Result<ListQuery> list_of(const Ask& ask) {
    const auto pairs = parse_form(ask.request.query);
    if (!pairs) {
        return pairs.error();
    }
    return parse_list(*pairs);
}

void on_worker(const AskPtr& ask, const Respond& respond,
               std::function<Response(store::Reader&)> work) {
    const bool taken =
        ask->site.readers.post([ask, respond, work = std::move(work)](Result<store::Reader*> r) {
            respond(r ? work(**r) : ask->envelope.error(r.error()));
        });
    if (!taken) {
        respond(overloaded());
    }
}

void begin_on_worker(const AskPtr& ask, const Respond& respond,
                     std::function<std::optional<Response>(store::Reader&)> work) {
    const bool taken =
        ask->site.readers.post([ask, respond, work = std::move(work)](Result<store::Reader*> r) {
            std::optional<Response> answer = r ? work(**r) : ask->envelope.error(r.error());
            if (answer) {
                respond(std::move(*answer));
            }
        });
    if (!taken) {
        respond(overloaded());
    }
}

void on_core(const AskPtr& ask, const Respond& respond,
             std::function<void(const core::State&, Instant)> look) {
    if (!ask->site.live.query(std::move(look))) {
        respond(overloaded());
    }
}

Response list_response(const Ask& ask, Rows rows, const KnownFields& known) {
    const auto list = list_of(ask);
    if (!list) {
        return ask.envelope.error(list.error());
    }
    auto listed = list_rows(std::move(rows), *list, known);
    if (!listed) {
        return ask.envelope.error(listed.error());
    }
    return ask.envelope.list(listed->rows, list->query.count ? listed->total : -1);
}

Response record_response(const Ask& ask, const json::Object& record, const KnownFields& known,
                         int status) {
    const auto list = list_of(ask);
    const Status shown = list ? check_fields(list->fields, known, record) : list.error();
    if (shown) {
        return ask.envelope.success(only_fields(record, list->fields), status);
    }
    // What has been written is not refused for the way in which it is to be shown.
    return ask.request.method == Method::get ? ask.envelope.error(shown.error())
                                             : ask.envelope.success(record, status);
}

void serve_list(const AskPtr& ask, const Respond& respond, KnownFields known,
                std::function<Rows(store::Reader&)> make) {
    on_worker(ask, respond,
              [ask, known = std::move(known), make = std::move(make)](store::Reader& reader) {
                  return list_response(*ask, make(reader), known);
              });
}

std::optional<json::Object> body_of(const AskPtr& ask, const Respond& respond) {
    auto body = read_body(ask->request);
    if (!body) {
        respond(ask->envelope.failure(400, "Požadavek nelze přečíst: " + body.error().text,
                                      body.error().text));
        return std::nullopt;
    }
    return std::move(*body);
}

bool refused(const AskPtr& ask, const Respond& respond, const Form& form,
             const json::Object& body) {
    if (form.errors().empty()) {
        return false;
    }
    json::Object echo = body;
    echo.erase("password");
    respond(ask->envelope.invalid(form.errors(), echo));
    return true;
}

bool is_judged_rightly(const Ask& ask, const core::State& state) {
    const auto records = ask.site.directory.now();
    const core::User* user = core::find_user(state, ask.user->id);
    return user != nullptr && records->roles_version == ask.roles_version &&
           *records->as_held(std::make_shared<const core::User>(*user)) == *ask.user;
}

void save(const AskPtr& ask, const Respond& respond, core::Input input, Note note,
          std::function<void(const core::Reply&, const core::State&)> then, Guard guard) {
    const bool taken = ask->site.live.submit(
        std::move(input),
        [ask, respond, then = std::move(then)](const core::Reply& reply) {
            if (reply.kind == core::Reply::Kind::outdated) {
                judge_again(*ask, respond);
                return;
            }
            if (reply.kind != core::Reply::Kind::ok) {
                respond(refusal(*ask, reply));
                return;
            }
            // Asked behind the batch, so that whoever follows the events has followed.
            on_core(ask, respond,
                    [reply, then](const core::State& state, Instant) { then(reply, state); });
        },
        std::move(note),
        [ask, guard = std::move(guard)](const core::State& state) {
            return is_judged_rightly(*ask, state) && (!guard || guard(state));
        });
    if (!taken) {
        respond(overloaded());
    }
}

}  // namespace linka::api::v6
