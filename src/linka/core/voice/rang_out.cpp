// Nothing rings any more: the next member of a group, the way back, or the end.
#include "linka/core/voice/rang_out.hpp"

#include "linka/core/flow/prompts.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/ring_group.hpp"
#include "linka/core/voice/transfer.hpp"

namespace linka::core {

namespace {

bool rings(const State& s, const Call& call) {
    if (!call.offers.empty() || !call.delayed.empty()) {
        return true;
    }
    for (const LegId id : call.legs) {
        const Leg* leg = find_leg(s, id);
        if (leg != nullptr && !leg->incoming && leg->state != LegState::answered) {
            return true;
        }
    }
    return false;
}

}  // namespace

void ring_progress(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr || rings(t.s, *call)) {
        return;
    }
    if (call->consultation.by) {
        if (!call->consultation.target) {
            cancel_consultation(t, id);
        }
    } else if (is_step<step::RingUser, step::RingMembers, step::RingOutside>(call->step)) {
        ring_failed(t, id, call->refused);
    }
}

void ring_failed(Turn& t, CallId id, bool busy) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    const Outcome outcome = busy ? Outcome::busy : Outcome::no_answer;
    if (const auto* at = std::get_if<step::RingMembers>(&call->step)) {
        const RingGroupId rung = at->group;
        if (ring_next_member(t, id)) {
            return;
        }
        const auto group = t.s.routing.ring_groups.find(rung);
        const Place next =
            group == t.s.routing.ring_groups.end() ? Place{} : place_of(group->second.on_no_answer);
        if (!is_nowhere(next)) {
            end_interaction(t, id, EndedBy::system, outcome);
            t.then(next::Go{id, next});
            return;
        }
    }
    if (come_back(t, id)) {
        return;
    }
    if (busy) {
        const Leg* customer = find_leg(t.s, call->customer);
        if (customer != nullptr && customer->state != LegState::answered) {
            end_call(t, id, {EndedBy::system, outcome, RefuseCause::busy});
            return;
        }
    }
    const bool number = is_step<step::RingOutside>(call->step);
    farewell(t, id,
             number ? prompt::number_unavailable
             : busy ? prompt::extension_busy
                    : prompt::extension_unavailable,
             outcome);
}

}  // namespace linka::core
