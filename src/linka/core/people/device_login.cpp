// Logging in to devices and out of them, also from one that a colleague is logged in to.
#include "linka/core/people/device_login.hpp"

#include "linka/core/people/borrowing.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/leg_reports.hpp"

namespace linka::core {

namespace {

// What rings there stops, as if the device had refused to.
void stop_device(Turn& t, UserId user, DeviceId device) {
    for (const LegId id : legs_of_device(t.s, user, device)) {
        leave_call(t, id);
    }
}

}  // namespace

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
