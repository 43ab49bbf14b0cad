// The life of a call: how legs' ends and answers change it, and how it ends for everybody.
#include "linka/core/voice/calls.hpp"

#include "linka/core/flow/prompts.hpp"
#include "linka/core/flow/steps.hpp"
#include "linka/core/flow/voicemail.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/conversation.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/offer_calls.hpp"
#include "linka/core/voice/outbound.hpp"
#include "linka/core/voice/recording.hpp"
#include "linka/core/voice/ringing.hpp"
#include "linka/core/voice/transfer.hpp"
#include "linka/core/work/missed_turn.hpp"
#include "linka/core/work/offers.hpp"

namespace linka::core {

namespace {

constexpr Duration farewell_max = 60s;
constexpr Duration tone_time = 8s;

bool by_customer(EndedBy by) {
    return by == EndedBy::caller;
}

// What the end of a call's customer leg means for an interaction that nobody answered.
Outcome outcome_of(LegCause cause) {
    switch (cause) {
        case LegCause::busy:
        case LegCause::rejected:
            return Outcome::busy;
        case LegCause::no_answer:
            return Outcome::no_answer;
        case LegCause::hangup:
        case LegCause::cancelled:
        case LegCause::elsewhere:
            return Outcome::abandoned;
        case LegCause::unreachable:
        case LegCause::failed:
        case LegCause::lost:
        case LegCause::redirected:
            return Outcome::failed;
    }
    return Outcome::failed;
}

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
        // Hanging up during a consultation hands the customer over (as telephones do it).
        complete_consultation(t, call.id);
        return;
    }
    end_call(t, call.id,
             {lost ? EndedBy::system : EndedBy::agent, Outcome::cancelled, RefuseCause::no_answer});
}

}  // namespace

LegId listener(const Call& call) {
    const LegId first = call.direction == CallDirection::out ? call.agent : call.customer;
    return first ? first : (call.customer ? call.customer : call.agent);
}

void end_interaction(Turn& t, CallId id, EndedBy by, Outcome unanswered) {
    const Call* call = find_call(t.s, id);
    const Interaction* interaction =
        call == nullptr ? nullptr : find_interaction(t.s, call->interaction);
    if (interaction == nullptr || interaction->ended) {
        return;
    }
    if (interaction->answered) {
        t.emit(InteractionEnded{interaction->id, Outcome::answered, by, 0});
        return;
    }
    const Call call_before = *call;
    const Interaction before = *interaction;
    t.emit(InteractionEnded{before.id, unanswered, by, position_of(t.s, before.id), before.reason,
                            before.status});
    note_missed(t, call_before, before, unanswered);
}

void finish_activities(Turn& t, CallId id, EndedBy by, ActivityId only) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    for (const ActivityId activity_id : std::vector<ActivityId>(call->activities)) {
        if (only && activity_id != only) {
            continue;
        }
        t.emit(ActivityFinished{activity_id, by});
        const Activity* activity = find_activity(t.s, activity_id);
        // A call between colleagues leaves no form to save.
        if (activity != nullptr && activity->direction == CallDirection::internal) {
            t.emit(ActivityClosed{activity_id, {}, {}});
        }
    }
}

void end_call(Turn& t, CallId id, Ending how) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    const std::string reason = by_customer(how.by) ? "customer_left" : "system";
    for (const OfferId offer : std::vector<OfferId>(call->offers)) {
        close_offer(t, offer, OfferOutcome::withdrawn, reason);
    }
    if (const auto* message = std::get_if<step::Message>(&call->step)) {
        voicemail_left(t, id, step::Message(*message));
    }
    stop_recording(t, id);
    end_interaction(t, id, how.by, how.unanswered);
    finish_activities(t, id, how.by);
    for (const LegId leg : std::vector<LegId>(call->legs)) {
        const Leg* found = find_leg(t.s, leg);
        const bool answered = found != nullptr && found->state == LegState::answered;
        drop(t, leg, {answered ? LegCause::hangup : LegCause::cancelled, false, how.refuse});
    }
    t.emit(CallEnded{id});
}

void farewell(Turn& t, CallId id, std::string_view prompt, Outcome unanswered) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    stop_recording(t, id);
    end_interaction(t, id, EndedBy::system, unanswered);
    finish_activities(t, id, EndedBy::system);
    const LegId leg = listener(*call);
    if (find_leg(t.s, leg) == nullptr) {
        end_call(t, id);
        return;
    }
    step_to(t, id, step::Farewell{}, t.now() + farewell_max);
    answer(t, leg);
    play(t, leg, {PlayKind::prompt, std::string(prompt)});
}

void farewell_tone(Turn& t, CallId id, std::string_view tone, RefuseCause refuse) {
    const Call* call = find_call(t.s, id);
    const Leg* leg = call == nullptr ? nullptr : find_leg(t.s, listener(*call));
    const Outcome outcome = refuse == RefuseCause::busy ? Outcome::busy : Outcome::failed;
    if (leg == nullptr || leg->state != LegState::answered) {
        end_call(t, id, {EndedBy::system, outcome, refuse});
        return;
    }
    const LegId heard = leg->id;
    end_interaction(t, id, EndedBy::system, outcome);
    finish_activities(t, id, EndedBy::system);
    step_to(t, id, step::Farewell{}, t.now() + tone_time);
    play(t, heard, {PlayKind::tone, std::string(tone)}, true);
}

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

namespace {

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

void number_failed(Turn& t, CallId id, LegCause cause) {
    const Outcome outcome = outcome_of(cause);
    switch (outcome) {
        case Outcome::busy:
            farewell(t, id, prompt::number_busy, outcome);
            break;
        case Outcome::no_answer:
            farewell(t, id, prompt::number_no_answer, outcome);
            break;
        default:
            farewell(t, id, prompt::number_unavailable, Outcome::failed);
            break;
    }
}

}  // namespace linka::core
