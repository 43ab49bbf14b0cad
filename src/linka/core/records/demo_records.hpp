// Which records are the demo's, as opposed to what people have made since: what "delete the demo"
// takes away.
#pragma once

#include "linka/base/json_write.hpp"
#include "linka/core/ids.hpp"

#include <string>
#include <vector>

namespace linka::core {

/// Ids ascending, without doubles. Records that were removed by hand stay listed, since what they
/// left behind (calls, figures) is the demo's all the same. Pauses are custom ones; trunks are
/// named by name.
struct DemoRecords {
    std::vector<UserId> users;
    std::vector<DeviceId> devices;
    std::vector<QueueId> queues;
    std::vector<PauseId> pauses;
    std::vector<RouteId> routes;
    std::vector<MenuId> menus;
    std::vector<RingGroupId> ring_groups;
    std::vector<std::string> trunks;
    bool operator==(const DemoRecords&) const = default;
};
LINKA_DESCRIBE(DemoRecords, (users, devices, queues, pauses, routes, menus, ring_groups, trunks))

}  // namespace linka::core
