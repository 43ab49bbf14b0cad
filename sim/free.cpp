#include "sim/free.hpp"

#include <algorithm>

namespace linka::sim {

bool may_be_offered(core::UserId id, const Ledger& ledger) {
    const auto found = ledger.users.find(id);
    if (found == ledger.users.end()) {
        return false;
    }
    const UserEntry& user = found->second;
    const core::User& record = user.record;
    if (record.type != core::UserType::CC || record.deactivated || !user.logged_in || !user.ready ||
        user.pause || !ledger.legs_of(id).empty() || !ledger.open_offers(id).empty()) {
        return false;
    }
    int incoming = 0;
    for (const core::ActivityId open : ledger.open_activities(id)) {
        const ActivityEntry& activity = ledger.activities.at(open);
        if (!activity.postponed) {
            return false;
        }
        incoming += activity.opened.direction == core::CallDirection::in ? 1 : 0;
    }
    const bool room = !record.max_activities || incoming < *record.max_activities;
    return room &&
           std::any_of(user.devices.begin(), user.devices.end(), [&](core::DeviceId device) {
               const DeviceEntry& entry = ledger.devices.at(device);
               return !entry.record.deactivated &&
                      (entry.reachable || entry.record.type == core::DeviceType::external) &&
                      (!entry.retry_at || entry.retry_at < ledger.now);
           });
}

}  // namespace linka::sim
