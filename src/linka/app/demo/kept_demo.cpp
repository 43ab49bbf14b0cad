#include "linka/app/demo/kept_demo.hpp"

#include "linka/app/demo/cast.hpp"
#include "linka/base/json_read.hpp"

namespace linka::app {
namespace {

template <typename Id, typename T>
std::vector<Id> ids_of(const std::map<Id, T>& map) {
    std::vector<Id> ids;
    for (const auto& [id, record] : map) {
        ids.push_back(id);
    }
    return ids;
}

template <typename T>
void add_to(std::vector<T>& list, const std::vector<T>& more) {
    list.insert(list.end(), more.begin(), more.end());
    core::make_list(list);
}

}  // namespace

std::string to_text(const KeptDemo& demo) {
    return json::to_text(demo);
}

KeptDemo kept_demo_from_text(std::string_view text) {
    const auto read = json::from_text<KeptDemo>(text, json::Unknown::ignore);
    return read ? *read : KeptDemo{};
}

core::RecordIds all_records(const core::State& state) {
    core::RecordIds records{ids_of(state.users),
                            ids_of(state.devices),
                            ids_of(state.queues),
                            ids_of(state.pauses),
                            ids_of(state.routing.routes),
                            ids_of(state.routing.menus),
                            ids_of(state.routing.ring_groups),
                            {}};
    std::erase_if(records.pauses, [&](core::PauseId id) {
        return state.pauses.at(id).type != core::PauseType::custom;
    });
    for (const auto& [id, trunk] : state.trunks) {
        records.trunks.push_back(trunk.name);
    }
    return records;
}

void add(KeptDemo& demo, const core::RecordIds& records) {
    demo.there = true;
    add_to(demo.records.users, records.users);
    add_to(demo.records.devices, records.devices);
    add_to(demo.records.queues, records.queues);
    add_to(demo.records.pauses, records.pauses);
    add_to(demo.records.routes, records.routes);
    add_to(demo.records.menus, records.menus);
    add_to(demo.records.ring_groups, records.ring_groups);
    add_to(demo.records.trunks, records.trunks);
}

core::RemoveRecords removal_of(const KeptDemo& demo, const core::State& state, core::UserId keep) {
    core::RemoveRecords removal;
    removal.records = demo.records;
    std::erase(removal.records.users, keep);
    removal.past = {demo.records.users, demo.records.queues, demo.records.trunks};
    for (const auto& [id, call] : state.calls) {
        if (customer_of(call) != nullptr) {
            removal.ending.push_back(id);
        }
    }
    return removal;
}

}  // namespace linka::app
