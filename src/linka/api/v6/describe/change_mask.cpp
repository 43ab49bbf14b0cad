#include "linka/api/v6/describe/change_mask.hpp"

#include "linka/api/v6/describe/change.hpp"
#include "linka/api/v6/sql_fields.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace linka::api::v6 {

namespace {

bool names_several(const Field& field) {
    return field.kind == FieldKind::names || field.kind == FieldKind::rights;
}

// Of records that their readers may not know: a role is shown with whoever has it, and the name of
// a recording with what plays it.
bool names_others(const Field& field) {
    return names_several(field) ||
           (field.kind == FieldKind::choice && field.nullable && field.of != "recordings");
}

// Names of what somebody sees who does not see everything, by model; the others they see all.
std::map<std::string, std::set<std::string>, std::less<>> seen_by(const View& view) {
    if (reach_of(view.viewer->access) == Reach::everything) {
        return {};
    }
    const Viewer viewer(*view.records, view.viewer);
    std::set<std::string> users{""};  // so that no list is empty
    std::set<std::string> queues{""};
    std::set<std::string> devices{""};
    for (const auto& [id, user] : view.records->users) {
        if (viewer.sight_of(*user) == Sight::full) {
            users.insert(user->name);
        }
    }
    for (const core::QueueRight& right : view.viewer->queues) {
        queues.insert(std::to_string(right.queue.value));
    }
    for (const auto& [id, device] : view.records->devices) {
        if (linka::api::sees(*view.viewer, *view.records, id)) {
            devices.insert(device->name);
        }
    }
    return {{"users", std::move(users)},
            {"queues", std::move(queues)},
            {"sipDevices", std::move(devices)}};
}

}  // namespace

bool is_of_values(std::string_view column) {
    return column == "before" || column == "after";
}

ChangeMask::ChangeMask(const View& view) : view_(view), seen_(seen_by(view)) {
}

bool ChangeMask::reads(std::string_view name) const {
    const Model* model = model_named(name);
    return model == nullptr || may_read(*model, *view_.records, *view_.viewer);
}

bool ChangeMask::reads_all_of(std::string_view model) const {
    return reads(model) && !seen_.contains(model);
}

bool ChangeMask::sees(std::string_view model, const std::string& name) const {
    const auto some = seen_.find(model);
    return reads(model) && (some == seen_.end() || some->second.contains(name));
}

bool ChangeMask::shows_all_values_of(const Model& model) const {
    const auto& fields = fields_of(model);
    return std::none_of(fields.begin(), fields.end(), [&](const Field& field) {
        return names_others(field) && !reads_all_of(field.of);
    });
}

bool ChangeMask::shows_all_values() const {
    return reads_all_of("users") &&
           std::all_of(models().begin(), models().end(), [&](const Model& model) {
               return !model.described || !reads(model.name) || shows_all_values_of(model);
           });
}

// By the people whom they see; what nobody did, whoever sees everything; which telephones somebody
// took over, who reads telephones.
store::Filter ChangeMask::by_seen_people() const {
    std::vector<store::Filter> all{is_equal("model", "")};
    if (!reads("sipDevices")) {
        all.push_back(is_equal("what", "devices.take"));
        all.back().op = store::Operator::neq;
    }
    if (reads_all_of("users")) {
        return all_of(std::move(all));
    }
    const Viewer viewer(*view_.records, view_.viewer);
    std::vector<std::string> ids{std::to_string(view_.viewer->id.value)};
    for (const auto& [id, user] : view_.records->users) {
        if (viewer.sight_of(*user) == Sight::full) {
            ids.push_back(std::to_string(id.value));
        }
    }
    all.push_back(is_in("who", std::move(ids)));
    return all_of(std::move(all));
}

store::Filter ChangeMask::readable() const {
    std::vector<store::Filter> any{by_seen_people()};
    for (const Model& model : models()) {
        if (!model.described || !reads(model.name)) {
            continue;
        }
        store::Filter of_model = is_equal("model", model.name);
        if (const auto some = seen_.find(model.name); some != seen_.end()) {
            of_model = all_of(
                {std::move(of_model), is_in("name", {some->second.begin(), some->second.end()})});
        }
        any.push_back(std::move(of_model));
    }
    return any_of(std::move(any));
}

// Whoever has rights to a record stands in the entries of its beginning and its end.
store::Filter ChangeMask::whole() const {
    std::vector<store::Filter> any{is_equal("model", "")};
    for (const Model& model : models()) {
        if (model.described && reads(model.name) && shows_all_values_of(model)) {
            any.push_back(reads_all_of("users") ? is_equal("model", model.name)
                                                : is_equal("what", model.name + ".update"));
        }
    }
    return any_of(std::move(any));
}

store::Filter ChangeMask::compared(store::Filter filter) const {
    if (shows_all_values()) {
        return filter;
    }
    for (store::Filter& part : filter.parts) {
        part = compared(std::move(part));
    }
    const bool of_values =
        filter.kind == store::Filter::Kind::compare && is_of_values(filter.field);
    return of_values ? all_of({whole(), std::move(filter)}) : filter;
}

void ChangeMask::cover_list(std::string_view of, json::Value& list) const {
    json::Array left;
    for (const json::Value& one : list.is_array() ? list.get_array() : json::Array()) {
        if (sees(of, scalar(plain_value(one)))) {
            left.push_back(one);
        }
    }
    list = std::move(left);
}

json::Object ChangeMask::covered(std::string_view name, json::Object values) const {
    const auto cover_field = [&](std::string_view field, std::string_view of, bool several) {
        json::Value* value = values.if_contains(field);
        if (value != nullptr && !reads(of)) {
            values.erase(field);
        } else if (value != nullptr && several) {
            cover_list(of, *value);
        }
    };
    static const std::vector<Field> none;
    const Model* model = model_named(name);
    for (const Field& field : model != nullptr ? fields_of(*model) : none) {
        if (names_others(field)) {
            cover_field(field.name, field.of, names_several(field));
        }
    }
    cover_field(people_member, "users", true);
    return values;
}

void ChangeMask::cover_titles(json::Object& titles) const {
    for (const Model& model : models()) {
        json::Value* value = titles.if_contains(model.name);
        json::Object* named = value != nullptr ? value->if_object() : nullptr;
        std::vector<std::string> unseen;
        for (const auto& each : named != nullptr ? *named : json::Object()) {
            if (!sees(model.name, std::string(each.key()))) {
                unseen.emplace_back(each.key());
            }
        }
        for (const std::string& name : unseen) {
            named->erase(name);
        }
        if (named != nullptr && named->empty()) {
            titles.erase(model.name);
        }
    }
}

json::Object ChangeMask::shown(json::Object row) const {
    const std::string model = text_in(row, "model");
    const json::Object whole_before = row_object(text_in(row, "before"));
    const json::Object whole_after = row_object(text_in(row, "after"));
    json::Object before = covered(model, whole_before);
    json::Object after = covered(model, whole_after);
    json::Object titles = row_object(text_in(row, "titles"));
    cover_titles(titles);
    for (const auto& [name, value] : json::Object(before)) {
        const json::Value* then = after.if_contains(name);
        if (then != nullptr && *then == value) {  // it differs in what is hidden alone
            before.erase(name);
            after.erase(name);
        }
    }
    row["hidden"] = before != whole_before || after != whole_after;
    row["before"] = text_of(before);
    row["after"] = text_of(after);
    row["titles"] = text_of(titles);
    return row;
}

}  // namespace linka::api::v6
