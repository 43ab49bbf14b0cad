// Folds of the events of calls and legs.
#include "linka/core/flow/step.hpp"
#include "linka/core/journal/evolve.hpp"

namespace linka::core {

namespace {

void forget_play(Leg& leg) {
    leg.play = {};
    leg.play_what = {};
    leg.play_language.clear();
    leg.play_loop = false;
}

// The first leg of an ordinary call is its customer; of a call that a user makes, their own is the
// agent's side and the first outside leg the customer's.
void give_side(Call& call, const LegStarted& e) {
    if (e.offer) {
        return;
    }
    if (call.direction == CallDirection::out) {
        if (e.user && !call.agent && !call.customer) {
            call.agent = e.leg;
        } else if (!e.user && !call.customer) {
            call.customer = e.leg;
        }
    } else if (!call.customer) {
        call.customer = e.leg;
    }
}

void erase_leg(State& s, Leg& leg, Instant at) {
    leg.until = {};
    s.index.deadlines.set(DeadlineKind::leg, leg.id.value, {});
    const UserId user = leg.user;
    if (user) {
        s.index.work[user].legs.erase(leg.id);
    }
    s.legs.erase(leg.id);
    refresh_user(s, user, at);
}

// What the end of a leg says about its offer. A telephone that gives up by itself after it rang has
// been missed as one that we stopped; one that never rang says nothing about its user.
void note_end_in_offer(State& s, const LegEnded& e, const Leg& leg) {
    Ringing* ringing = find_in(s.ringing, leg.offer);
    if (ringing == nullptr) {
        return;
    }
    const bool rang = leg.state == LegState::ringing;
    const bool pushed_away = e.cause == LegCause::rejected || (rang && e.cause == LegCause::busy);
    ringing->refused |= e.by_peer && pushed_away;
    ringing->rang_out |= rang && e.cause == LegCause::no_answer;
}

// A telephone that rings or answers is sound.
void proved_sound(State& s, const Leg& leg, Instant at) {
    DeviceLive* live = leg.incoming ? nullptr : find_in(s.device_lives, leg.device);
    if (live != nullptr && live->failures > 0) {
        forget_failure(s, *live);
        refresh_user(s, live->user, at);
    }
}

EndReason reason_of(LegCause cause, int status, bool rang) {
    switch (cause) {
        case LegCause::busy:
            return EndReason::busy;
        case LegCause::rejected:
            return EndReason::declined;
        case LegCause::no_answer:
            // 408 before anything rang: nobody is there at the end of the line itself.
            return status == 408 && !rang ? EndReason::line_down : EndReason::no_answer;
        default:
            break;
    }
    switch (status) {
        case 0:
            return EndReason::none;
        case 404:
        case 410:
        case 484:
        case 604:
            return EndReason::no_such_number;
        case 430:
        case 480:
            return EndReason::unreachable;
        case 401:
        case 402:
        case 403:
        case 407:
        case 488:
        case 606:
            return EndReason::line_refused;
        case 408:
        case 500:
        case 502:
        case 503:
        case 504:
            return EndReason::line_down;
        default:
            return EndReason::failed;
    }
}

// Why a call out was not answered, kept with its interaction.
void note_reason(State& s, const Leg& leg, const LegEnded& e) {
    const Call* call = find_in(s.calls, leg.call);
    Interaction* interaction =
        call == nullptr ? nullptr : find_in(s.interactions, call->interaction);
    if (interaction == nullptr || leg.state == LegState::answered || interaction->answered) {
        return;
    }
    if (call->direction == CallDirection::out && call->customer == leg.id) {
        interaction->reason = reason_of(e.cause, e.status, leg.state == LegState::ringing);
        interaction->status = e.status;
    } else if (is_step<step::OwnDevice>(call->step) && leg.user && e.by_peer) {
        interaction->reason = EndReason::own_phone;
        interaction->status = e.status;
    }
}

template <typename Speaker>
void speak_as(const Speaker* speaker, Call& call) {
    call.language = speaker == nullptr ? call.language : speaker->language;
}

// A queue or menu speaks its own language, and so does what follows it.
void set_language(const State& s, Call& call, const Step& step) {
    if (const auto* waits = std::get_if<step::Waiting>(&step)) {
        speak_as(calls_of(find_in(s.queues, waits->queue)), call);
    } else if (const auto* will_wait = std::get_if<step::BeforeQueue>(&step)) {
        speak_as(calls_of(find_in(s.queues, will_wait->queue)), call);
    } else if (const auto* hears = std::get_if<step::Announcement>(&step);
               hears != nullptr && std::holds_alternative<place::Queue>(hears->next)) {
        speak_as(calls_of(find_in(s.queues, std::get<place::Queue>(hears->next).queue)), call);
    } else if (const auto* chooses = std::get_if<step::InMenu>(&step)) {
        speak_as(find_in(s.routing.menus, chooses->menu), call);
    }
}

void detach(Call& call, LegId leg) {
    erase_value(call.legs, leg);
    if (call.customer == leg) {
        call.customer = {};
        call.connected = false;
    }
    if (call.agent == leg) {
        call.agent = {};
        call.connected = false;
    }
    if (call.consultation.target == leg) {
        call.consultation.target = {};
    }
}

}  // namespace

void fold(State& s, Instant at, const CallStarted& e) {
    Call& call = s.calls[e.call];
    call.id = e.call;
    call.direction = e.direction;
    call.caller = e.caller;
    call.caller_name = e.caller_name;
    call.number = e.number;
    call.trunk = e.trunk;
    call.language = e.language.empty() ? call.language : e.language;
    call.started = at;
    s.last.call = std::max(s.last.call, e.call.value);
    missed_call_started(s, e);
}

void fold(State& s, Instant at, const LegStarted& e) {
    std::int64_t& last = e.leg.value % 2 == 0 ? s.last.leg_out : s.last.leg_in;
    last = std::max(last, e.leg.value);
    Leg& leg = s.legs[e.leg];
    leg.id = e.leg;
    leg.call = e.call;
    leg.user = e.user;
    leg.device = e.device;
    leg.number = e.number;
    leg.offer = e.offer;
    leg.incoming = e.incoming;
    leg.auto_answer = e.auto_answer;
    leg.since = at;
    leg.until = e.until;
    leg.state = e.incoming ? LegState::ringing : LegState::dialling;
    if (Call* call = find_in(s.calls, e.call)) {
        insert_sorted(call->legs, e.leg);
        give_side(*call, e);
        std::erase_if(call->delayed, [&](const DelayedDevice& d) {
            return d.device == e.device && d.user == e.user && d.offer == e.offer;
        });
        index_call(s, *call);
    }
    index_leg(s, leg);
    refresh_user(s, e.user, at);
}

void fold(State& s, Instant /*at*/, const DeviceDelayed& e) {
    if (Call* call = find_in(s.calls, e.call)) {
        call->delayed.push_back({e.offer, e.user, e.device, e.start, e.until});
        index_call(s, *call);
    }
}

void fold(State& s, Instant at, const LegMoved& e) {
    Leg* leg = find_in(s.legs, e.leg);
    Call* from = find_in(s.calls, e.from);
    Call* to = find_in(s.calls, e.to);
    if (leg == nullptr || from == nullptr || to == nullptr) {
        return;
    }
    detach(*from, e.leg);
    insert_sorted(to->legs, e.leg);
    leg->call = e.to;
    if (Activity* activity = find_in(s.activities, leg->activity)) {
        erase_value(from->activities, activity->id);
        insert_sorted(to->activities, activity->id);
        activity->carrier = carrier::Call{e.to};
    }
    refresh_user(s, leg->user, at);
}

void fold(State& s, Instant at, const LegRang& e) {
    if (Leg* leg = find_in(s.legs, e.leg)) {
        leg->state = leg->state == LegState::answered ? leg->state : LegState::ringing;
        leg->can_answer_remotely = e.can_answer_remotely;
        if (Ringing* ringing = find_in(s.ringing, leg->offer)) {
            ringing->rang = true;
        }
        proved_sound(s, *leg, at);
        refresh_user(s, leg->user, at);
    }
}

void fold(State& s, Instant at, const LegAnswered& e) {
    if (Leg* leg = find_in(s.legs, e.leg)) {
        leg->state = LegState::answered;
        leg->answered = at;
        leg->until = {};
        leg->offer = {};
        proved_sound(s, *leg, at);
        index_leg(s, *leg);
        refresh_user(s, leg->user, at);
    }
}

void fold(State& s, Instant at, const LegEnded& e) {
    Leg* leg = find_in(s.legs, e.leg);
    if (leg == nullptr) {
        return;
    }
    note_end_in_offer(s, e, *leg);
    note_reason(s, *leg, e);
    if (Call* call = find_in(s.calls, leg->call)) {
        detach(*call, e.leg);
        call->refused |= e.by_peer && (e.cause == LegCause::busy || e.cause == LegCause::rejected);
        index_call(s, *call);
    }
    if (Talk* talk = find_in(s.talks, leg->activity)) {
        talk->leg = talk->leg == e.leg ? LegId{} : talk->leg;
    }
    erase_leg(s, *leg, at);
}

void fold(State& s, Instant /*at*/, const LegsConnected& e) {
    if (Call* call = find_in(s.calls, e.call)) {
        call->customer = e.a;
        call->agent = e.b;
        call->connected = true;
        call->way_back = {};
    }
    for (const LegId id : {e.a, e.b}) {
        if (Leg* leg = find_in(s.legs, id)) {
            forget_play(*leg);
        }
    }
}

void fold(State& s, Instant /*at*/, const LegsDisconnected& e) {
    if (Call* call = find_in(s.calls, e.call)) {
        call->connected = false;
    }
}

void fold(State& s, Instant /*at*/, const LegHeldChanged& e) {
    // Put on hold by the other side is a matter of that side's work, not of this telephone.
    Leg* leg = find_in(s.legs, e.leg);
    if (leg != nullptr && e.by == leg->user) {
        leg->held = e.held;
    }
}

void fold(State& s, Instant /*at*/, const LegMutedChanged& e) {
    if (Leg* leg = find_in(s.legs, e.leg)) {
        leg->muted = e.muted;
    }
}

void fold(State& s, Instant at, const PlayStarted& e) {
    s.last.play = std::max(s.last.play, e.play.value);
    Leg* leg = find_in(s.legs, e.leg);
    if (leg == nullptr) {
        return;
    }
    leg->play = e.play;
    leg->play_what = e.what;
    leg->play_language = e.language;
    leg->play_loop = e.loop;
    Call* call = find_in(s.calls, leg->call);
    const Interaction* waits =
        call == nullptr ? nullptr : find_in(s.interactions, call->interaction);
    if (waits != nullptr && e.what.kind == PlayKind::position) {
        const auto* queue = calls_of(find_in(s.queues, waits->queue));
        const Duration repeat = queue == nullptr ? Duration{} : queue->position_repeat;
        call->announce_at = repeat > Duration{} ? at + repeat : Instant{};
        index_call(s, *call);
    }
}

void fold(State& s, Instant /*at*/, const PlayEnded& e) {
    Leg* leg = find_in(s.legs, e.leg);
    if (leg != nullptr && leg->play == e.play) {
        forget_play(*leg);
    }
}

// Counted, so that a finger that never rests is not written down for ever.
void fold(State& s, Instant at, const DigitPressed& e) {
    Leg* leg = find_in(s.legs, e.leg);
    if (leg == nullptr) {
        return;
    }
    const bool same_second = leg->digits_since && at - leg->digits_since < Duration{1s};
    leg->digits_since = same_second ? leg->digits_since : at;
    leg->digits = same_second ? leg->digits + 1 : 1;
    if (Call* call = find_in(s.calls, leg->call)) {
        ++call->digits;
    }
}

void fold(State& /*s*/, Instant /*at*/, const QualityMeasured& /*e*/) {
}

void fold(State& s, Instant at, const CallEnded& e) {
    Call* call = find_in(s.calls, e.call);
    if (call == nullptr) {
        return;
    }
    for (const LegId id : std::vector<LegId>(call->legs)) {
        if (Leg* leg = find_in(s.legs, id)) {
            erase_leg(s, *leg, at);
        }
    }
    missed_call_ended(s, *call);
    *call = Call{};
    call->id = e.call;
    index_call(s, *call);
    s.calls.erase(e.call);
}

void fold(State& s, Instant /*at*/, const CallStepped& e) {
    if (Call* call = find_in(s.calls, e.call)) {
        set_language(s, *call, e.step);
        call->step = e.step;
        call->until = e.until;
        call->refused = false;
        call->delayed.clear();
        ++call->steps;
        index_call(s, *call);
    }
}

void fold(State& s, Instant /*at*/, const CallTransferred& e) {
    if (Call* call = find_in(s.calls, e.call)) {
        call->way_back = {e.user, e.queue};
    }
}

void fold(State& s, Instant /*at*/, const ConsultationStarted& e) {
    if (Call* call = find_in(s.calls, e.call)) {
        call->consultation = {e.activity, e.by, e.to, {}, e.until};
        call->refused = false;
        index_call(s, *call);
    }
}

void fold(State& s, Instant /*at*/, const ConsultationConnected& e) {
    if (Call* call = find_in(s.calls, e.call)) {
        call->consultation.target = e.target;
        call->consultation.until = {};
        call->delayed.clear();
        index_call(s, *call);
    }
}

void fold(State& s, Instant /*at*/, const ConsultationEnded& e) {
    if (Call* call = find_in(s.calls, e.call)) {
        call->consultation = {};
        call->delayed.clear();
        index_call(s, *call);
    }
}

}  // namespace linka::core
