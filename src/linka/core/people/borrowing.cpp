// Whose device somebody may log in to, and what stands against it now.
#include "linka/core/people/borrowing.hpp"

#include "linka/core/records/profile.hpp"
#include "linka/core/view.hpp"

namespace linka::core {

namespace {

bool is_own(const User& user, DeviceId device) {
    return std::any_of(user.devices.begin(), user.devices.end(),
                       [&](const DeviceRight& right) { return right.device == device; });
}

bool is_lent(const State& s, const User& user, const Device& device) {
    return device.type == DeviceType::sip && !device.deactivated &&
           (device.shared || s.index.back_office.contains(device.id) ||
            is_listed(s, user, device.id));
}

}  // namespace

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

bool may_log_in(const State& s, const User& user, const Device& device) {
    return !device.deactivated && (is_own(user, device.id) || is_lent(s, user, device));
}

std::vector<DeviceId> devices_to_borrow(const State& s, const User& user) {
    std::vector<DeviceId> out;
    const auto add = [&](DeviceId id) {
        const Device* device = find_device(s, id);
        if (device != nullptr && is_lent(s, user, *device) && !is_own(user, id) &&
            out.size() < borrowed_devices_max) {
            out.push_back(id);
        }
    };
    const Profile* profile = profile_of(s, user);
    for (const DeviceId id : profile != nullptr ? profile->devices : std::vector<DeviceId>{}) {
        if (!s.index.shared_devices.contains(id) && !s.index.back_office.contains(id)) {
            add(id);
        }
    }
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

}  // namespace linka::core
