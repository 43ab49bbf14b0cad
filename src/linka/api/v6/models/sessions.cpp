// /api/v6/realtimeSessions: the sessions of call-centre users now. /api/v6/usersSession: POST logs
// the caller in to and out of queues.
#include "linka/api/v6/work_rows.hpp"
#include "linka/base/text.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {

const std::vector<std::string>& session_fields() {
    static const std::vector<std::string> fields{
        "name",      "id_agent",     "state",     "exten",    "exten_status", "presence_status",
        "logintime", "lastcalltime", "lastqueue", "id_pause", "onpause",      "statetime",
        "id_call",   "unwrap",       "_sys"};
    return fields;
}

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

json::Object session_json(const Facts& facts, const View& view) {
    const core::Session& session = facts.session;
    const Envelope& envelope = view.envelope;
    const auto user = view.records->user(session.user);
    const std::string name = user ? user->name : std::string();
    json::Object out;
    out["name"] = name;
    out["id_agent"] = view.user_ref(session.user);
    out["state"] = session.pause ? "Paused" : (session.ready ? "Idle" : "Session");
    out["exten"] = text_or_null(facts.extension);
    out["exten_status"] = facts.telephone;
    out["presence_status"] = facts.telephone;
    out["logintime"] = envelope.time(session.logged_in_since);
    out["lastcalltime"] = envelope.time(session.last_activity);
    out["lastqueue"] = view.queue_ref(session.state_queue);
    out["id_pause"] = view.pause_ref(session.pause);
    out["onpause"] = envelope.time(session.pause ? session.pause_since : Instant());
    out["statetime"] = envelope.time(session.state_since);
    if (facts.call) {
        out["id_call"] = call_name(facts.call.value);  // as in activitiesCall
    } else {
        out["id_call"] = nullptr;
    }
    out["unwrap"] = envelope.time(session.pause_until);
    out["_sys"] = sys("realtimeSessions", name);
    return out;
}

void list_sessions(const AskPtr& ask, const Respond& respond) {
    on_core(ask, respond, [ask, respond](const core::State& state, Instant) {
        auto facts = std::make_shared<const std::vector<Facts>>(
            facts_of(state, *ask));  // ours and the worker's
        serve_list(ask, respond, session_fields(), [ask, facts](store::Reader&) {
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
                respond(record_response(*ask, session_json(one, view), session_fields()));
                return;
            }
        }
        respond(ask->envelope.not_found());
    });
}

void change_queues(const AskPtr& ask, const Respond& respond) {
    const auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    Form form(*body, ask->envelope.language());
    core::ChangeQueues change{ask->user->id, {}, {}};
    const json::Value* queues = form.value("queues");
    if (queues == nullptr || !queues->is_array()) {
        form.require("queues", false);
    } else {
        for (const json::Value& element : queues->get_array()) {
            const json::Object entry = element.is_object() ? element.get_object() : json::Object();
            Form inner(entry, ask->envelope.language());
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
    return {"realtimeSessions", {}, list_sessions, one_session, nullptr, nullptr, nullptr, nullptr};
}

Model users_session_model() {
    return {"usersSession", {}, nullptr, nullptr, change_queues, nullptr, nullptr, nullptr};
}

}  // namespace linka::api::v6
