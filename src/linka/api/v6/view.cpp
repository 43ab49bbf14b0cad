#include "linka/api/v6/view.hpp"

#include "linka/api/auth/token.hpp"
#include "linka/base/json_write.hpp"
#include "linka/core/queue_types.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {

// Copies what clients expect of every record, with the attributes' own values where there are any.
void fill(json::Object& out, const json::Object& attributes,
          std::initializer_list<std::pair<std::string_view, json::Value>> defaults) {
    for (const auto& [name, value] : defaults) {
        const json::Value* own = attributes.if_contains(name);
        out[name] = own != nullptr && !own->is_null() ? *own : value;
    }
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

}  // namespace

json::Value text_or_null(const std::string& text) {
    return text.empty() ? json::Value(nullptr) : json::Value(text);
}

json::Object sys(std::string_view model, std::string_view identity) {
    json::Object out;
    out["model"] = model;
    out["hash"] = token_hash(std::string(model) + "/" + std::string(identity)).substr(0, 32);
    return out;
}

namespace {

// What a record is made of, in short: two that are equal have the same version.
template <typename Record>
json::Object sys_with_version(json::Object sys, const Record& record) {
    sys["version"] = token_hash(json::to_text(record)).substr(0, 16);
    return sys;
}

}  // namespace

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

json::Object role_json(core::Access access, Language language) {
    json::Object out;
    out["name"] = name_of(access);
    out["title"] = role_title(access, language);
    out["description"] = nullptr;
    out["type"] = access == core::Access::back_office ? "BO" : "CC";
    out["shortcuts"] = json::Array();
    out["gpt_custom_prompts"] = nullptr;
    out["options"] = nullptr;
    out["_sys"] = sys("roles", name_of(access));
    return out;
}

json::Object profile_json(const core::User& user, Language language) {
    json::Object out;
    out["name"] = name_of(user.access);
    out["title"] = role_title(user.access, language);
    out["description"] = nullptr;
    out["type"] = name_of(user.type);
    if (user.max_activities) {
        out["maxActivities"] = *user.max_activities;
    } else {
        out["maxActivities"] = nullptr;
    }
    out["maxOutRecords"] = 0;
    out["noQueueCallsAllowed"] = user.call_without_queue;
    out["canTransferCall"] = "blind and assisted transfer";
    out["monitoringModes"] = 0;
    out["gptFunctions"] = 0;
    for (const std::string_view right :
         {"deleteMissedActivity", "askForAssistance", "oneTimePassword", "passwordReset"}) {
        out[right] = false;
    }
    for (const std::string_view list : {"options", "customViews", "customSocialMediaViews"}) {
        out[list] = nullptr;
    }
    out["_sys"] = sys("profiles", name_of(user.access));
    return out;
}

json::Object View::user(const core::User& user) const {
    json::Object out;
    const Sight sight = sight_of(*viewer, user);
    if (sight == Sight::none) {
        out["title"] = user.title;
        out["alias"] = user.alias;
        return out;
    }
    const json::Object attributes = attributes_of(user.attributes);
    out["name"] = user.name;
    out["title"] = user.title;
    out["alias"] = text_or_null(user.alias);
    out["type"] = name_of(user.type);
    out["extension"] = text_or_null(user.extension);
    const auto known =
        presence != nullptr ? presence->find(user.id) : PresenceMap::const_iterator();
    const bool there = presence != nullptr && known != presence->end();
    out["extension_state"] =
        there ? json::Value(known->second.extension_state) : json::Value(nullptr);
    out["presence_state"] = out["extension_state"];
    out["deactivated"] = user.deactivated;
    out["deleted"] = false;
    out["backoffice_user"] = user.type == core::UserType::BO;
    out["_sys"] = sys_with_version(sys("users", user.name), user);
    if (sight == Sight::presence) {
        return out;  // who they are, where to reach them, and whether they are there
    }
    out["role"] = role_json(user.access, envelope.language());
    out["profile"] = profile_json(user, envelope.language());
    out["clid"] = text_or_null(user.caller_number);
    out["forwarding_number"] = text_or_null(user.forwarding_number);
    out["recordAtCallStart"] = name_of(user.record);
    fill(out, attributes,
         {{"description", nullptr},
          {"call_steering_description", nullptr},
          {"acl", nullptr},
          {"static", false},
          {"frontend_version", "react"},
          {"allowRecordingInterruption", false},
          {"algo", nullptr},
          {"email", nullptr},
          {"emailAuth", nullptr},
          {"icon", nullptr},
          {"emoji", nullptr},
          {"mfa_verification", 0},
          {"sign", nullptr},
          {"ctrl_enter_email", false},
          {"options", nullptr},
          {"fcmSettings", nullptr},
          {"cp_access_crm", false},
          {"timezone", "_AUTOMATIC_"},
          {"nps_score", 0}});
    json::Array queues;
    for (const core::QueueRight& right : user.queues) {
        if (!may_see(*viewer, right.queue)) {
            continue;
        }
        json::Object entry;
        entry["name"] = right.queue.value;
        entry["login"] = name_of(right.login);
        entry["penalty"] = right.penalty;
        queues.push_back(std::move(entry));
    }
    out["queues"] = std::move(queues);
    json::Array devices;
    for (const core::DeviceRight& right : user.devices) {
        const auto device_record = records->device(right.device);
        if (device_record) {
            json::Object entry;
            entry["name"] = device_record->name;
            entry["delay"] = whole_seconds(right.delay);
            entry["ring"] = whole_seconds(right.ring);
            devices.push_back(std::move(entry));
        }
    }
    out["devices"] = std::move(devices);
    return out;
}

json::Object View::queue(const core::Queue& queue) const {
    const json::Object attributes = attributes_of(queue.attributes);
    json::Object out;
    out["name"] = queue.id.value;
    out["title"] = queue.title;
    out["alias"] = text_or_null(queue.alias);
    fill(out, attributes, {{"description", nullptr}, {"call_steering_description", nullptr}});
    out["type"] = name_of(queue.type);
    out["direction"] = core::is_outgoing(queue.type) ? "out" : "in";
    out["deactivated"] = queue.deactivated;
    json::Object options;
    options["strategy"] = name_of(queue.strategy);
    options["weight"] = queue.weight;
    options["ringtime"] = whole_seconds(queue.ring_time);
    options["sleeptime"] = whole_seconds(queue.sleep_time);
    options["wrapuptime"] = whole_seconds(queue.wrap_time);
    options["maxwait"] = whole_seconds(queue.max_wait);
    options["maxlength"] = queue.max_length;
    for (const auto& [name, states] : {std::pair("join_empty", &queue.join_empty),
                                       std::pair("leave_empty", &queue.leave_empty)}) {
        json::Array list;
        for (const core::EmptyState state : *states) {
            list.emplace_back(name_of(state));
        }
        options[name] = std::move(list);
    }
    options["lajdak"] = queue.auto_pause;
    options["autoanswer"] = queue.auto_answer;
    options["recording_before"] = queue.announcement;
    options["music"] = queue.music;
    options["position_announcement"] = queue.position_announcement;
    options["position_repeat"] = whole_seconds(queue.position_repeat);
    options["announcement_language"] = queue.language;
    options["recording"] = name_of(queue.record);
    options["outboundcid"] = queue.outbound_number;
    json::Object target;
    target["kind"] = name_of(queue.on_leave.kind);
    target["value"] = queue.on_leave.value;
    options["target"] = std::move(target);
    options["answer_within"] = whole_seconds(queue.answer_within);
    options["abandon_within"] = whole_seconds(queue.abandon_within);
    out["options"] = std::move(options);
    out["_sys"] = sys_with_version(sys("queues", std::to_string(queue.id.value)), queue);
    return out;
}

json::Object View::device(const core::Device& device) const {
    const json::Object attributes = attributes_of(device.attributes);
    json::Object out;
    out["name"] = device.name;
    out["title"] = device.title;
    out["type"] = name_of(device.type);
    out["number"] = text_or_null(device.number);
    out["remote_answer"] = name_of(device.remote_answer);
    json::Array codecs{"alaw", "ulaw", "g722"};
    fill(out, attributes,
         {{"description", nullptr},
          {"cc_device", true},
          {"dtmfmode", "rfc4733"},
          {"context", nullptr},
          {"nat", "yes"},
          {"qualify", nullptr},
          {"callgroup", nullptr},
          {"pickupgroup", nullptr},
          {"codec", codecs},
          {"transport", "udp"},
          {"srtp", false},
          {"language", "cz"},
          {"emergency_clid", nullptr},
          {"emergency_prefix", nullptr},
          {"phone", nullptr},
          {"line_position", nullptr},
          {"options", json::Array()}});
    out["shared"] = device.shared;
    out["deactivated"] = device.deactivated;
    out["_sys"] = sys_with_version(sys("sipDevices", device.name), device);
    return out;
}

json::Object View::pause(const core::Pause& pause) const {
    const json::Object attributes = attributes_of(pause.attributes);
    json::Object out;
    out["name"] = pause.name;
    out["type"] = pause.type == core::PauseType::custom ? std::string_view() : name_of(pause.type);
    out["title"] = pause.title;
    out["paid"] = pause.paid;
    out["max_duration"] = whole_seconds(pause.max_duration) / 60;
    fill(out, attributes,
         {{"calculated_from", ""}, {"repeatable", true}, {"max_amount", 0}, {"min_timeout", 0}});
    out["auto_pause"] = pause.auto_pause;
    out["prevent_direct_calls"] = pause.prevent_direct_calls;
    out["deactivated"] = pause.deactivated;
    out["_sys"] = sys_with_version(sys("pauses", pause.name), pause);
    return out;
}

json::Value View::user_ref(core::UserId id) const {
    const auto found = records->user(id);
    return found ? json::Value(user(*found)) : json::Value(nullptr);
}

json::Value View::queue_ref(core::QueueId id) const {
    const auto found = records->queue(id);
    if (found) {
        return queue(*found);
    }
    if (!id) {
        return nullptr;
    }
    json::Object out;
    out["name"] = id.value;
    return out;
}

json::Value View::pause_ref(core::PauseId id) const {
    const auto found = records->pause(id);
    return found ? json::Value(pause(*found)) : json::Value(nullptr);
}

}  // namespace linka::api::v6
