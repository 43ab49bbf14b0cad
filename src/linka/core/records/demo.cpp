#include "linka/core/records/demo.hpp"

#include "linka/base/text.hpp"
#include "linka/core/records/demo_references.hpp"

namespace linka::core {

namespace {

template <typename Id, typename T>
int count_in(const std::map<Id, T>& all, const std::vector<Id>& demo) {
    return static_cast<int>(std::count_if(
        all.begin(), all.end(), [&](const auto& pair) { return is_among(demo, pair.first); }));
}

DemoCounts everything(const State& s) {
    return {static_cast<int>(s.users.size()),  static_cast<int>(s.devices.size()),
            static_cast<int>(s.queues.size()), static_cast<int>(s.routes.size()),
            static_cast<int>(s.menus.size()),  static_cast<int>(s.ring_groups.size()),
            static_cast<int>(s.pauses.size())};
}

bool stands_in_demo(const Call& call, const DemoRecords& demo) {
    const auto* menu = std::get_if<step::InMenu>(&call.step);
    const auto* group = std::get_if<step::RingMembers>(&call.step);
    return (menu != nullptr && is_among(demo.menus, menu->menu)) ||
           (group != nullptr && is_among(demo.ring_groups, group->group));
}

}  // namespace

bool is_work_of_demo(const State& s, const Activity& activity) {
    const DemoRecords& demo = s.demo.records;
    const Interaction* interaction = find_interaction(s, activity.interaction);
    return is_among(demo.users, activity.user) || is_among(demo.queues, activity.queue) ||
           (interaction != nullptr && is_among(demo.queues, interaction->queue));
}

bool needs_demo(const State& s, const Call& call) {
    const DemoRecords& demo = s.demo.records;
    bool own = false;
    for (const LegId id : call.legs) {
        const Leg* leg = find_leg(s, id);
        if (leg == nullptr) {
            continue;
        }
        if (is_among(demo.users, leg->user) || is_among(demo.devices, leg->device)) {
            return true;
        }
        own = own || leg->user;
    }
    for (const DelayedDevice& delayed : call.delayed) {
        if (is_among(demo.users, delayed.user) || is_among(demo.devices, delayed.device)) {
            return true;
        }
    }
    for (const ActivityId id : call.activities) {
        const Activity* activity = find_activity(s, id);
        if (activity != nullptr && is_work_of_demo(s, *activity)) {
            return true;
        }
    }
    if (const Interaction* interaction = find_interaction(s, call.interaction)) {
        if (is_among(demo.queues, interaction->queue)) {
            return true;
        }
        own = own || interaction->queue;
    }
    return !own || stands_in_demo(call, demo);
}

bool is_simulated(const State& s, const Call& call, const std::vector<std::string>& callers) {
    return is_among(s.demo.records.trunks, call.trunk) &&
           std::any_of(callers.begin(), callers.end(),
                       [&](const std::string& caller) { return call.caller.ends_with(caller); });
}

std::vector<CallId> calls_of_demo(const State& s, const std::vector<std::string>& callers) {
    std::vector<CallId> out;
    for (const auto& [id, call] : s.calls) {
        if (needs_demo(s, call) && !is_simulated(s, call, callers)) {
            out.push_back(id);
        }
    }
    return out;
}

DemoCounts demo_goes(const State& s, UserId keep) {
    const DemoRecords& demo = s.demo.records;
    const bool kept = s.users.contains(keep) && is_among(demo.users, keep);
    return {count_in(s.users, demo.users) - (kept ? 1 : 0),
            count_in(s.devices, demo.devices),
            count_in(s.queues, demo.queues),
            count_in(s.routes, demo.routes),
            count_in(s.menus, demo.menus),
            count_in(s.ring_groups, demo.ring_groups),
            count_in(s.pauses, demo.pauses)};
}

DemoCounts demo_stays(const State& s, UserId keep) {
    const DemoCounts all = everything(s);
    const DemoCounts goes = demo_goes(s, keep);
    const auto system_pauses =
        static_cast<int>(std::count_if(s.pauses.begin(), s.pauses.end(), [](const auto& pair) {
            return pair.second.type != PauseType::custom;
        }));
    return {all.users - goes.users,
            all.devices - goes.devices,
            all.queues - goes.queues,
            all.numbers - goes.numbers,
            all.menus - goes.menus,
            all.ring_groups - goes.ring_groups,
            all.pauses - goes.pauses - system_pauses};
}

std::vector<RouteId> routes_cut_off(const State& s, UserId keep) {
    const DemoReferences references(s, keep);
    std::vector<RouteId> out;
    for (const auto& [id, route] : s.routes) {
        if (!is_among(s.demo.records.routes, id) && references.goes(route.destination)) {
            out.push_back(id);
        }
    }
    return out;
}

}  // namespace linka::core
