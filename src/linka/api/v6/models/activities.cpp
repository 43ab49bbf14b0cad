// /api/v6/activities: work of users on calls. POST {"type":"CALL"} dials; PUT changes what is
// written about work, open or closed, {"action":"CLOSE"} closes it then, {"action":"POSTPONE"}
// parks.
#include "linka/api/live/actions.hpp"
#include "linka/api/live/blocker_text.hpp"
#include "linka/api/live/names.hpp"
#include "linka/api/v6/body.hpp"
#include "linka/api/v6/describe/rows.hpp"
#include "linka/api/v6/work_rows.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <set>
#include <variant>

namespace linka::api::v6 {

namespace {

Response list_work(const Ask& ask, store::Reader& reader) {
    auto list = list_of(ask);
    if (!list) {
        return ask.envelope.error(list.error());
    }
    if (const Status asked = check_asked(*list, activities_description().known()); !asked) {
        return ask.envelope.error(asked.error());
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
    Nested nested(reader, view);
    const Rows no_activities;
    std::map<std::int64_t, json::Value> by_id;
    for (const json::Object& call : *calls) {
        by_id.emplace(number_in(call, "id"),
                      read_row(calls_description(), ShownCall{call, no_activities, nested}, view));
    }
    const json::Value no_call(nullptr);
    json::Array data;
    for (const json::Object& row : rows) {
        const auto call = by_id.find(number_in(row, "interaction"));
        const json::Value& item = call == by_id.end() ? no_call : call->second;
        data.push_back(
            only_fields(read_row(activities_description(), ShownActivity{row, item, nested}, view),
                        list->fields));
    }
    return ask.envelope.list(data, list->query.count ? page->total : -1);
}

void list_activities(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader& reader) { return list_work(*ask, reader); });
}

// Empty: there is none, or not for the one who asks.
Result<json::Object> work_row(const Ask& ask, store::Reader& reader, core::ActivityId id) {
    store::Query query;
    query.filter = all_of(
        {is_equal("id", std::to_string(id.value)), visible_rows(*ask.user, *view_of(ask).records)});
    const auto page = reader.list(store::Model::activities, query);
    if (!page) {
        return page.error();
    }
    return page->rows.empty() ? json::Object() : row_object(page->rows.front());
}

Response work_response(const Ask& ask, store::Reader& reader, core::ActivityId id, int status) {
    const View view = view_of(ask);
    const auto row = work_row(ask, reader, id);
    if (!row || row->empty()) {
        return row ? ask.envelope.not_found() : ask.envelope.error(row.error());
    }
    const auto calls = rows_by(reader, store::Model::interactions, "id",
                               {std::to_string(number_in(*row, "interaction"))});
    Nested nested(reader, view);
    const Rows no_activities;
    json::Value item;
    if (calls && !calls->empty()) {
        item =
            read_row(calls_description(), ShownCall{calls->front(), no_activities, nested}, view);
    }
    return record_response(
        ask, read_row(activities_description(), ShownActivity{*row, item, nested}, view),
        activities_description().known(), status);
}

void one_activity(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader& reader) {
        return work_response(*ask, reader, activity_from_name(ask->name), 200);
    });
}

// After the core has dialled, the stored activity; the store has the events by then.
void dial(const AskPtr& ask, const Respond& respond, core::CallOut input) {
    const bool taken =
        ask->site.live.submit(std::move(input), [ask, respond](const core::Reply& reply) {
            if (reply.kind != core::Reply::Kind::ok) {
                respond(refusal(*ask, reply));
                return;
            }
            on_worker(ask, respond, [ask, id = reply.activity](store::Reader& reader) {
                Response response = work_response(*ask, reader, id, 201);
                if (response.status == 404) {  // it begins only when the device answers
                    json::Object result;
                    result["name"] = activity_name(id);
                    result["type"] = "CALL";
                    result["action"] = "OPEN";
                    result["_sys"] = sys("activities", activity_name(id));
                    return ask->envelope.success(result, 201);
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
        return activity.status == 200
                   ? list_response(*ask, {}, fields_named({"file", "title", "type", "size"}))
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
    form.text("number", number, dialled_bytes_max);
    if (!text::equal_ignoring_case(type, "CALL")) {
        form.wrong("type", "vytvořit lze jen CALL", "only CALL can be created");
    }
    form.require("number", !number.empty());
    core::UserId user = ask->user->id;
    if (const auto name = form.relation("user"); name && *name != ask->user->name) {
        const auto other = ask->site.directory.now()->user(std::string_view(*name));
        const bool allowed =
            other &&
            may(*ask->site.directory.now(), *ask->user, Module::supervision, Operation::create) &&
            sight_of(*ask->user, *other) == Sight::full;
        if (allowed) {
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
    dial(ask, respond, core::CallOut{user, number, core::QueueId{*queue_number}});
}

// Statuses that there are, and those that the activity has already: they may have been removed.
void check_statuses(Form& form, const core::Description& given, const json::Object& present,
                    const StatusBook& book) {
    std::set<std::string> once;
    for (const std::string& name : given.statuses.value_or(std::vector<std::string>())) {
        const json::Array& now = present.at("statuses").as_array();
        const bool had = std::any_of(now.begin(), now.end(), [&](const json::Value& status) {
            return scalar(status.as_object().at("name")) == name;
        });
        if (!had && !book.has(name)) {
            form.wrong("statuses", "neznámý stav " + name, "unknown status " + name);
        } else if (!once.insert(name).second) {
            form.wrong("statuses", "stav " + name + " dvakrát", "status " + name + " twice");
        }
    }
}

void describe_work(const AskPtr& ask, const Respond& respond, core::DescribeActivity input) {
    core::DescribeActivity again = input;
    again.then = core::ThenDo::nothing;
    const core::ThenDo then = input.then;
    const bool taken = ask->site.live.submit(
        std::move(input), [ask, respond, again, then](const core::Reply& reply) {
            if (reply.kind == core::Reply::Kind::not_found && then == core::ThenDo::close) {
                describe_work(ask, respond, again);  // closed by its user meanwhile
            } else if (reply.kind != core::Reply::Kind::ok) {
                respond(refusal(*ask, reply));
            } else {
                on_worker(ask, respond, [ask, id = again.activity](store::Reader& reader) {
                    return work_response(*ask, reader, id, 200);
                });
            }
        });
    if (!taken) {
        respond(overloaded());
    }
}

// The activity as it is, and what is to be done with it; an answer instead if it is not to be done.
std::variant<core::DescribeActivity, Response> judged(const Ask& ask, store::Reader& reader,
                                                      const json::Object& body) {
    const core::ActivityId id = activity_from_name(ask.name);
    const auto row = work_row(ask, reader, id);
    if (!row || row->empty()) {
        return row ? ask.envelope.not_found() : ask.envelope.error(row.error());
    }
    const bool own = number_in(*row, "user") == ask.user->id.value;
    if (!own && !may(*ask.site.directory.now(), *ask.user, Module::activities, Operation::update)) {
        return ask.envelope.failure(403, "Popsat můžete jen aktivitu, na které jste pracovali",
                                    "You can describe only work of your own");
    }
    const View view = view_of(ask);
    Nested nested(reader, view);
    Wanted change;
    const json::Value no_call(nullptr);
    ShownActivity activity{*row, no_call, nested, &change};
    const json::Object present = read_row(activities_description(), activity, view);
    change.present = &present;
    Form form(body, ask.envelope.language());
    write_record(activities_description(), form, form.language(), activity, *view.records, nullptr);
    check_statuses(form, change.description, present, nested.statuses());
    const std::string now = text_in(*row, "action");
    Instant until;
    if (change.until && *change.until != scalar(present.at("time_open"))) {  // not as it was read
        until = ask.envelope.zone().instant(*change.until).value_or(Instant());
    }
    core::DescribeActivity input{ask.user->id, id, std::move(change.description),
                                 core::ThenDo::nothing, until};
    if (change.action == "CLOSE" && now != "CLOSE") {
        input.then = core::ThenDo::close;
    } else if (change.action == "POSTPONE" && (now != "POSTPONE" || until)) {
        input.then = core::ThenDo::postpone;
    } else if (!change.action.empty() && change.action != now) {
        form.wrong("action", "změnit lze na CLOSE nebo POSTPONE",
                   "can be changed to CLOSE or POSTPONE");
    }
    if (!form.errors().empty()) {
        return ask.envelope.invalid(form.errors(), body);
    }
    if (now == "WAIT" || number_in(*row, "opened") == 0) {
        return ask.envelope.failure(409, "Aktivita ještě čeká na operátora",
                                    "The activity still waits for an agent");
    }
    if (input.then == core::ThenDo::postpone && now == "CLOSE") {
        return ask.envelope.failure(409, "Aktivita je uzavřená", "The activity is closed");
    }
    if (input.then != core::ThenDo::nothing && !own) {
        return ask.envelope.failure(403, "Zavřít a odložit lze jen vlastní aktivitu",
                                    "One can close and postpone one's own activities only");
    }
    return input;
}

void update_activity(const AskPtr& ask, const Respond& respond) {
    auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    const bool taken = ask->site.readers.post(
        [ask, respond, body = std::move(*body)](const Result<store::Reader*>& reader) {
            if (!reader) {
                respond(ask->envelope.error(reader.error()));
                return;
            }
            auto what = judged(*ask, **reader, body);
            if (auto* input = std::get_if<core::DescribeActivity>(&what)) {
                describe_work(ask, respond, std::move(*input));
            } else {
                respond(std::get<Response>(std::move(what)));
            }
        });
    if (!taken) {
        respond(overloaded());
    }
}

}  // namespace

Model activities_model() {
    Model model;
    model.name = activities_description().model;
    model.list = list_activities;
    model.one = one_activity;
    model.create = create_activity;
    model.update = update_activity;
    model.relation = activity_relation;
    model.shown = activities_description().fields();
    return model;
}

}  // namespace linka::api::v6
