// Which records: of any kind, by their ids. What is removed together, and whose past is forgotten.
#pragma once

#include "linka/base/json_write.hpp"
#include "linka/core/ids.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace linka::core {

/// Records of every kind. Trunks by name, as calls name them, too.
struct RecordIds {
    std::vector<UserId> users{};
    std::vector<DeviceId> devices{};
    std::vector<QueueId> queues{};
    std::vector<PauseId> pauses{};
    std::vector<RouteId> routes{};
    std::vector<MenuId> menus{};
    std::vector<RingGroupId> ring_groups{};
    std::vector<TimeGroupId> time_groups{};
    std::vector<std::string> trunks{};
    std::vector<PromptId> prompts{};
    bool operator==(const RecordIds&) const = default;
};
LINKA_DESCRIBE(RecordIds, (users, devices, queues, pauses, routes, menus, ring_groups, time_groups,
                           trunks, prompts))

/// What people and queues did and what came over trunks: their calls with all that belongs to
/// them, their states, their figures. The records may be gone already.
struct Past {
    std::vector<UserId> users{};
    std::vector<QueueId> queues{};
    std::vector<std::string> trunks{};
    bool operator==(const Past&) const = default;
};
LINKA_DESCRIBE(Past, (users, queues, trunks))

/// Sorts, and leaves each out but once.
template <typename T>
void make_list(std::vector<T>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// Is it in the list, which make_list() has made?
template <typename T>
bool is_among(const std::vector<T>& list, const T& value) {
    return std::binary_search(list.begin(), list.end(), value);
}

}  // namespace linka::core
