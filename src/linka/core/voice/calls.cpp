// The life of a call: how legs' ends and answers change it, and how it ends for everybody.
#include "linka/core/voice/calls.hpp"

#include "linka/core/flow/prompts.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/recording.hpp"
#include "linka/core/voice/voicemail.hpp"
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

}  // namespace

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
