#include "linka/core/records/going.hpp"

#include "linka/core/view.hpp"

#include <algorithm>
#include <iterator>

namespace linka::core {

namespace {

template <typename T>
std::vector<T> joined(const std::vector<T>& some, const std::vector<T>& more) {
    std::vector<T> all;
    std::set_union(some.begin(), some.end(), more.begin(), more.end(), std::back_inserter(all));
    return all;
}

template <typename Map, typename Id>
std::vector<Id> those_of(const Map& map, std::vector<Id> ids) {
    std::erase_if(ids, [&](Id id) { return !map.contains(id); });
    make_list(ids);
    return ids;
}

// Those that are there. The system's own pauses stay.
RecordIds existing(const State& s, RecordIds records) {
    std::erase_if(records.pauses, [&](PauseId id) {
        const Pause* pause = find_pause(s, id);
        return pause == nullptr || pause->type != PauseType::custom;
    });
    std::erase_if(records.trunks,
                  [&](const std::string& name) { return find_trunk(s, name) == nullptr; });
    make_list(records.trunks);
    return {those_of(s.users, records.users),
            those_of(s.devices, records.devices),
            those_of(s.queues, records.queues),
            those_of(s.pauses, records.pauses),
            those_of(s.routing.routes, records.routes),
            those_of(s.routing.menus, records.menus),
            those_of(s.routing.ring_groups, records.ring_groups),
            those_of(s.routing.time_groups, records.time_groups),
            records.trunks,
            those_of(s.prompts, records.prompts)};
}

Past listed(Past past) {
    make_list(past.users);
    make_list(past.queues);
    make_list(past.trunks);
    return past;
}

std::vector<CallId> listed(std::vector<CallId> calls) {
    make_list(calls);
    return calls;
}

// Where a call goes from its step, as a place.
struct PlaceOf {
    Place operator()(const step::Announcement& step) const { return step.next; }
    Place operator()(const step::BeforeQueue& step) const { return place::Queue{step.queue}; }
    Place operator()(const step::InMenu& step) const { return place::Menu{step.menu}; }
    Place operator()(const step::RingMembers& step) const { return place::RingGroup{step.group}; }
    Place operator()(const step::Greeting& step) const { return place::Voicemail{step.mailbox}; }
    Place operator()(const step::Message& step) const { return place::Voicemail{step.mailbox}; }
    template <typename Other>
    Place operator()(const Other&) const {
        return place::Nowhere{};
    }
};

template <typename T>
int size_of(const T& all) {
    return static_cast<int>(all.size());
}

}  // namespace

Going::Going(const State& s, const RemoveRecords& input)
    : s_(s),
      records_(existing(s, input.records)),
      past_(listed(input.past)),
      users_(joined(records_.users, past_.users)),
      queues_(joined(records_.queues, past_.queues)),
      ending_(listed(input.ending)),
      references_(s, records_) {
}

bool Going::has(const Activity& activity) const {
    const Interaction* interaction = find_interaction(s_, activity.interaction);
    return is_among(users_, activity.user) || is_among(queues_, activity.queue) ||
           (interaction != nullptr && is_among(queues_, interaction->queue));
}

bool Going::has(const Interaction& interaction) const {
    return is_among(queues_, interaction.queue) || is_among(users_, interaction.user);
}

bool Going::has(UserId user, DeviceId device) const {
    return is_among(users_, user) || is_among(records_.devices, device);
}

bool Going::stands_there(const Call& call) const {
    return references_.goes(std::visit(PlaceOf{}, call.step));
}

bool Going::stops(const Call& call) const {
    bool owned = false;  // by whoever stays
    for (const LegId id : call.legs) {
        const Leg* leg = find_leg(s_, id);
        if (leg != nullptr && has(leg->user, leg->device)) {
            return true;
        }
        owned = owned || (leg != nullptr && leg->user);
    }
    for (const DelayedDevice& delayed : call.delayed) {
        if (has(delayed.user, delayed.device)) {
            return true;
        }
    }
    for (const ActivityId id : call.activities) {
        const Activity* activity = find_activity(s_, id);
        if (activity != nullptr && has(*activity)) {
            return true;
        }
    }
    if (const Interaction* interaction = find_interaction(s_, call.interaction)) {
        if (is_among(queues_, interaction->queue)) {
            return true;
        }
        owned = owned || interaction->queue;
    }
    return stands_there(call) || (!owned && is_among(records_.trunks, call.trunk));
}

std::vector<CallId> Going::calls() const {
    std::vector<CallId> out;
    for (const auto& [id, call] : s_.calls) {
        if (is_among(ending_, id) || stops(call)) {
            out.push_back(id);
        }
    }
    return out;
}

std::vector<CallId> Going::calls_in_the_way() const {
    std::vector<CallId> out = calls();
    std::erase_if(out, [&](CallId id) { return is_among(ending_, id); });
    return out;
}

bool Going::takes_last_admin() const {
    return std::any_of(records_.users.begin(), records_.users.end(),
                       [&](UserId id) { return find_user(s_, id)->access == Access::admin; }) &&
           std::none_of(s_.users.begin(), s_.users.end(), [&](const auto& pair) {
               const User& user = pair.second;
               return user.access == Access::admin && !user.deactivated &&
                      !is_among(records_.users, user.id);
           });
}

RecordCounts counts_of_going(const Going& going) {
    const RecordIds& records = going.records();
    return {size_of(records.users),  size_of(records.devices), size_of(records.queues),
            size_of(records.routes), size_of(records.menus),   size_of(records.ring_groups),
            size_of(records.pauses)};
}

RecordCounts counts_of_staying(const State& s, const Going& going) {
    const RecordCounts goes = counts_of_going(going);
    const auto pauses = std::count_if(s.pauses.begin(), s.pauses.end(), [](const auto& pair) {
        return pair.second.type == PauseType::custom;
    });
    return {
        size_of(s.users) - goes.users,         size_of(s.devices) - goes.devices,
        size_of(s.queues) - goes.queues,       size_of(s.routing.routes) - goes.numbers,
        size_of(s.routing.menus) - goes.menus, size_of(s.routing.ring_groups) - goes.ring_groups,
        static_cast<int>(pauses) - goes.pauses};
}

std::vector<RouteId> routes_cut_off(const State& s, const Going& going) {
    std::vector<RouteId> out;
    for (const auto& [id, route] : s.routing.routes) {
        if (!is_among(going.records().routes, id) &&
            !(going.references().without(route) == route)) {
            out.push_back(id);
        }
    }
    return out;
}

}  // namespace linka::core
