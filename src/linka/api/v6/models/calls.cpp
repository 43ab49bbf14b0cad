// /api/v6/activitiesCall: calls as customers made or got them, one for each visit of a queue and
// each direct call. What queue figures count.
#include "linka/api/v6/describe/rows.hpp"
#include "linka/api/v6/work_rows.hpp"

namespace linka::api::v6 {

namespace {

std::map<std::int64_t, Rows> activities_by_call(Rows rows) {
    std::map<std::int64_t, Rows> by_call;
    for (json::Object& row : rows) {
        by_call[number_in(row, "interaction")].push_back(std::move(row));
    }
    return by_call;
}

Response calls_response(const Ask& ask, store::Reader& reader, const ListQuery& list,
                        store::Query query, bool one) {
    const View view = view_of(ask);
    query.filter = all_of({std::move(query.filter), visible_calls(*ask.user, *view.records)});
    const auto page = reader.list(store::Model::interactions, query);
    if (!page) {
        return ask.envelope.error(page.error());
    }
    Rows rows;
    std::vector<std::string> ids;
    for (const std::string& text : page->rows) {
        rows.push_back(row_object(text));
        ids.push_back(std::to_string(number_in(rows.back(), "id")));
    }
    auto nested = rows_by(reader, store::Model::activities, "interaction", std::move(ids));
    if (!nested) {
        return ask.envelope.error(nested.error());
    }
    auto by_call = activities_by_call(std::move(*nested));
    Nested related(reader, view);
    json::Array data;
    for (const json::Object& row : rows) {
        const ShownCall of{row, by_call[number_in(row, "id")], related};
        json::Object call = read_row(calls_description(), of, view);
        data.push_back(one ? call : only_fields(call, list.fields));
    }
    if (one) {
        return data.empty()
                   ? ask.envelope.not_found()
                   : record_response(ask, data.front().as_object(), calls_description().known());
    }
    return ask.envelope.list(data, list.query.count ? page->total : -1);
}

void list_calls(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader& reader) {
        const auto list = list_of(*ask);
        if (!list) {
            return ask->envelope.error(list.error());
        }
        if (const Status asked = check_asked(*list, calls_description().known()); !asked) {
            return ask->envelope.error(asked.error());
        }
        auto query = to_sql(list->query, call_fields(), view_of(*ask));
        return query ? calls_response(*ask, reader, *list, std::move(*query), false)
                     : ask->envelope.error(query.error());
    });
}

void one_call(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader& reader) {
        store::Query query;
        query.filter = is_equal("id", std::to_string(call_from_name(ask->name)));
        return calls_response(*ask, reader, {}, std::move(query), true);
    });
}

// Only the contact of a call can be changed, and there are no contacts to give it.
void update_call(const AskPtr& ask, const Respond& respond) {
    const auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    Form form(*body, ask->envelope.language());
    for (const auto& [field, value] : *body) {
        if (field != "contact") {
            form.wrong(field, "nelze změnit", "cannot be changed");
        } else if (!value.is_null()) {
            form.wrong(field, "neznámý kontakt", "unknown contact");
        }
    }
    if (!refused(ask, respond, form, *body)) {
        one_call(ask, respond);
    }
}

}  // namespace

Model calls_model() {
    Model model;
    model.name = calls_description().model;
    model.list = list_calls;
    model.one = one_call;
    model.update = update_call;
    model.shown = calls_description().fields();
    return model;
}

}  // namespace linka::api::v6
