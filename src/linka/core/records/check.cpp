#include "linka/core/records/check.hpp"

#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "linka/core/records/check_kit.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/records/prompt.hpp"
#include "linka/core/records/right_to_call.hpp"
#include "linka/core/records/words.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/outside.hpp"

#include <initializer_list>
#include <set>

namespace linka::core {

namespace {

// As SIP has them without escapes in an address (RFC 3261 §25.1, unreserved and +).
constexpr std::string_view device_name_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+";

// Not everybody is to be dialled: it may be empty, of any number of people.
Check check_extension(const State& s, const User& user) {
    if (user.extension.empty()) {
        return {};
    }
    if (!is_digits(user.extension, limits::extension_digits_min, limits::extension_digits_max)) {
        return fault("extension", "2 to 8 digits");
    }
    std::string taken = taken_by(s, user.extension, user.id, {}, {});
    return taken.empty() ? Check{} : fault("extension", std::move(taken));
}

Check check_rights(const State& s, const User& user) {
    std::set<QueueId> seen;
    int outgoing = 0;
    for (const QueueRight& right : user.queues) {
        const Queue* queue = find_queue(s, right.queue);
        if (queue == nullptr) {
            return fault("queues", "no queue " + std::to_string(right.queue.value));
        }
        if (!seen.insert(right.queue).second) {
            return fault("queues", "queue " + std::to_string(right.queue.value) + " twice");
        }
        if (right.penalty < 0 || right.penalty > limits::penalty_max) {
            return fault("queues", "penalty 0 to 100");
        }
        outgoing += is_outgoing(queue->type) && right.login != QueueLogin::manual ? 1 : 0;
    }
    return outgoing > 1 ? fault("queues", "at most one automatic or fixed outgoing queue")
                        : Check{};
}

Check check_devices(const State& s, const User& user) {
    std::set<DeviceId> seen;
    for (const DeviceRight& right : user.devices) {
        const auto owner = s.index.back_office.find(right.device);
        if (find_device(s, right.device) == nullptr) {
            return fault("devices", "no device " + std::to_string(right.device.value));
        }
        if (!seen.insert(right.device).second) {
            return fault("devices", device_name(s, right.device) + " twice");
        }
        if (user.type == UserType::BO && owner != s.index.back_office.end() &&
            owner->second != user.id) {
            return fault("devices", device_name(s, right.device) + " is a back-office user's");
        }
        if (!limits::device_delay.has(right.delay) || !limits::device_ring.has(right.ring)) {
            return fault("devices", "delay 0 to 120 s, ring 0 to 300 s");
        }
    }
    return {};
}

Check while_logged_in(std::string field) {
    return Fault{std::move(field), "only while the user is logged out", BlockerCode::logged_in};
}

// Access, rights, extension and type change only while the user is logged out (the FAQ). Taking
// everything away by deactivating is possible at any time: it ends the session.
Check check_change(const State& s, const User& user, const User& old) {
    if (user.name != old.name) {
        return fault("name", "never changes");
    }
    if ((user.access != old.access || user.deactivated) && is_last_admin(s, old)) {
        return fault(user.deactivated ? "deactivated" : "access", last_admin_text);
    }
    const auto work = s.index.work.find(user.id);
    const bool busy = work != s.index.work.end() && !work->second.legs.empty();
    if (!is_logged_in(s, user.id) && !busy) {
        return {};
    }
    if (user.extension != old.extension) {
        return while_logged_in("extension");
    }
    if (user.access != old.access) {
        return while_logged_in("access");
    }
    if (user.queues != old.queues) {
        return while_logged_in("queues");
    }
    return user.type != old.type ? while_logged_in("type") : Check{};
}

}  // namespace

std::optional<Fault> check_count(std::size_t there, std::size_t most) {
    return there < most
               ? Check{}
               : fault("name", text::format("there are {} already, and no more than {} can be",
                                            there, most));
}

bool is_last_admin(const State& s, const User& user) {
    const auto manages = [](const User& one) {
        return one.access == Access::admin && !one.deactivated;
    };
    return manages(user) && std::none_of(s.users.begin(), s.users.end(), [&](const auto& other) {
               return other.second.id != user.id && manages(other.second);
           });
}

Check check_rights_of(const State& s, const User& user) {
    Check queues = check_rights(s, user);
    return queues ? queues : check_devices(s, user);
}

Check check(const State& s, const User& user) {
    const User* old = find_user(s, user.id);
    if (user.id && old == nullptr) {
        return fault("id", "no such user");
    }
    if (!is_name(user.name)) {
        return fault("name", name_rule);
    }
    const User* same = user_by_name(s, user.name);
    if (same != nullptr && same->id != user.id) {
        return fault("name", "exists already");
    }
    if (Check title = check_title(user.title)) {
        return title;
    }
    if (Check extension = check_extension(s, user)) {
        return extension;
    }
    if (user.max_activities &&
        (*user.max_activities < 0 || *user.max_activities > limits::max_activities_max)) {
        return fault("max_activities", "0 to 1000");
    }
    if (user.right_to_call && !s.rights_to_call.contains(user.right_to_call)) {
        return fault("right_to_call", "no such right to call");
    }
    if (user.profile && !s.profiles.contains(user.profile)) {
        return fault("profile", "no such profile");
    }
    for (const auto& [field, number] : {std::pair{"caller_number", user.caller_number},
                                        std::pair{"forwarding_number", user.forwarding_number}}) {
        if (number.size() > limits::kept_number_digits_max || !all_of_set(number, "+0123456789")) {
            return fault(field, "at most 20 digits");
        }
    }
    if (Check rights = check_rights_of(s, user)) {
        return rights;
    }
    const bool redirects = !user.forwarding_number.empty() &&
                           (old == nullptr || old->forwarding_number != user.forwarding_number);
    if (redirects) {
        if (const auto blockers = forward_blockers(s, user, user.forwarding_number);
            !blockers.empty()) {
            return fault("forwarding_number", blockers.front().code == BlockerCode::leads_back
                                                  ? "leads back to the user"
                                                  : "a number that the user may call");
        }
    }
    return old == nullptr ? Check{} : check_change(s, user, *old);
}

Check check(const State& s, const Device& device) {
    const Device* old = find_device(s, device.id);
    if (device.id && old == nullptr) {
        return fault("id", "no such device");
    }
    if (!is_name(device.name)) {
        return fault("name", name_rule);
    }
    const Device* same = device_by_name(s, device.name);
    if (same != nullptr && same->id != device.id) {
        return fault("name", "exists already");
    }
    if (old != nullptr && old->name != device.name) {
        return fault("name", "never changes");
    }
    if (old != nullptr && old->type != device.type) {
        return fault("type", "never changes");
    }
    if (!all_of_set(device.name, device_name_characters)) {
        return fault("name", "letters, digits and - _ . +");
    }
    if (is_emergency(s, device.name)) {
        return fault("name", "an emergency number");
    }
    if (device.type == DeviceType::external && !may_be_sent_to(s, device.number)) {
        return fault("number", "a number that may be called");
    }
    if (old != nullptr && old->number != device.number) {
        return fault("number", "never changes");
    }
    if (device.shared && device.type != DeviceType::sip) {
        return fault("shared", "only SIP telephones can be shared");
    }
    return check_words(device.title);
}

namespace {

struct QueueRange {
    const char* field;
    Duration value;
    limits::Span span;
    const char* text;
};

Check check_ranges(std::initializer_list<QueueRange> ranges) {
    for (const QueueRange& range : ranges) {
        if (!range.span.has(range.value)) {
            return fault(range.field, range.text);
        }
    }
    return {};
}

Check check_offering(const Offering& offering) {
    if (Check times =
            check_ranges({{"ring_time", offering.ring_time, limits::ring_time, "5 to 90 s"},
                          {"sleep_time", offering.sleep_time, limits::sleep_time, "0 to 60 s"},
                          {"max_wait", offering.max_wait, limits::max_wait,
                           "0 (unlimited), or 5 s to 60 min"}})) {
        return times;
    }
    return limits::weight.has(offering.weight) ? Check{} : fault("weight", "0 to 10");
}

Check check_calls(const State& s, QueueId id, const queue_of::Calls& calls) {
    if (Check times = check_ranges({{"position_repeat", calls.position_repeat,
                                     limits::position_repeat, "0, or 5 s to 10 min"}})) {
        return times;
    }
    if (!limits::max_length.has(calls.max_length)) {
        return fault("max_length", "0 (unlimited) to 50");
    }
    if (calls.language.size() > limits::language_bytes_max) {
        return fault("language", "at most 8 bytes");
    }
    if (Check heard = check_prompt(s, "announcement", calls.announcement)) {
        return heard;
    }
    if (!calls.music.empty() && !is_music(s, calls.music)) {
        return fault("music", "no recording " + calls.music);
    }
    if (calls.outbound_number.size() > limits::kept_number_digits_max ||
        !all_of_set(calls.outbound_number, "+0123456789")) {
        return fault("outbound_number", "at most 20 digits");
    }
    if (place_of(calls.on_leave) == Place{place::Queue{id}}) {
        return fault("on_leave", "leads back to itself");
    }
    if (Check now = check(s, s.routing, "on_leave", calls.on_leave)) {
        return now;
    }
    return check(s, s.draft, "on_leave", calls.on_leave)
               ? fault("on_leave", calls.on_leave.value + " is removed in the sandbox")
               : Check{};
}

}  // namespace

Check check(const State& s, const Queue& queue, bool create) {
    const Queue* old = find_queue(s, queue.id);
    if (queue.id.value < 1 || queue.id.value > limits::queue_number_max) {
        return fault("name", "a number of 1 to 8 digits");
    }
    if (create == (old != nullptr)) {
        return fault("name", create ? "exists already" : "no such queue");
    }
    const std::string number = std::to_string(queue.id.value);
    if (std::string taken = taken_by(s, number, {}, queue.id, {}); !taken.empty()) {
        return fault("name", taken);
    }
    if (old != nullptr && old->type != queue.type) {
        return fault("type", "never changes");
    }
    if (create && !is_worked(queue.type)) {
        return fault("type", "nothing serves queues of this type yet");
    }
    if (queue.options.index() != options_for(queue.type).index()) {
        return fault("options", "those of another type");
    }
    if (Check times = check_ranges(
            {{"wrap_time", queue.wrap_time, limits::wrap_time, "0, or 5 s to 15 min"},
             {"answer_within", queue.answer_within, limits::answer_within, "0 to 3600 s"},
             {"abandon_within", queue.abandon_within, limits::abandon_within, "0 to 3600 s"}})) {
        return times;
    }
    if (const Offering* offering = offering_of(&queue)) {
        if (Check wrong = check_offering(*offering)) {
            return wrong;
        }
    }
    if (const auto* calls = calls_of(&queue)) {
        if (Check wrong = check_calls(s, queue.id, *calls)) {
            return wrong;
        }
    }
    return check_title(queue.title);
}

Check check(const State& s, const Pause& pause) {
    const Pause* old = find_pause(s, pause.id);
    if (pause.id && old == nullptr) {
        return fault("id", "no such pause");
    }
    if (!is_name(pause.name)) {
        return fault("name", name_rule);
    }
    const Pause* same = pause_by_name(s, pause.name);
    if (same != nullptr && same->id != pause.id) {
        return fault("name", "exists already");
    }
    if (pause.max_duration < Duration{} ||
        pause.max_duration > std::chrono::minutes(limits::pause_minutes.most)) {
        return fault("max_duration", "0 to 24 h");
    }
    if (old == nullptr && pause.type != PauseType::custom &&
        pause_by_type(s, pause.type) != nullptr) {
        return fault("type", "the system has this pause already");
    }
    if (old != nullptr && old->type != pause.type) {
        return fault("type", "never changes");
    }
    if (old != nullptr && old->type != PauseType::custom) {
        Pause allowed = *old;
        allowed.title = pause.title;
        allowed.paid = pause.paid;
        allowed.attributes = pause.attributes;
        if (!(allowed == pause)) {
            return fault("type", "a system pause can only be renamed, and be paid or not");
        }
    }
    if (Check title = check_title(pause.title)) {
        return title;
    }
    return old != nullptr ? Check{} : check_count(s.pauses.size());
}

Check check(const State& s, const RightToCall& right) {
    if (right.id && !s.rights_to_call.contains(right.id)) {
        return fault("id", "no such right to call");
    }
    if (!is_name(right.name)) {
        return fault("name", name_rule);
    }
    for (const auto& [id, other] : s.rights_to_call) {
        if (id != right.id && other.name == right.name) {
            return fault("name", "exists already");
        }
    }
    if (right.rules.empty() || right.rules.size() > limits::call_rules_max) {
        return fault("rules", "1 to 200 rules");
    }
    for (const std::string& rule : right.rules) {
        if (!is_call_rule(rule)) {
            return fault("rules", rule + ": digits, or a pattern behind _, perhaps behind !");
        }
    }
    if (Check title = check_title(right.title)) {
        return title;
    }
    return right.id ? Check{} : check_count(s.rights_to_call.size());
}

Check check(const State& s, const Profile& profile) {
    if (profile.id && !s.profiles.contains(profile.id)) {
        return fault("id", "no such profile");
    }
    if (!is_name(profile.name)) {
        return fault("name", name_rule);
    }
    for (const auto& [id, other] : s.profiles) {
        if (id != profile.id && other.name == profile.name) {
            return fault("name", "exists already");
        }
    }
    if (profile.max_activities &&
        (*profile.max_activities < 1 || *profile.max_activities > limits::max_activities_max)) {
        return fault("max_activities", "1 to 1000");
    }
    if (profile.devices.size() > limits::profile_devices_max) {
        return fault("devices", "at most 100");
    }
    std::set<DeviceId> seen;
    for (const DeviceId id : profile.devices) {
        const Device* device = find_device(s, id);
        if (device == nullptr) {
            return fault("devices", "no device " + std::to_string(id.value));
        }
        if (!seen.insert(id).second) {
            return fault("devices", device->name + " twice");
        }
        // A web phone is where its page is, and an external number rings whose it is.
        if (device->type != DeviceType::sip) {
            return fault("devices", device->name + ": only SIP telephones can be listed");
        }
    }
    if (Check title = check_title(profile.title)) {
        return title;
    }
    return profile.id ? Check{} : check_count(s.profiles.size());
}

}  // namespace linka::core
