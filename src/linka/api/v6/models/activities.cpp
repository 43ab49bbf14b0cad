// /api/v6/activities: work of users on calls. POST {"type":"CALL"} dials, PUT {"action":"CLOSE"}
// saves and closes, PUT {"action":"POSTPONE"} parks.
#include "linka/api/live/actions.hpp"
#include "linka/api/live/blocker_text.hpp"
#include "linka/api/live/names.hpp"
#include "linka/api/v6/body.hpp"
#include "linka/api/v6/work_rows.hpp"
#include "linka/base/text.hpp"
#include "linka/core/limits.hpp"

namespace linka::api::v6 {

namespace {

Response list_work(const Ask& ask, store::Reader& reader) {
    auto list = list_of(ask);
    if (!list) {
        return ask.envelope.error(list.error());
    }
    const View view = view_of(ask);
    auto query = to_sql(list->query, activity_fields(), view);
    if (!query) {
        return ask.envelope.error(query.error());
    }
    query->filter = all_of({std::move(query->filter), visible_rows(*ask.user, *view.records)});
    const auto page = reader.list(store::Model::activities, *query);
    if (!page) {
        return ask.envelope.error(page.error());
    }
    Rows rows;
    std::vector<std::string> ids;
    for (const std::string& text : page->rows) {
        rows.push_back(row_object(text));
        ids.push_back(std::to_string(number_in(rows.back(), "interaction")));
    }
    auto calls = rows_by(reader, store::Model::interactions, "id", std::move(ids));
    if (!calls) {
        return ask.envelope.error(calls.error());
    }
    const StatusBook book(reader);
    std::map<std::int64_t, json::Object> by_id;
    for (const json::Object& call : *calls) {
        by_id.emplace(number_in(call, "id"), call_json(call, view, {}, book));
    }
    json::Array data;
    for (const json::Object& row : rows) {
        const auto call = by_id.find(number_in(row, "interaction"));
        const json::Value item = call == by_id.end() ? json::Value(nullptr) : call->second;
        data.push_back(only_fields(activity_json(row, view, item, book), list->fields));
    }
    return ask.envelope.list(data, list->query.count ? page->total : -1);
}

void list_activities(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader& reader) { return list_work(*ask, reader); });
}

Response work_response(const Ask& ask, store::Reader& reader, core::ActivityId id, int status) {
    const View view = view_of(ask);
    store::Query query;
    query.filter =
        all_of({is_equal("id", std::to_string(id.value)), visible_rows(*ask.user, *view.records)});
    const auto page = reader.list(store::Model::activities, query);
    if (!page) {
        return ask.envelope.error(page.error());
    }
    if (page->rows.empty()) {
        return ask.envelope.not_found();
    }
    const json::Object row = row_object(page->rows.front());
    const auto calls = rows_by(reader, store::Model::interactions, "id",
                               {std::to_string(number_in(row, "interaction"))});
    const StatusBook book(reader);
    const json::Value item = calls && !calls->empty()
                                 ? json::Value(call_json(calls->front(), view, {}, book))
                                 : json::Value(nullptr);
    return record_response(ask, activity_json(row, view, item, book), status);
}

void one_activity(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader& reader) {
        return work_response(*ask, reader, activity_from_name(ask->name), 200);
    });
}

// The core has no such work any more. Closing what is closed changes nothing, and a client that did
// not hear the first answer asks again; what else is asked of closed work is refused with the
// reason.
void answer_as_stored(const AskPtr& ask, const Respond& respond, core::ActivityId id) {
    on_worker(ask, respond, [ask, id](store::Reader& reader) {
        Response stored = work_response(*ask, reader, id, 200);
        const auto body = read_body(ask->request);
        const bool closing = body && Form(*body, Language::en).relation("action") == "CLOSE";
        return stored.status != 200 || closing
                   ? stored
                   : ask->envelope.failure(409, "Aktivita je uzavřená", "The activity is closed");
    });
}

// After the core has done it, the stored activity; the store has the events by then.
void act(const AskPtr& ask, const Respond& respond, core::Input input, core::ActivityId known,
         int status) {
    const bool taken = ask->site.live.submit(
        std::move(input), [ask, respond, known, status](const core::Reply& reply) {
            if (reply.kind == core::Reply::Kind::not_found && known) {
                answer_as_stored(ask, respond, known);
                return;
            }
            if (reply.kind != core::Reply::Kind::ok) {
                respond(refusal(*ask, reply));
                return;
            }
            const core::ActivityId id = reply.activity ? reply.activity : known;
            on_worker(ask, respond, [ask, id, status](store::Reader& reader) {
                Response response = work_response(*ask, reader, id, status);
                if (response.status == 404) {  // it begins only when the device answers
                    json::Object result;
                    result["name"] = activity_name(id);
                    result["type"] = "CALL";
                    result["action"] = "OPEN";
                    result["_sys"] = sys("activities", activity_name(id));
                    return ask->envelope.success(result, status);
                }
                return response;
            });
        });
    if (!taken) {
        respond(overloaded());
    }
}

// Nothing can be attached to a call; a client asks all the same.
void activity_relation(const AskPtr& ask, const Respond& respond) {
    if (!text::equal_ignoring_case(ask->relation, "attachments")) {
        respond(ask->envelope.not_found());
        return;
    }
    on_worker(ask, respond, [ask](store::Reader& reader) {
        const Response activity = work_response(*ask, reader, activity_from_name(ask->name), 200);
        return activity.status == 200 ? list_response(*ask, {}, {"file", "title", "type", "size"})
                                      : activity;
    });
}

void create_activity(const AskPtr& ask, const Respond& respond) {
    const auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    Form form(*body, ask->envelope.language());
    std::string type;
    std::string number;
    form.text("type", type, 16);
    form.text("number", number, 64);
    if (!text::equal_ignoring_case(type, "CALL")) {
        form.wrong("type", "vytvořit lze jen CALL", "only CALL can be created");
    }
    form.require("number", !number.empty());
    core::UserId user = ask->user->id;
    if (const auto name = form.relation("user"); name && *name != ask->user->name) {
        const auto other = ask->site.directory.now()->user(std::string_view(*name));
        const bool may = other && ask->user->access != core::Access::agent &&
                         sight_of(*ask->user, *other) == Sight::full;
        if (may) {
            user = other->id;
        } else {
            form.wrong("user", "neznámý uživatel", "unknown user");
        }
    }
    const auto queue = form.relation("queue");
    const auto queue_number = queue ? text::to_int(*queue) : std::optional<std::int64_t>(0);
    if (!queue_number) {
        form.wrong("queue", "neplatné číslo fronty", "not a queue number");
    }
    if (refused(ask, respond, form, *body)) {
        return;
    }
    act(ask, respond, core::CallOut{user, number, core::QueueId{*queue_number}}, {}, 201);
}

void update_activity(const AskPtr& ask, const Respond& respond) {
    const auto body = body_of(ask, respond);
    const core::ActivityId id = activity_from_name(ask->name);
    if (!body) {
        return;
    }
    Form form(*body, ask->envelope.language());
    std::string action;
    std::string note;
    form.text("action", action, 16);
    form.text("description", note, core::limits::note_bytes_max);
    const std::vector<std::string> statuses = form.names("statuses");
    Instant until;
    if (const auto at = form.relation("time_open")) {
        until = ask->envelope.zone().instant(*at).value_or(Instant());
    }
    if (action != "CLOSE" && action != "POSTPONE") {
        form.wrong("action", "změnit lze na CLOSE nebo POSTPONE",
                   "can be changed to CLOSE or POSTPONE");
    }
    if (refused(ask, respond, form, *body)) {
        return;
    }
    if (action == "CLOSE") {
        act(ask, respond, core::CloseActivity{ask->user->id, id, statuses, note}, id, 200);
    } else {
        act(ask, respond, core::PostponeActivity{ask->user->id, id, until}, id, 200);
    }
}

}  // namespace

Model activities_model() {
    return {"activities",    {},      list_activities,  one_activity, create_activity,
            update_activity, nullptr, activity_relation};
}

}  // namespace linka::api::v6
