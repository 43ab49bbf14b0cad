// Ring groups: all at once, one after another, or in an order by chance.
#include "linka/base/text.hpp"
#include "linka/core/flow.hpp"

namespace linka::core {

namespace {

const RingGroup* group_of(const State& s, const Call& call) {
    const auto number = text::to_int(call.value);
    const auto found = s.ring_groups.find(RingGroupId{number.value_or(0)});
    return found == s.ring_groups.end() ? nullptr : &found->second;
}

// The order in which members are tried: their places, e.g. "2 0 1".
std::string order_of(Turn& t, const RingGroup& group) {
    std::vector<std::size_t> places(group.members.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i] = i;
    }
    if (group.strategy == GroupStrategy::random) {
        for (std::size_t i = places.size(); i > 1; --i) {
            std::swap(places[i - 1], places[t.random_below(i)]);
        }
    }
    std::string order;
    for (const std::size_t place : places) {
        order += (order.empty() ? "" : " ") + std::to_string(place);
    }
    return order;
}

}  // namespace

void ring_group(Turn& t, CallId id, const RingGroup& found) {
    const RingGroup group = found;
    const bool together = group.strategy == GroupStrategy::all;
    const LegId customer = find_call(t.s, id)->customer;
    step_to(t, id,
            {{},
             std::string(step::group),
             std::to_string(group.id.value),
             {},
             0,
             together ? std::string{} : order_of(t, group)});
    direct_interaction(t, id);
    bool rings = false;
    if (together) {
        for (const GroupMember& member : group.members) {
            rings |= ring_member(t, id, member.number, member.ring);
        }
    } else {
        rings = ring_next_member(t, id);
    }
    if (rings) {
        let_hear_ringing(t, customer);
    } else if (find_call(t.s, id) != nullptr && find_call(t.s, id)->step == step::group) {
        ring_failed(t, id, false);
    }
}

bool ring_next_member(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    const RingGroup* group = call == nullptr ? nullptr : group_of(t.s, *call);
    while (group != nullptr && !call->order.empty()) {
        const std::string order = call->order;
        const std::size_t space = order.find(' ');
        const auto place = text::to_int(std::string_view(order).substr(0, space));
        CallStepped step{{},
                         call->step,
                         call->value,
                         {},
                         call->round + 1,
                         space == std::string::npos ? std::string{} : order.substr(space + 1)};
        step_to(t, id, std::move(step));
        if (place && static_cast<std::size_t>(*place) < group->members.size()) {
            const GroupMember member = group->members[static_cast<std::size_t>(*place)];
            if (ring_member(t, id, member.number, member.ring)) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace linka::core
