// /api/v6/auditLog: who changed what and when, with the fields before and after, and what else is
// noted (who listened to which recording). PUT {"taken_back":true} undoes a change: as a change of
// its own, by the way of any other, so that it meets the same checks. Who reads it sees only the
// changes of records that they may read.
#include "linka/api/v6/describe/audit_rows.hpp"
#include "linka/api/v6/describe/bringing_back.hpp"
#include "linka/api/v6/describe/change.hpp"
#include "linka/api/v6/describe/change_mask.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <utility>

namespace linka::api::v6 {

namespace {

struct Entries {
    std::vector<json::Object> rows;
    std::int64_t total = 0;
};

// The one way by which entries leave the log: those that may be read, without what is hidden.
Result<Entries> entries(store::Query query, const ChangeMask& mask, store::Reader& reader) {
    query.filter = all_of({mask.compared(std::move(query.filter)), mask.readable()});
    const auto page = reader.list(store::Model::audit, query);
    if (!page) {
        return page.error();
    }
    Entries out{{}, page->total};
    for (const std::string& row : page->rows) {
        out.rows.push_back(mask.shown(row_object(row)));
    }
    return out;
}

std::optional<json::Object> entry(const Ask& ask, const ChangeMask& mask, store::Reader& reader) {
    store::Query query;
    query.filter = is_equal("id", std::to_string(change_from_name(ask.name)));
    query.take = 1;
    query.count = false;
    const auto found = entries(std::move(query), mask, reader);
    return found && !found->rows.empty() ? std::optional(found->rows.front()) : std::nullopt;
}

// In the words of the table.
Result<store::Query> query_of(const store::Query& asked, const ChangeMask& mask,
                              store::Reader& reader) {
    const View& view = mask.view();
    auto query = to_sql(asked, change_fields(), view);
    if (!query) {
        return query.error();
    }
    for (const store::Sort& sort : query->sort) {
        if (!mask.shows_all_values() && is_of_values(sort.field)) {
            return fail(ErrorCode::invalid,
                        "cannot sort by '" + sort.field + "': not all of it is shown", "sort");
        }
    }
    query->filter = all_of(
        {std::move(query->filter), with_words(std::exchange(query->search, {}), view, reader)});
    return query;
}

void list_changes(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader& reader) {
        const auto list = list_of(*ask);
        if (!list) {
            return ask->envelope.error(list.error());
        }
        if (const Status asked = check_asked(*list, changes_description().known()); !asked) {
            return ask->envelope.error(asked.error());
        }
        const View view = view_of(*ask);
        const ChangeMask mask(view);
        auto query = query_of(list->query, mask, reader);
        const auto found =
            query ? entries(std::move(*query), mask, reader) : Result<Entries>(query.error());
        if (!found) {
            return ask->envelope.error(found.error());
        }
        json::Array data;
        for (const json::Object& row : found->rows) {
            data.push_back(only_fields(change_json(row, view, reader), list->fields));
        }
        return ask->envelope.list(data, list->query.count ? found->total : -1);
    });
}

Response one_entry(const Ask& ask, store::Reader& reader) {
    const View view = view_of(ask);
    const auto found = entry(ask, ChangeMask(view), reader);
    return found ? record_response(ask, change_json(*found, view, reader),
                                   changes_description().known())
                 : ask.envelope.not_found();
}

void one_change(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader& reader) { return one_entry(*ask, reader); });
}

/// A change that is being taken back.
struct TakingBack {
    const Model* model = nullptr;
    std::int64_t id = 0;
    std::string name;                    // of the record
    std::string verb;                    // create, update, delete
    json::Object before;                 // of the change; what is wanted again
    json::Object after;                  // what must still be so
    std::optional<Instant> other_since;  // another record has its name now
};

std::optional<TakingBack> taking_back(const json::Object& row, store::Reader& reader) {
    TakingBack out;
    const std::string name = text_in(row, "model");
    const auto found = std::find_if(models().begin(), models().end(),
                                    [&](const Model& model) { return model.name == name; });
    if (!stands(row) || found == models().end()) {
        return std::nullopt;
    }
    out.model = &*found;
    out.id = number_in(row, "id");
    out.name = text_in(row, "name");
    out.verb = text_in(row, "what").substr(name.size() + 1);
    out.before = row_object(text_in(row, "before"));
    out.after = row_object(text_in(row, "after"));
    out.after.erase(people_member);
    // Older entries name the built-in profile of whoever had none.
    auto access = core::Access::agent;
    if (name == "users" && enum_from_name(text_in(out.after, "profile"), access)) {
        out.after["profile"] = nullptr;
    }
    out.other_since = made_after(row, reader);
    return out;
}

AskPtr inner_ask(const Ask& ask, const TakingBack& change, Method method, json::Object body) {
    const auto inner = std::make_shared<Ask>(ask);  // owned by the answers under way
    inner->request.method = method;
    inner->request.query.clear();
    inner->request.body = method == Method::put || method == Method::post
                              ? boost::json::serialize(body)
                              : std::string();
    inner->name = method == Method::post ? std::string() : change.name;
    inner->relation.clear();
    inner->takes_back = change.id;
    return inner;
}

// The fields of `values` as the record has them now.
json::Object present_of(const json::Object& record, const Model& model,
                        const json::Object& values) {
    json::Object out;
    for (const Field& field : model.described->fields) {
        if (!field_value(values, field.name).is_null() || values.contains(field.name)) {
            set_field(out, field.name, plain_value(field_value(record, field.name)));
        }
    }
    return out;
}

json::Object versions(json::Object present, const json::Object& wanted) {
    const auto or_null = [](json::Object values) {
        return values.empty() ? json::Value(nullptr) : json::Value(std::move(values));
    };
    return {{"present", or_null(std::move(present))}, {"wanted", or_null(wanted)}};
}

// A record stands where the change was, or would be: which one, and since when.
Response replaced(const Ask& ask, const TakingBack& change, const json::Object& record) {
    const std::string title = text_in(record, "title");
    const std::string shown = title.empty() || title == change.name
                                  ? change.name
                                  : text::format("{} ({})", title, change.name);
    const json::Object result = versions(record, change.before);
    if (!change.other_since) {
        return ask.envelope.replaced(text::format("Už tu zase je: {}.", shown),
                                     text::format("It is there again: {}.", shown), result);
    }
    const std::string since = ask.envelope.zone().text(*change.other_since);
    return ask.envelope.replaced(
        text::format("Pod tím jménem tu teď stojí jiný záznam: {}, vytvořen {}. Změny se netýká, "
                     "proto zůstává, jak je.",
                     shown, since),
        text::format("Another record has that name now: {}, made {}. The change is not about it, "
                     "so it stays as it is.",
                     shown, since),
        result);
}

// `record`: what it is now, whole; none: it is gone.
void undo(const AskPtr& ask, const Respond& respond, const TakingBack& change,
          const std::optional<json::Object>& record, const ChangeMask& mask) {
    const Respond done([ask, respond](Response response) {
        if (response.status >= 300) {
            respond(std::move(response));
            return;
        }
        one_change(ask, respond);
    });
    if (record && (change.other_since || change.verb == "delete")) {
        respond(replaced(*ask, change, mask.covered(change.model->name, *record)));
        return;
    }
    if (change.verb == "delete") {
        change.model->create(inner_ask(*ask, change, Method::post, change.before), done);
        return;
    }
    // What of the record is hidden from them stays as it is, whatever it is now.
    const json::Object present =
        record ? mask.covered(change.model->name, present_of(*record, *change.model, change.after))
               : json::Object();
    if (!record || present != change.after) {
        respond(ask->envelope.overtaken(versions(present, change.before)));
        return;
    }
    if (change.verb == "create") {
        change.model->remove(inner_ask(*ask, change, Method::del, {}), done);
        return;
    }
    json::Object body = change.before;
    body["_sys"] = record->at("_sys");
    change.model->update(inner_ask(*ask, change, Method::put, std::move(body)), done);
}

void take_back(const AskPtr& ask, const Respond& respond) {
    const auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    Form form(*body, ask->envelope.language());
    form.only({"taken_back", "_sys"});
    bool wanted = false;
    form.flag("taken_back", wanted);
    if (!wanted) {
        form.wrong("taken_back", "Změnu lze vrátit: true", "A change can be taken back: true");
    }
    if (refused(ask, respond, form, *body)) {
        return;
    }
    begin_on_worker(ask, respond, [ask, respond](store::Reader& reader) -> std::optional<Response> {
        const View view = view_of(*ask);
        const ChangeMask mask(view);
        const auto row = entry(*ask, mask, reader);
        if (!row) {
            return ask->envelope.not_found();
        }
        const Language language = ask->envelope.language();
        if (flag_in(*row, "taken_back")) {
            return ask->envelope.invalid(
                {{"taken_back", language == Language::cs
                                    ? "Tahle změna už byla vrácena"
                                    : "This change has already been taken back"}},
                nullptr);
        }
        const auto change = taking_back(*row, reader);
        const Returning returning = returning_of(*row, reader, view);
        if (!change || !returning.possible) {
            return ask->envelope.invalid(
                {{"taken_back", !returning.possible        ? returning.text
                                : language == Language::cs ? "Tohle vrátit nelze"
                                                           : "This cannot be taken back"}},
                nullptr);
        }
        if (!may_return(*row, *view.records, *ask->user)) {
            return ask->envelope.forbidden("Tenhle záznam vaše role měnit nesmí",
                                           "Your role may not change this record");
        }
        const AskPtr look = inner_ask(*ask, *change, Method::get, {});
        undo(ask, respond, *change, change->model->whole(*look, reader), mask);
        return std::nullopt;
    });
}

}  // namespace

Model audit_log_model() {
    Model model;
    model.name = changes_description().model;
    model.list = list_changes;
    model.one = one_change;
    model.update = take_back;
    model.module = changes_description().module;
    model.shown = changes_description().fields();
    return model;
}

}  // namespace linka::api::v6
