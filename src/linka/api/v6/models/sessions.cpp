// /api/v6/realtimeSessions: the sessions of call-centre users now. /api/v6/usersSession: POST logs
// the caller in to and out of queues.
#include "linka/api/v6/describe/rows.hpp"
#include "linka/api/v6/work_rows.hpp"
#include "linka/base/text.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {

// What is copied from the core; the rest is made on a worker.
struct Facts {
    core::Session session;
    std::string extension;
    std::string telephone;
    core::InteractionId call;
};

std::vector<Facts> facts_of(const core::State& state, const Ask& ask) {
    const Viewer viewer(*ask.site.directory.now(), ask.user);
    std::vector<Facts> all;
    for (const auto& [id, session] : state.sessions) {
        const core::User* user = core::find_user(state, id);
        if (user == nullptr || !session.logged_in || viewer.sight_of(*user) != Sight::full) {
            continue;
        }
        Facts facts{session, user->extension, "Unavailable", {}};
        for (const core::DeviceId device : session.devices) {
            if (core::is_reachable(state, device)) {
                facts.telephone = "Idle";
            }
        }
        if (core::is_on_call(state, id)) {
            facts.telephone = "Busy";
        }
        for (const core::ActivityId activity : core::activities_of_user(state, id)) {
            const core::Activity* open = core::find_activity(state, activity);
            if (open != nullptr && !open->finished) {
                facts.call = open->interaction;
            }
        }
        all.push_back(std::move(facts));
    }
    return all;
}

std::string name_of_session(const Facts& facts, const View& view) {
    const auto user = view.records->user(facts.session.user);
    return user ? user->name : std::string();
}

using OfFacts = json::Value (*)(const Facts&);

json::Value state_of_session(const Facts& facts) {
    const core::Session& session = facts.session;
    return json::Value(session.pause ? "Paused" : (session.ready ? "Idle" : "Session"));
}

json::Value telephone_of_session(const Facts& facts) {
    return json::Value(facts.telephone);
}

json::Value extension_of_session(const Facts& facts) {
    return text_or_null(facts.extension);
}

json::Value call_of_session(const Facts& facts) {
    return facts.call ? json::Value(call_name(facts.call.value)) : json::Value(nullptr);
}

Member<Facts> fact(std::string name, OfFacts read) {
    return member::shown<Facts>(
        std::move(name), FieldKind::text,
        [read](const Facts& facts, const json::Object&, const View&) { return read(facts); });
}

Member<Facts> choice_fact(std::string name, OfFacts read, std::vector<std::string> choices) {
    Member<Facts> out = fact(std::move(name), read);
    out.field.kind = FieldKind::choice;
    return std::move(out).choices(std::move(choices));
}

// Null for none.
Member<Facts> time_fact(std::string name, Instant (*read)(const core::Session&)) {
    return member::shown<Facts>(std::move(name), FieldKind::time,
                                [read](const Facts& facts, const json::Object&, const View& view) {
                                    return view.envelope.time(read(facts.session));
                                })
        .nullable();
}

// A record of `model`; null for none.
Member<Facts> record_fact(std::string name, std::string model,
                          json::Value (*read)(const core::Session&, const View&)) {
    return member::shown<Facts>(std::move(name), FieldKind::record,
                                [read](const Facts& facts, const json::Object&, const View& view) {
                                    return read(facts.session, view);
                                })
        .of(std::move(model))
        .nullable();
}

const Description<Facts>& sessions_description() {
    using core::Session;
    static const std::vector<std::string> telephone{"Unavailable", "Idle", "Busy"};
    static const Description<Facts> all{
        "realtimeSessions",
        Module::users,
        {},
        {member::shown<Facts>("name", FieldKind::text,
                              [](const Facts& facts, const json::Object&, const View& view) {
                                  return json::Value(name_of_session(facts, view));
                              })
             .about("that of the user"),
         record_fact(
             "id_agent", "users",
             [](const Session& session, const View& view) { return view.user_ref(session.user); }),
         choice_fact("state", state_of_session, {"Paused", "Idle", "Session"})
             .about("Session: not ready"),
         fact("exten", extension_of_session).nullable(),
         choice_fact("exten_status", telephone_of_session, telephone),
         choice_fact("presence_status", telephone_of_session, telephone),
         time_fact("logintime", [](const Session& session) { return session.logged_in_since; }),
         time_fact("lastcalltime", [](const Session& session) { return session.last_activity; }),
         record_fact("lastqueue", "queues",
                     [](const Session& session, const View& view) {
                         return view.queue_ref(session.state_queue);
                     }),
         record_fact("id_pause", "pauses",
                     [](const Session& session, const View& view) {
                         return view.pause_ref(session.pause);
                     }),
         time_fact("onpause",
                   [](const Session& session) {
                       return session.pause ? session.pause_since : Instant();
                   }),
         time_fact("statetime", [](const Session& session) { return session.state_since; }),
         fact("id_call", call_of_session)
             .nullable()
             .about("the call that they are at, as in activitiesCall"),
         time_fact("unwrap", [](const Session& session) { return session.pause_until; })}};
    return all;
}

json::Object session_json(const Facts& facts, const View& view) {
    return read_row(sessions_description(), facts, view);
}

void list_sessions(const AskPtr& ask, const Respond& respond) {
    on_core(ask, respond, [ask, respond](const core::State& state, Instant) {
        auto facts = std::make_shared<const std::vector<Facts>>(
            facts_of(state, *ask));  // ours and the worker's
        serve_list(ask, respond, sessions_description().known(), [ask, facts](store::Reader&) {
            const View view = view_of(*ask);
            Rows rows;
            for (const Facts& one : *facts) {
                rows.push_back(session_json(one, view));
            }
            return rows;
        });
    });
}

void one_session(const AskPtr& ask, const Respond& respond) {
    on_core(ask, respond, [ask, respond](const core::State& state, Instant) {
        const View view = view_of(*ask);
        for (const Facts& one : facts_of(state, *ask)) {
            const auto user = view.records->user(one.session.user);
            if (user && user->name == ask->name) {
                respond(
                    record_response(*ask, session_json(one, view), sessions_description().known()));
                return;
            }
        }
        respond(ask->envelope.not_found());
    });
}

void write_queues(Form& form, core::ChangeQueues& change, const Records&) {
    const json::Value* queues = form.value("queues");
    if (queues == nullptr || !queues->is_array()) {
        form.require("queues", false);
        return;
    }
    for (const json::Value& element : queues->get_array()) {
        const json::Object entry = element.is_object() ? element.get_object() : json::Object();
        Form inner(entry, form.language());
        bool login = true;
        inner.flag("login", login);
        const std::string name = inner.relation("name").value_or("");
        const auto number = text::to_int(name);
        if (!number || !inner.errors().empty()) {
            form.wrong("queues", name + ": neplatná fronta", name + ": invalid queue");
            continue;
        }
        (login ? change.login : change.logout).emplace_back(*number);
    }
}

const Description<core::ChangeQueues>& changed_queues_description() {
    static const Description<core::ChangeQueues> all{
        "usersSession",
        Module::users,
        {},
        {member::special<core::ChangeQueues>("queues", FieldKind::rights, nullptr, write_queues)
             .of("queues")
             .required()
             .about("{name, login}: into which to log in, and out of which (login: false)")}};
    return all;
}

void change_queues(const AskPtr& ask, const Respond& respond) {
    const auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    Form form(*body, ask->envelope.language());
    core::ChangeQueues change{ask->user->id, {}, {}};
    write_record(changed_queues_description(), form, form.language(), change,
                 *ask->site.directory.now(), nullptr);
    if (refused(ask, respond, form, *body)) {
        return;
    }
    save(ask, respond, std::move(change), Note(),
         [ask, respond, echo = *body](const core::Reply&, const core::State&) {
             respond(ask->envelope.success(echo, 201));
         });
}

}  // namespace

Model realtime_sessions_model() {
    Model model;
    model.name = sessions_description().model;
    model.list = list_sessions;
    model.one = one_session;
    model.shown = sessions_description().fields();
    return model;
}

Model users_session_model() {
    Model model;
    model.name = changed_queues_description().model;
    model.create = change_queues;
    model.shown = changed_queues_description().fields();
    return model;
}

}  // namespace linka::api::v6
