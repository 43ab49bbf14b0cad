#include "linka/api/v6/describe/change.hpp"

#include "linka/base/text.hpp"

namespace linka::api::v6 {

namespace {

std::string_view verb_of(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::create:
            return "create";
        case ChangeKind::remove:
            return "delete";
        case ChangeKind::update:
            break;
    }
    return "update";
}

std::string title_of(const Records& records, const std::string& model, const std::string& name) {
    if (model == "users") {
        const auto user = records.user(std::string_view(name));
        return user ? user->title : std::string();
    }
    if (model == "queues") {
        const auto queue = records.queue(core::QueueId{text::to_int(name).value_or(0)});
        return queue ? queue->title : std::string();
    }
    if (model == "sipDevices") {
        const auto device = records.device(std::string_view(name));
        return device ? device->title : std::string();
    }
    if (model == "rightsToCall") {
        const auto right = records.right_to_call(std::string_view(name));
        return right ? right->title : std::string();
    }
    if (model == "profiles") {
        const auto profile = records.profile(std::string_view(name));
        return profile ? profile->title : std::string();
    }
    if (model == "trunks") {
        const auto trunk = records.trunk(name);
        return trunk ? trunk->title : std::string();
    }
    if (model == "recordings") {
        const auto prompt = records.prompt(name);
        return prompt ? prompt->title : std::string();
    }
    const auto role = records.roles.find(name);
    return model == "roles" && role != records.roles.end() ? role->second->title : std::string();
}

}  // namespace

json::Value field_value(const json::Object& record, std::string_view path) {
    const auto [outer, inner] = halves(path);
    const json::Object* in = &record;
    if (!outer.empty()) {
        const json::Value* object = record.if_contains(outer);
        in = object != nullptr ? object->if_object() : nullptr;
    }
    const json::Value* value = in != nullptr ? in->if_contains(inner) : nullptr;
    return value != nullptr ? *value : json::Value(nullptr);
}

json::Value plain_value(json::Value value) {
    const json::Object* object = value.if_object();
    const json::Value* own = object != nullptr ? object->if_contains("name") : nullptr;
    return own != nullptr ? json::Value(*own) : value;
}

void set_field(json::Object& record, std::string_view path, json::Value value) {
    const auto [outer, inner] = halves(path);
    if (outer.empty()) {
        record[inner] = std::move(value);
        return;
    }
    json::Value& object = record[outer];
    if (!object.is_object()) {
        object = json::Object();
    }
    object.get_object()[inner] = std::move(value);
}

Change change_between(const std::vector<Field>& fields, std::string model, std::string name,
                      const json::Object& before, const json::Object& after) {
    Change change;
    change.kind = before.empty()  ? ChangeKind::create
                  : after.empty() ? ChangeKind::remove
                                  : ChangeKind::update;
    change.model = std::move(model);
    change.name = std::move(name);
    const json::Value title = field_value(after.empty() ? before : after, "title");
    change.title = title.is_string() ? std::string(title.get_string()) : std::string();
    for (const Field& field : fields) {
        if (field.secret || field.writers == Writers::nobody) {
            continue;
        }
        json::Value was = plain_value(field_value(before, field.name));
        json::Value is = plain_value(field_value(after, field.name));
        if (was == is) {
            continue;
        }
        if (!before.empty()) {
            set_field(change.before, field.name, std::move(was));
        }
        if (!after.empty()) {
            set_field(change.after, field.name, std::move(is));
        }
    }
    return change;
}

void keep_titles(Change& change, const std::vector<Field>& fields, const Records& records) {
    const auto keep = [&](const std::string& of, std::string_view field) {
        for (const json::Object* values : {&change.before, &change.after}) {
            const json::Value named = field_value(*values, field);
            const json::Array all = named.is_array() ? named.get_array() : json::Array{named};
            for (const json::Value& one : all) {
                const std::string name = scalar(plain_value(one));
                const std::string title = title_of(records, of, name);
                if (!title.empty() && title != name) {
                    json::Value& titles = change.titles[of];
                    titles = titles.is_object() ? titles : json::Value(json::Object());
                    titles.get_object()[name] = title;
                }
            }
        }
    };
    for (const Field& field : fields) {
        const bool one = field.kind == FieldKind::choice && !field.of.empty();
        if (one || field.kind == FieldKind::names || field.kind == FieldKind::rights) {
            keep(field.of, field.name);
        }
    }
    keep("users", people_member);
}

std::string text_of(const json::Object& values) {
    return values.empty() ? std::string() : boost::json::serialize(values);
}

std::optional<store::Change> entry_of(const Ask& ask, const Change& change) {
    if (change.is_empty()) {
        return std::nullopt;
    }
    std::string secrets;
    for (const std::string& secret : change.secrets) {
        secrets += (secrets.empty() ? "" : " ") + secret;
    }
    store::Change entry =
        note_of(ask.site, ask.request, *ask.user,
                change.model + "." + std::string(verb_of(change.kind)), std::move(secrets));
    entry.model = change.model;
    entry.name = change.name;
    entry.title = change.title;
    entry.before = text_of(change.before);
    entry.after = text_of(change.after);
    entry.titles = text_of(change.titles);
    entry.takes_back = ask.takes_back;
    return entry;
}

store::Change password_entry(const Ask& ask, std::string_view model, std::string name,
                             std::string title) {
    Change change;
    change.model = model;
    change.name = std::move(name);
    change.title = std::move(title);
    change.secrets = {"password"};
    return *entry_of(ask, change);
}

}  // namespace linka::api::v6
