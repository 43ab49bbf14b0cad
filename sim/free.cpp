#include "sim/free.hpp"

#include "linka/core/records/matrix.hpp"

#include <algorithm>
#include <map>

namespace linka::sim {
namespace {

/// Open and not postponed.
std::map<core::Channel, int> open_by_channel(core::UserId user, const Ledger& ledger) {
    std::map<core::Channel, int> open;
    std::vector<core::LegId> legs = ledger.legs_of(user);
    for (const core::ActivityId id : ledger.open_activities(user)) {
        const ActivityEntry& activity = ledger.activities.at(id);
        if (!activity.postponed) {
            ++open[activity.opened.channel];
        }
        std::erase_if(legs, [&](core::LegId leg) {
            return leg == activity.leg || leg == activity.opened.leg;
        });
    }
    if (!legs.empty()) {
        ++open[core::Channel::call];  // on their telephone, without work of ours
    }
    return open;
}

bool has_telephone(const UserEntry& user, const Ledger& ledger) {
    return std::any_of(user.devices.begin(), user.devices.end(), [&](core::DeviceId device) {
        const DeviceEntry& entry = ledger.devices.at(device);
        return !entry.record.deactivated &&
               (entry.reachable || entry.record.type == core::DeviceType::external) &&
               (!entry.retry_at || entry.retry_at < ledger.now);
    });
}

}  // namespace

bool has_room_beside(core::UserId user, core::Channel channel, const Ledger& ledger) {
    const std::map<core::Channel, int> open = open_by_channel(user, ledger);
    const auto count = open.find(channel);
    const int same = count == open.end() ? 0 : count->second;
    return std::all_of(open.begin(), open.end(), [&](const auto& row) {
        const auto* cells = core::part_of(ledger.settings.distribution, row.first);
        const int* most = cells == nullptr ? nullptr : core::part_of(*cells, channel);
        return most == nullptr || same - (row.first == channel ? 1 : 0) < *most;
    });
}

int open_incoming(core::UserId user, const Ledger& ledger) {
    int incoming = 0;
    for (const core::ActivityId open : ledger.open_activities(user)) {
        incoming += ledger.activities.at(open).opened.direction == core::CallDirection::in ? 1 : 0;
    }
    return incoming;
}

std::optional<int> most_open(core::UserId user, const Ledger& ledger) {
    const std::optional<int> own = ledger.users.at(user).record.max_activities;
    const core::Profile* profile = ledger.profile_of(user);
    return own || profile == nullptr ? own : profile->max_activities;
}

bool may_be_offered(core::UserId id, core::Channel channel, const Ledger& ledger) {
    const auto found = ledger.users.find(id);
    if (found == ledger.users.end()) {
        return false;
    }
    const UserEntry& user = found->second;
    const core::User& record = user.record;
    if (record.type != core::UserType::CC || record.deactivated || !user.logged_in || !user.ready ||
        user.pause || !ledger.open_offers(id).empty()) {
        return false;
    }
    if (channel == core::Channel::call &&
        (!ledger.legs_of(id).empty() || !has_telephone(user, ledger))) {
        return false;
    }
    const std::optional<int> most = most_open(id, ledger);
    return has_room_beside(id, channel, ledger) && (!most || open_incoming(id, ledger) < *most);
}

}  // namespace linka::sim
