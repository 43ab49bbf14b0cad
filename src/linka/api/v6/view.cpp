#include "linka/api/v6/view.hpp"

#include "linka/api/auth/token.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {}  // namespace

json::Value text_or_null(const std::string& text) {
    return text.empty() ? json::Value(nullptr) : json::Value(text);
}

json::Object sys(std::string_view model, std::string_view identity) {
    json::Object out;
    out["model"] = model;
    out["hash"] = token_hash(std::string(model) + "/" + std::string(identity)).substr(0, 32);
    return out;
}

json::Object View::versioned_sys(std::string_view model, std::string_view identity,
                                 const std::string& text) const {
    json::Object out = sys(model, identity);
    out["version"] = keyed_hash(records->version_key, text).substr(0, 16);
    return out;
}

json::Object attributes_of(const json::Raw& attributes) {
    if (attributes.text.empty()) {
        return {};
    }
    auto value = json::parse(attributes.text);
    return value && value->is_object() ? value->get_object() : json::Object();
}

PresenceMap presence_of(const core::State& state) {
    PresenceMap map;
    for (const auto& [id, user] : state.users) {
        bool reachable = false;
        for (const core::DeviceId device : core::devices_of_user(state, id)) {
            reachable = reachable || core::is_reachable(state, device);
        }
        map[id].extension_state = core::is_on_call(state, id) ? "busy"
                                  : reachable                 ? "online"
                                                              : "offline";
    }
    return map;
}

std::string_view role_title(core::Access access, Language language) {
    const bool cs = language == Language::cs;
    switch (access) {
        case core::Access::admin:
            return cs ? "Administrátor" : "Administrator";
        case core::Access::manager:
            return cs ? "Manažer" : "Manager";
        case core::Access::agent:
            return cs ? "Operátor" : "Agent";
        case core::Access::back_office:
            return "Back office";
    }
    return "";
}

json::Object role_json(const Role& role, Language language) {
    const core::Access access = role.access;
    json::Object out;
    out["name"] = role.name;
    out["title"] = role.title.empty() ? role_title(access, language) : role.title;
    out["description"] = nullptr;
    out["type"] = access == core::Access::back_office ? "BO" : "CC";
    out["shortcuts"] = json::Array();
    out["gpt_custom_prompts"] = nullptr;
    out["options"] = nullptr;
    out["_sys"] = sys("roles", role.name);
    return out;
}

core::Profile built_in_profile(core::Access access, Language language) {
    core::Profile out;
    out.name = name_of(access);
    out.title = role_title(access, language);
    return out;
}

bool knows(const Records& records, const core::User& viewer, const core::User& user,
           Module module) {
    return viewer.id == user.id || may(records, viewer, module, Operation::read);
}

json::Object View::profile(const core::Profile& profile) const {
    json::Object out =
        read_record(profiles_description(), profile, attributes_of(profile.attributes), *this);
    out["_sys"] = versioned_sys("profiles", profile.name, json::to_text(profile));
    return out;
}

json::Object View::prompt(const core::Prompt& prompt) const {
    json::Object out =
        read_record(recordings_description(), prompt, attributes_of(prompt.attributes), *this);
    out["_sys"] = versioned_sys("recordings", prompt.name, json::to_text(prompt));
    return out;
}

json::Object View::profile_of(const core::User& user) const {
    core::Profile shown = built_in_profile(user.access, envelope.language());
    shown.max_activities = user.max_activities;
    shown.call_without_queue = user.call_without_queue;
    const auto own = records->profile(user.profile);
    json::Object out =
        profile(own && knows(*records, *viewer, user, Module::profiles) ? *own : shown);
    out["type"] = name_of(user.type);
    return out;
}

json::Object View::user(const core::User& user) const {
    const Sight sight = Viewer(*records, viewer).sight_of(user);
    if (sight == Sight::none) {
        return json::Object{{"title", user.title}, {"alias", user.alias}};
    }
    // Seen from afar: who they are, where to reach them, and whether they are there.
    json::Object out = read_record(users_description(), user, attributes_of(user.attributes), *this,
                                   sight == Sight::presence);
    // Only whoever could change the record has a use for its version.
    out["_sys"] = sight == Sight::presence ? sys("users", user.name)
                                           : versioned_sys("users", user.name, json::to_text(user));
    return out;
}

json::Object View::queue(const core::Queue& queue) const {
    json::Object out =
        read_record(queues_description(), queue, attributes_of(queue.attributes), *this);
    out["_sys"] = versioned_sys("queues", std::to_string(queue.id.value), json::to_text(queue));
    return out;
}

json::Object View::device(const core::Device& device) const {
    json::Object out =
        read_record(devices_description(), device, attributes_of(device.attributes), *this);
    out["_sys"] = versioned_sys("sipDevices", device.name, json::to_text(device));
    return out;
}

json::Object View::pause(const core::Pause& pause) const {
    json::Object out =
        read_record(pauses_description(), pause, attributes_of(pause.attributes), *this);
    out["_sys"] = versioned_sys("pauses", pause.name, json::to_text(pause));
    return out;
}

std::optional<json::Object> View::named(std::string_view model, const std::string& name) const {
    if (model == "users") {
        const auto found = records->user(std::string_view(name));
        return found && Viewer(*records, viewer).sight_of(*found) != Sight::none
                   ? std::optional(user(*found))
                   : std::nullopt;
    }
    const core::QueueId id{text::to_int(name).value_or(0)};
    const auto found = model == "queues" ? records->queue(id) : nullptr;
    return found && Viewer(*records, viewer).sees(id) ? std::optional(queue(*found)) : std::nullopt;
}

json::Value View::user_ref(core::UserId id) const {
    const auto found = records->user(id);
    return found ? json::Value(user(*found)) : json::Value(nullptr);
}

json::Value View::queue_ref(core::QueueId id) const {
    const auto found = records->queue(id);
    if (found && may(*records, *viewer, Module::queues, Operation::read)) {
        return queue(*found);
    }
    if (!id) {
        return nullptr;
    }
    json::Object out;
    out["name"] = id.value;
    if (found) {
        out["title"] = found->title;
    }
    return out;
}

json::Value View::pause_ref(core::PauseId id) const {
    const auto found = records->pause(id);
    if (found && !may(*records, *viewer, Module::pauses, Operation::read)) {
        return json::Object{{"name", found->name}, {"title", found->title}};
    }
    return found ? json::Value(pause(*found)) : json::Value(nullptr);
}

}  // namespace linka::api::v6
