#include "linka/core/records/profile.hpp"

#include "linka/core/view.hpp"

#include <algorithm>

namespace linka::core {

const Profile* profile_of(const State& state, const User& user) {
    const auto found = state.profiles.find(user.profile);
    return found == state.profiles.end() ? nullptr : &found->second;
}

std::optional<int> most_activities(const State& state, const User& user) {
    const Profile* profile = profile_of(state, user);
    return user.max_activities || profile == nullptr ? user.max_activities
                                                     : profile->max_activities;
}

bool may_call_without_queue(const State& state, const User& user) {
    const Profile* profile = profile_of(state, user);
    return user.call_without_queue || (profile != nullptr && profile->call_without_queue);
}

bool is_listed(const State& state, const User& user, DeviceId device) {
    const Profile* profile = profile_of(state, user);
    return profile != nullptr && std::find(profile->devices.begin(), profile->devices.end(),
                                           device) != profile->devices.end();
}

std::optional<Blocker> transfer_blocker(const State& state, UserId user, TransferKind kind) {
    const User* who = find_user(state, user);
    const Profile* profile = who == nullptr ? nullptr : profile_of(state, *who);
    const Transfers only = kind == TransferKind::attended ? Transfers::attended : Transfers::blind;
    if (profile == nullptr || profile->transfers == Transfers::both || profile->transfers == only) {
        return std::nullopt;
    }
    return Blocker{BlockerCode::transfer_kind, {profile->title}};
}

}  // namespace linka::core
