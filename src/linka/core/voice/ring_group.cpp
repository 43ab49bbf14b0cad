// Ring groups: all at once, one after another, or in an order by chance.
#include "linka/core/voice/ring_group.hpp"

#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/ringing.hpp"

namespace linka::core {

namespace {

// The order in which members are tried: their places, e.g. 2, 0, 1.
std::vector<int> order_of(Turn& t, const RingGroup& group) {
    std::vector<int> places(group.members.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i] = static_cast<int>(i);
    }
    if (group.strategy == GroupStrategy::random) {
        for (std::size_t i = places.size(); i > 1; --i) {
            std::swap(places[i - 1], places[t.random_below(i)]);
        }
    }
    return places;
}

}  // namespace

void ring_group(Turn& t, CallId id, const RingGroup& found) {
    const RingGroup group = found;
    const bool together = group.strategy == GroupStrategy::all;
    const LegId customer = find_call(t.s, id)->customer;
    step_to(t, id, step::RingMembers{group.id, together ? std::vector<int>{} : order_of(t, group)});
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
    } else if (const Call* call = find_call(t.s, id);
               call != nullptr && is_step<step::RingMembers>(call->step)) {
        t.then(next::RingFailed{id, false});
    }
}

bool ring_next_member(Turn& t, CallId id) {
    while (true) {
        const Call* call = find_call(t.s, id);
        const auto* at = call == nullptr ? nullptr : std::get_if<step::RingMembers>(&call->step);
        const auto group =
            at == nullptr ? t.s.routing.ring_groups.end() : t.s.routing.ring_groups.find(at->group);
        if (group == t.s.routing.ring_groups.end() || at->left.empty()) {
            return false;
        }
        const auto place = static_cast<std::size_t>(at->left.front());
        step_to(t, id, step::RingMembers{at->group, {at->left.begin() + 1, at->left.end()}});
        if (place < group->second.members.size()) {
            const GroupMember member = group->second.members[place];
            if (ring_member(t, id, member.number, member.ring)) {
                return true;
            }
        }
    }
}

}  // namespace linka::core
