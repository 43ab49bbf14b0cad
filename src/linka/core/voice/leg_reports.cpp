// Legs are answered, ring in vain and end: what follows for their call.
#include "linka/core/voice/leg_reports.hpp"

#include "linka/core/turn.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/conversation.hpp"
#include "linka/core/voice/devices_ring.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/offer_calls.hpp"
#include "linka/core/voice/outbound.hpp"
#include "linka/core/voice/rang_out.hpp"
#include "linka/core/voice/ringing.hpp"
#include "linka/core/voice/transfer.hpp"

namespace linka::core {

namespace {

void customer_gone(Turn& t, const Call& call, const LegGone& how, bool answered) {
    if (call.direction == CallDirection::out && !answered) {
        number_failed(t, call.id, how.cause);
        return;
    }
    const bool lost = how.cause == LegCause::lost;
    end_call(t, call.id,
             {lost ? EndedBy::system : EndedBy::caller, lost ? Outcome::failed : Outcome::abandoned,
              RefuseCause::no_answer});
}

void agent_gone(Turn& t, const Call& call, const Leg& leg, const LegGone& how) {
    const bool lost = how.cause == LegCause::lost;
    // A connection that breaks is nobody's refusal.
    if (!lost && return_to_queue(t, call, leg)) {
        return;
    }
    if (call.consultation.by && !lost) {
        // Hanging up during a consultation hands the customer over (as telephones do it), whatever
        // their profile says of transfers: the customer is not to be lost with them.
        complete_consultation(t, call.id);
        return;
    }
    end_call(t, call.id,
             {lost ? EndedBy::system : EndedBy::agent, Outcome::cancelled, RefuseCause::no_answer});
}

// The telephone itself failed: it refused without having rung (busy with a call that we do not know
// of, told not to disturb, leading elsewhere), or broke down. A person who pushes the call away, or
// lets it ring, is no failure.
bool is_failure(const Leg& leg, const LegGone& how) {
    if (!leg.device || leg.incoming || leg.state == LegState::answered || !how.by_peer ||
        how.status < 300) {
        return false;
    }
    const bool rang = leg.state == LegState::ringing;
    switch (how.cause) {
        case LegCause::rejected:
        case LegCause::elsewhere:
        case LegCause::lost:
        case LegCause::hangup:
            return false;
        case LegCause::busy:
        case LegCause::no_answer:
            return !rang;
        case LegCause::cancelled:
        case LegCause::unreachable:
        case LegCause::failed:
        case LegCause::redirected:
            return true;
    }
    return true;
}

// What follows from the end of a leg; `call` is the call as it was before.
void after_leg(Turn& t, const Call& call, const Leg& leg, const LegGone& how) {
    if (call.customer == leg.id) {
        customer_gone(t, call, how, leg.state == LegState::answered);
    } else if (call.agent == leg.id || call.consultation.by == leg.id) {
        agent_gone(t, call, leg, how);
    } else if (call.consultation.target == leg.id) {
        cancel_consultation(t, call.id);
    } else if (leg.offer) {
        check_offer(t, leg.offer);
    } else {
        ring_progress(t, call.id);
    }
}

}  // namespace

void leg_answered(Turn& t, LegId id) {
    const Leg* leg = find_leg(t.s, id);
    if (leg == nullptr || leg->incoming || leg->state == LegState::answered) {
        return;
    }
    const OfferId offer = leg->offer;
    const CallId call_id = leg->call;
    t.emit(LegAnswered{id});
    if (offer) {
        offer_answered(t, offer, id);
        return;
    }
    const Call* call = find_call(t.s, call_id);
    if (call == nullptr) {
        return;
    }
    if (call->consultation.by && !call->consultation.target) {
        consultation_answered(t, call_id, id);
    } else if (const auto* own = std::get_if<step::OwnDevice>(&call->step)) {
        own_device_answered(t, call_id, step::OwnDevice(*own));
    } else {
        party_answered(t, call_id, id);
    }
}

void leg_gone(Turn& t, LegId id, LegGone how) {
    const Leg* leg = find_leg(t.s, id);
    const Call* call = leg == nullptr ? nullptr : find_call(t.s, leg->call);
    if (call == nullptr) {
        return;
    }
    const Leg leg_before = *leg;
    const Call call_before = *call;
    if (is_failure(leg_before, how)) {
        fail_device(t, leg_before, how);
    }
    t.emit(LegEnded{id, call_before.id, how.cause, how.status, how.by_peer, how.forwards_to});
    after_leg(t, call_before, leg_before, how);
}

void leave_call(Turn& t, LegId id) {
    const Leg* leg = find_leg(t.s, id);
    const Call* call = leg == nullptr ? nullptr : find_call(t.s, leg->call);
    if (call == nullptr) {
        return;
    }
    const Leg leg_before = *leg;
    const Call call_before = *call;
    const bool answered = leg->state == LegState::answered;
    const LegCause cause = answered ? LegCause::hangup : LegCause::cancelled;
    drop(t, id, {cause, false, RefuseCause::declined});
    after_leg(t, call_before, leg_before, {cause, 0, false});
}

void leg_rang_out(Turn& t, LegId id) {
    const Leg* leg = find_leg(t.s, id);
    if (leg == nullptr || leg->state == LegState::answered) {
        return;
    }
    const OfferId offer = leg->offer;
    const CallId call_id = leg->call;
    const Call* call = find_call(t.s, call_id);
    const bool outbound = call != nullptr && call->customer == id;
    if (leg->device && leg->state == LegState::dialling) {
        fail_device(t, *leg, {});
    }
    drop(t, id, {LegCause::no_answer, false, RefuseCause::no_answer});
    if (offer) {
        check_offer(t, offer);
    } else if (outbound) {
        number_failed(t, call_id, LegCause::no_answer);
    } else {
        ring_progress(t, call_id);
    }
}

}  // namespace linka::core
