// Which records are the demo's.
#include "linka/app/demo.hpp"

namespace linka::app {
namespace {

using namespace core;

const std::string& name_of_record(const User& user) {
    return user.name;
}
const std::string& name_of_record(const Device& device) {
    return device.name;
}
const std::string& name_of_record(const Pause& pause) {
    return pause.name;
}
const std::string& name_of_record(const Route& route) {
    return route.did;
}
const std::string& name_of_record(const Menu& menu) {
    return menu.name;
}
std::string name_of_record(const Queue& queue) {
    return std::to_string(queue.id.value);
}
std::string name_of_record(const RingGroup& group) {
    return std::to_string(group.id.value);
}

template <typename Id, typename T>
std::vector<Id> ids_of(const std::map<Id, T>& map) {
    std::vector<Id> ids;
    for (const auto& [id, record] : map) {
        ids.push_back(id);
    }
    return ids;
}

// The ids in `now` of what the seeding makes, by name: where the seeding has changed since, numbers
// have, too. Of several with one name the oldest.
template <typename Id, typename T>
void by_name(std::vector<Id>& ids, const std::map<Id, T>& seeded, const std::map<Id, T>& now) {
    std::map<std::string, Id> oldest;
    for (const auto& [id, record] : now) {
        oldest.emplace(name_of_record(record), id);
    }
    std::vector<Id> found;
    for (const Id id : ids) {
        const auto same = oldest.find(std::string(name_of_record(seeded.at(id))));
        if (same != oldest.end()) {
            found.push_back(same->second);
        }
    }
    ids = std::move(found);
}

}  // namespace

DemoRecords all_records(const State& state) {
    DemoRecords records{ids_of(state.users),       ids_of(state.devices),
                        ids_of(state.queues),      ids_of(state.pauses),
                        ids_of(state.routes),      ids_of(state.menus),
                        ids_of(state.ring_groups), {}};
    std::erase_if(records.pauses,
                  [&](PauseId id) { return state.pauses.at(id).type != PauseType::custom; });
    for (const Trunk& trunk : state.settings.trunks) {
        records.trunks.push_back(trunk.name);
    }
    return records;
}

DemoRecords seeded_records(const State& state) {
    State seeded;
    const Apply apply = [&](const Input& input) {
        return decide(seeded, input, state.at, 0).reply;
    };
    if (!seed_base(apply) || !seed_demo(apply)) {
        return {};
    }
    DemoRecords records = all_records(seeded);
    by_name(records.users, seeded.users, state.users);
    by_name(records.devices, seeded.devices, state.devices);
    by_name(records.queues, seeded.queues, state.queues);
    by_name(records.pauses, seeded.pauses, state.pauses);
    by_name(records.routes, seeded.routes, state.routes);
    by_name(records.menus, seeded.menus, state.menus);
    by_name(records.ring_groups, seeded.ring_groups, state.ring_groups);
    return records;
}

}  // namespace linka::app
