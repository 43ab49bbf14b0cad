// An offer of a call: it rings on its user's devices, each with its own delay and time.
#include "linka/core/voice/offer_calls.hpp"

#include "linka/core/people/can.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/conversation.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/rang_out.hpp"
#include "linka/core/voice/ringing.hpp"
#include "linka/core/voice/transfer.hpp"
#include "linka/core/work/offer_over.hpp"
#include "linka/core/work/offers.hpp"

namespace linka::core {

namespace {

bool rings_still(const State& s, const Call& call, OfferId offer) {
    for (const LegId id : call.legs) {
        const Leg* leg = find_leg(s, id);
        if (leg != nullptr && leg->offer == offer) {
            return true;
        }
    }
    return std::any_of(call.delayed.begin(), call.delayed.end(),
                       [&](const DelayedDevice& delayed) { return delayed.offer == offer; });
}

// The call as far as an offer of it is concerned; null where it has gone.
const Call* call_of_offer(const State& s, OfferId id) {
    const Offer* offer = find_offer(s, id);
    return offer == nullptr ? nullptr : carrying_call(s, *offer);
}

LegId leg_of_offer(const Call& call, const State& s, OfferId offer) {
    for (const LegId id : call.legs) {
        const Leg* leg = find_leg(s, id);
        if (leg != nullptr && leg->offer == offer) {
            return id;
        }
    }
    return {};
}

}  // namespace

void accept(Turn& t, const Offer& offer, const carrier::Call& by) {
    std::vector<Blocker> blockers = answer_blockers(t.s, offer.user, &offer);
    if (!blockers.empty()) {
        t.refuse(std::move(blockers));
        return;
    }
    const Call* call = find_call(t.s, by.call);
    t.reply.activity = offer.activity;
    t.effect(AskToAnswer{call == nullptr ? LegId{} : leg_of_offer(*call, t.s, offer.id)});
}

void offer_answered(Turn& t, OfferId id, LegId leg) {
    const Offer* found = find_offer(t.s, id);
    const Interaction* interaction =
        found == nullptr ? nullptr : find_interaction(t.s, found->interaction);
    const Call* call = found == nullptr ? nullptr : carrying_call(t.s, *found);
    if (interaction == nullptr || call == nullptr) {
        drop(t, leg, {LegCause::elsewhere, true, RefuseCause::no_answer});
        return;
    }
    const Offer offer = *found;
    const bool consulted = call->consultation.by && !call->consultation.target;
    const bool first = !interaction->answered;
    const CallId call_id = call->id;
    const LegId customer = call->customer;
    open_work(t, offer, call->caller_name.empty() ? call->caller : call->caller_name, leg);
    if (consulted) {
        consultation_answered(t, call_id, leg);
        return;
    }
    step_to(t, call_id, step::Talk{});
    stop_ringing(t, call_id, leg, "colleague");
    if (first) {
        t.emit(InteractionAnswered{offer.interaction, offer.user, offer.activity});
    }
    connect_sides(t, call_id, customer, leg);
}

void check_offer(Turn& t, OfferId id) {
    const Call* call = call_of_offer(t.s, id);
    const Ringing* ringing = find_ringing(t.s, id);
    if (call == nullptr || ringing == nullptr || rings_still(t.s, *call, id)) {
        return;
    }
    if (ringing->refused) {
        end_offer(t, id, OfferOutcome::rejected);
    } else if (ringing->rang_out) {
        end_offer(t, id, OfferOutcome::missed);
    } else {
        end_offer(t, id, OfferOutcome::withdrawn, "unreachable");
    }
}

void start_delayed(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    std::vector<DelayedDevice> due;
    for (const DelayedDevice& delayed : call->delayed) {
        if (delayed.start <= t.now()) {
            due.push_back(delayed);
        }
    }
    t.emit(DeadlinePassed{DeadlineKind::delayed, id.value});
    for (const DelayedDevice& delayed : due) {
        const User* holder = user_of_device(t.s, delayed.device);
        if (holder != nullptr && holder->id == delayed.user && is_reachable(t.s, delayed.device)) {
            dial(t, {id,
                     delayed.user,
                     delayed.device,
                     device_name(t.s, delayed.device),
                     delayed.offer,
                     delayed.until,
                     false,
                     {}});
        }
        if (delayed.offer) {
            check_offer(t, delayed.offer);
        }
    }
    ring_progress(t, id);
}

}  // namespace linka::core
