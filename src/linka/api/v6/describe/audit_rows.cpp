#include "linka/api/v6/describe/audit_rows.hpp"

#include "linka/api/v6/describe/bringing_back.hpp"
#include "linka/api/v6/describe/change.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <optional>

namespace linka::api::v6 {

namespace {

constexpr std::string_view prefix = "auditLog_";

std::string change_name(std::int64_t id) {
    return std::string(prefix) + std::to_string(id);
}

json::Value object_or_null(const std::string& text) {
    json::Object object = row_object(text);
    return object.empty() ? json::Value(nullptr) : json::Value(std::move(object));
}

store::Filter contains(std::string field, std::string_view word) {
    store::Filter filter;
    filter.kind = store::Filter::Kind::compare;
    filter.field = std::move(field);
    filter.op = store::Operator::contains;
    filter.ignore_accents = true;
    filter.values = {std::string(word)};
    return filter;
}

store::Filter of_anybody() {
    return is_in("removed", {"true", "false"});
}

store::Filter by_people_called(std::string_view word, store::Reader& reader) {
    store::Query query;
    query.filter =
        all_of({any_of({contains("title", word), contains("name", word)}), of_anybody()});
    query.take = 1000;
    query.count = false;
    std::vector<std::string> ids{"-1"};  // nobody's
    if (const auto page = reader.list(store::Model::users, query)) {
        for (const std::string& row : page->rows) {
            ids.push_back(std::to_string(number_in(row_object(row), "id")));
        }
    }
    return is_in("who", std::move(ids));
}

// Names of the records that somebody sees who does not see everything; none: all of the model.
std::optional<std::vector<std::string>> seen_of(const std::string& model, const View& view) {
    const Viewer viewer(*view.records, view.viewer);
    std::vector<std::string> names{""};  // so that the list is never empty
    if (reach_of(view.viewer->access) == Reach::everything) {
        return std::nullopt;
    }
    if (model == "users") {
        for (const auto& [id, user] : view.records->users) {
            if (viewer.sight_of(*user) == Sight::full) {
                names.push_back(user->name);
            }
        }
        return names;
    }
    if (model == "queues") {
        for (const core::QueueRight& right : view.viewer->queues) {
            names.push_back(std::to_string(right.queue.value));
        }
        return names;
    }
    if (model == "sipDevices") {
        for (const auto& [id, device] : view.records->devices) {
            if (sees(*view.viewer, *view.records, id)) {
                names.push_back(device->name);
            }
        }
        return names;
    }
    return std::nullopt;
}

// By the people whom they see; what nobody did, whoever sees everything.
store::Filter by_seen_people(const View& view) {
    const Viewer viewer(*view.records, view.viewer);
    std::vector<std::string> ids{std::to_string(view.viewer->id.value)};
    for (const auto& [id, user] : view.records->users) {
        if (viewer.sight_of(*user) == Sight::full) {
            ids.push_back(std::to_string(id.value));
        }
    }
    const bool all = reach_of(view.viewer->access) == Reach::everything &&
                     may(*view.records, *view.viewer, Module::users, Operation::read);
    return all ? is_equal("model", "")
               : all_of({is_equal("model", ""), is_in("who", std::move(ids))});
}

// Takes out what names records of models that the viewer may not read.
void hide_unread(json::Object& entry, const View& view) {
    const auto is_read = [&](std::string_view name) {
        const auto model = std::find_if(models().begin(), models().end(),
                                        [&](const Model& each) { return each.name == name; });
        return model == models().end() || may_read(*model, *view.records, *view.viewer);
    };
    std::vector<std::string> unread;
    for (const Model& model : models()) {
        if (model.described && model.name == text_in(entry, "model")) {
            for (const Field& field : model.described->fields) {
                const bool names = field.kind == FieldKind::names ||
                                   field.kind == FieldKind::rights ||
                                   (field.kind == FieldKind::choice && field.nullable);
                if (names && !is_read(field.of)) {
                    unread.push_back(field.name);
                }
            }
        }
    }
    if (!is_read("users")) {
        unread.emplace_back(people_member);
    }
    for (const char* side : {"before", "after"}) {
        json::Object* values = entry[side].if_object();
        for (const std::string& name : unread) {
            if (values != nullptr) {
                values->erase(name);
            }
        }
    }
    if (json::Object* titles = entry["titles"].if_object()) {
        for (const Model& model : models()) {
            if (!is_read(model.name)) {
                titles->erase(model.name);
            }
        }
    }
}

json::Value who_was(std::int64_t id, store::Reader& reader) {
    store::Query query;
    query.filter = all_of({is_equal("id", std::to_string(id)), of_anybody()});
    query.take = 1;
    query.count = false;
    const auto page = reader.list(store::Model::users, query);
    if (!page || page->rows.empty()) {
        return nullptr;
    }
    const json::Object user = row_object(page->rows.front());
    return json::Object{{"name", text_in(user, "name")}, {"title", text_in(user, "title")}};
}

}  // namespace

const SqlFields& change_fields() {
    using Kind = SqlField::Kind;
    static const SqlFields fields{{"name", "id", Kind::id, {}, {}, change_from_name},
                                  {"time", "at", Kind::instant},
                                  {"user", "who", Kind::user},
                                  {"access", "access", Kind::text},
                                  {"address", "origin", Kind::text},
                                  {"action", "what", Kind::text},
                                  {"model", "model", Kind::text},
                                  {"record", "name", Kind::text},
                                  {"title", "title", Kind::text},
                                  {"before", "before", Kind::text},
                                  {"after", "after", Kind::text},
                                  {"detail", "detail", Kind::text},
                                  {"taken_back", "taken_back", Kind::flag},
                                  {"takes_back", "takes_back", Kind::id, {}, {}, change_from_name}};
    return fields;
}

std::vector<std::string> change_members() {
    std::vector<std::string> names = names_of(change_fields());
    for (const char* name : {"titles", "note", "can_take_back"}) {
        names.emplace_back(name);
    }
    names.emplace_back("_sys");
    return names;
}

store::Filter readable(const View& view) {
    std::vector<store::Filter> any{by_seen_people(view)};
    for (const Model& model : models()) {
        if (!model.described || !may_read(model, *view.records, *view.viewer)) {
            continue;
        }
        store::Filter of_model = is_equal("model", model.name);
        if (auto names = seen_of(model.name, view)) {
            of_model = all_of({std::move(of_model), is_in("name", std::move(*names))});
        }
        any.push_back(std::move(of_model));
    }
    return any_of(std::move(any));
}

std::int64_t change_from_name(std::string_view name) {
    return name.starts_with(prefix) ? text::to_int(name.substr(prefix.size())).value_or(0) : 0;
}

store::Filter with_words(std::string_view words, store::Reader& reader) {
    constexpr std::size_t words_max = 10;
    std::vector<store::Filter> all;
    for (const std::string_view part : text::split(words, ' ')) {
        const std::string_view word = text::trim(part);
        if (word.empty() || all.size() == words_max) {
            continue;
        }
        std::vector<store::Filter> any{by_people_called(word, reader)};
        for (const char* column : {"title", "name", "what", "detail", "before", "after"}) {
            any.push_back(contains(column, word));
        }
        all.push_back(any_of(std::move(any)));
    }
    return all_of(std::move(all));
}

json::Object change_json(const json::Object& row, const View& view, store::Reader& reader) {
    const std::int64_t who = number_in(row, "who");
    json::Object out;
    out["name"] = change_name(number_in(row, "id"));
    out["time"] = view.envelope.time(instant_in(row, "at"));
    out["user"] = view.user_ref(core::UserId{who});
    if (out["user"].is_null() && who != 0) {
        out["user"] = who_was(who, reader);
    }
    out["access"] = text_or_null(text_in(row, "access"));
    out["address"] = text_or_null(text_in(row, "origin"));
    out["action"] = text_in(row, "what");
    out["model"] = text_or_null(text_in(row, "model"));
    out["record"] = text_or_null(text_in(row, "name"));
    out["title"] = text_or_null(text_in(row, "title"));
    out["before"] = object_or_null(text_in(row, "before"));
    out["after"] = object_or_null(text_in(row, "after"));
    out["titles"] = object_or_null(text_in(row, "titles"));
    out["detail"] = text_or_null(text_in(row, "detail"));
    out["taken_back"] = flag_in(row, "taken_back");
    const std::int64_t takes_back = number_in(row, "takes_back");
    out["takes_back"] =
        takes_back != 0 ? json::Value(change_name(takes_back)) : json::Value(nullptr);
    const Returning returning = returning_of(row, reader, view);
    out["note"] = text_or_null(returning.text);
    out["can_take_back"] =
        stands(row) && returning.possible && may_return(row, *view.records, *view.viewer);
    out["_sys"] = sys("auditLog", change_name(number_in(row, "id")));
    hide_unread(out, view);
    return out;
}

}  // namespace linka::api::v6
