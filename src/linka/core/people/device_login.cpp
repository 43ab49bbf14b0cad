// Who may log in to which device, and taking one over from a colleague.
#include "linka/core/people/device_login.hpp"

#include "linka/core/people/start.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/conversation.hpp"

namespace linka::core {

namespace {

// Legs that use this device now.
std::vector<LegId> legs_of_device(const State& s, UserId user, DeviceId device) {
    std::vector<LegId> out;
    const auto work = s.index.work.find(user);
    if (work != s.index.work.end()) {
        for (const LegId id : work->second.legs) {
            const Leg* leg = find_leg(s, id);
            if (leg != nullptr && leg->device == device) {
                out.push_back(id);
            }
        }
    }
    return out;
}

bool talks_on(const State& s, UserId user, DeviceId device) {
    const std::vector<LegId> legs = legs_of_device(s, user, device);
    return std::any_of(legs.begin(), legs.end(), [&](LegId id) {
        const Leg* leg = find_leg(s, id);
        return leg->state == LegState::answered || leg->incoming || !leg->offer;
    });
}

// What rings there stops, as if the device had refused to.
void stop_device(Turn& t, UserId user, DeviceId device) {
    for (const LegId id : legs_of_device(t.s, user, device)) {
        leave_call(t, id);
    }
}

bool is_own(const User& user, DeviceId device) {
    return std::any_of(user.devices.begin(), user.devices.end(),
                       [&](const DeviceRight& right) { return right.device == device; });
}

bool is_lendable(const State& s, const Device& device) {
    return device.type == DeviceType::sip && !device.deactivated &&
           (device.shared || s.index.back_office.contains(device.id));
}

}  // namespace

bool may_log_in(const State& s, const User& user, const Device& device) {
    return !device.deactivated && (is_own(user, device.id) || is_lendable(s, device));
}

std::vector<DeviceId> devices_to_borrow(const State& s, const User& user) {
    std::vector<DeviceId> out;
    const auto add = [&](DeviceId id) {
        const Device* device = find_device(s, id);
        if (device != nullptr && is_lendable(s, *device) && !is_own(user, id) &&
            out.size() < borrowed_devices_max) {
            out.push_back(id);
        }
    };
    for (const DeviceId id : s.index.shared_devices) {
        add(id);
    }
    for (const auto& [id, owner] : s.index.back_office) {
        if (!s.index.shared_devices.contains(id)) {
            add(id);
        }
    }
    return out;
}

std::optional<Blocker> device_blocker(const State& s, const User& user, const Device& device,
                                      bool take) {
    const User* holder = user_of_device(s, device.id);
    if (holder != nullptr && holder->id == user.id) {
        return std::nullopt;
    }
    if (!may_log_in(s, user, device)) {
        return Blocker{BlockerCode::no_right, {device.name}};
    }
    if (holder == nullptr) {
        return std::nullopt;
    }
    if (talks_on(s, holder->id, device.id)) {
        return Blocker{BlockerCode::busy, {device.name, holder->title}};
    }
    if (holder->type == UserType::CC && !take) {
        return Blocker{BlockerCode::device_in_use, {device.name, holder->title}};
    }
    return std::nullopt;
}

void leave_device(Turn& t, UserId user, DeviceId device, UserId taken_by) {
    t.emit(DeviceLeft{user, device, taken_by});
    stop_device(t, user, device);
}

void join_device(Turn& t, UserId user, DeviceId device) {
    const User* holder = user_of_device(t.s, device);
    if (holder != nullptr && holder->id == user) {
        return;
    }
    if (holder != nullptr) {
        const UserId other = holder->id;
        if (holder->type == UserType::CC) {
            leave_device(t, other, device, user);
        } else {
            stop_device(t, other, device);
        }
    }
    t.emit(DeviceJoined{user, device});
}

const Session* need_logged_in(Turn& t, UserId user) {
    const Session* session = find_session(t.s, user);
    if (session == nullptr || !session->logged_in) {
        t.refuse(BlockerCode::not_logged_in);
        return nullptr;
    }
    return session;
}

void apply(Turn& t, const ChangeDevices& input) {
    if (need_logged_in(t, input.user) == nullptr) {
        return;
    }
    const User user = *find_user(t.s, input.user);
    std::vector<Blocker> blockers;
    for (const auto* names : {&input.login, &input.logout}) {
        const bool joins = names == &input.login;
        for (const std::string& name : *names) {
            const Device* device = device_by_name(t.s, name);
            if (device == nullptr || (joins && device->deactivated)) {
                t.not_found();
                t.reply.field = joins ? "login" : "logout";
                t.reply.text = name;
                return;
            }
            if (!joins && talks_on(t.s, input.user, device->id)) {
                blockers.push_back({BlockerCode::busy, {name}});
            } else if (auto blocker =
                           joins ? device_blocker(t.s, user, *device, input.take) : std::nullopt) {
                blockers.push_back(std::move(*blocker));
            }
        }
    }
    if (!blockers.empty()) {
        t.refuse(std::move(blockers));
        return;
    }
    for (const std::string& name : input.logout) {
        const DeviceId device = device_by_name(t.s, name)->id;
        const std::vector<DeviceId>& own = find_session(t.s, input.user)->devices;
        if (std::find(own.begin(), own.end(), device) != own.end()) {
            leave_device(t, input.user, device);
        }
    }
    for (const std::string& name : input.login) {
        join_device(t, input.user, device_by_name(t.s, name)->id);
    }
}

}  // namespace linka::core
