// decide(): due timers in the order of time, then the input; after each, work is distributed and
// every user's state that changed is told.
#include "linka/base/text.hpp"
#include "linka/core/acd/distribution.hpp"
#include "linka/core/acd/queueing.hpp"
#include "linka/core/acd/waiting.hpp"
#include "linka/core/acd/writing.hpp"
#include "linka/core/flow/features.hpp"
#include "linka/core/flow/follow.hpp"
#include "linka/core/flow/routing.hpp"
#include "linka/core/flow/steps.hpp"
#include "linka/core/journal/program_started.hpp"
#include "linka/core/people/acts.hpp"
#include "linka/core/people/device_login.hpp"
#include "linka/core/people/sessions.hpp"
#include "linka/core/records/remove.hpp"
#include "linka/core/records/sandbox.hpp"
#include "linka/core/records/save.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/conversation.hpp"
#include "linka/core/voice/leg_reports.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/offer_calls.hpp"
#include "linka/core/voice/outbound.hpp"
#include "linka/core/voice/transfer.hpp"
#include "linka/core/work/closing.hpp"
#include "linka/core/work/missed_turn.hpp"
#include "linka/core/work/offer_over.hpp"

#include <cmath>

namespace linka::core {

namespace {

constexpr std::size_t name_bytes_max = 128;

// What comes from a network: bounded, and text that the journal gives back as it was.
std::string clean(const std::string& text) {
    return text.size() <= name_bytes_max && text::is_utf8(text) ? text : std::string{};
}

void settle(Turn& t) {
    distribute(t, follow_up);
    for (const UserId user : t.take_touched_users()) {
        const Session* session = find_session(t.s, user);
        if (session == nullptr) {
            continue;
        }
        if (session->leaving && !serves_somebody(t.s, user)) {
            log_out(t, user);
            follow_up(t);
        }
        const UserStateChanged now = derived_state(t.s, user);
        if (now.state != session->state || now.pause != session->state_pause ||
            now.queue != session->state_queue) {
            t.emit(now);
        }
    }
}

void pass(Turn& t, const Deadline& deadline) {
    t.emit(DeadlinePassed{deadline.kind, deadline.id});
}

void run(Turn& t, const Deadline& deadline) {
    switch (deadline.kind) {
        case DeadlineKind::offer:
            ring_time_over(t, OfferId{deadline.id});
            break;
        case DeadlineKind::leg:
            leg_rang_out(t, LegId{deadline.id});
            break;
        case DeadlineKind::delayed:
            start_delayed(t, CallId{deadline.id});
            break;
        case DeadlineKind::step:
            step_over(t, CallId{deadline.id});
            break;
        case DeadlineKind::consultation:
            pass(t, deadline);
            cancel_consultation(t, CallId{deadline.id});
            break;
        case DeadlineKind::wait:
            pass(t, deadline);
            leave_queue(t, InteractionId{deadline.id}, Outcome::timed_out);
            break;
        case DeadlineKind::sleep:
        case DeadlineKind::device:
            pass(t, deadline);
            break;
        case DeadlineKind::position:
            pass(t, deadline);
            announce_position(t, CallId{deadline.id});
            break;
        case DeadlineKind::pause:
            pause_over(t, UserId{deadline.id});
            break;
        case DeadlineKind::absent:
            absent_over(t, UserId{deadline.id});
            break;
        case DeadlineKind::postponed:
            t.emit(ActivityResumed{ActivityId{deadline.id}});
            break;
    }
}

// Each at its own time, but none before `earliest`.
void run_due(Turn& t, Instant now, Instant earliest) {
    const auto& due = t.s.index.deadlines.due();
    while (!due.empty() && due.begin()->at <= now && t.has_room()) {
        const Deadline deadline = *due.begin();
        const std::int64_t before = t.s.seq;
        const Instant at = std::max(deadline.at, earliest);
        t.at(std::max(at, t.s.at));
        run(t, deadline);
        follow_up(t);
        if (t.s.seq == before || (!due.empty() && *due.begin() == deadline)) {
            pass(t, deadline);
        }
        // All that falls due at one instant happens before work is given out: whoever stops
        // ringing together is free together.
        if (due.empty() || due.begin()->at > at) {
            settle(t);
        }
    }
    settle(t);
    t.at(now);
}

LegCause cause_of(const LegEndedReport& input, LegState state) {
    if (input.lost) {
        return LegCause::lost;
    }
    if (input.elsewhere) {
        return LegCause::elsewhere;
    }
    switch (input.status) {
        case 0:
            return state == LegState::answered ? LegCause::hangup : LegCause::cancelled;
        case 301:
        case 302:
            return LegCause::redirected;
        case 486:
        case 600:
            return LegCause::busy;
        case 603:
            return LegCause::rejected;
        case 487:
            return LegCause::cancelled;
        case 408:
        case 480:
            // The same word for two things: a telephone whose own ring time is over, and one that
            // never rang (switched off, "do not disturb", gone from the network).
            return state == LegState::dialling ? LegCause::unreachable : LegCause::no_answer;
        case 404:
        case 410:
        case 430:
        case 484:
        case 503:
        case 604:
            return LegCause::unreachable;
        default:
            return LegCause::failed;
    }
}

void apply(Turn& t, const CallArrivedReport& input) {
    CallArrivedReport arrived = input;
    arrived.number = clean(input.number);
    arrived.caller = clean(input.caller);
    arrived.caller_name = clean(input.caller_name);
    arrived.trunk = clean(input.trunk);
    call_arrived(t, arrived);
}

void apply(Turn& t, const LegRingingReport& input) {
    const Leg* leg = find_leg(t.s, input.leg);
    if (leg == nullptr || leg->incoming || leg->state == LegState::answered) {
        return;
    }
    const CallId call_id = leg->call;
    if (leg->state == LegState::dialling || leg->can_answer_remotely != input.can_answer_remotely) {
        t.emit(LegRang{input.leg, input.can_answer_remotely});
    }
    // What the far network plays is heard by the one who calls.
    const Call* call = find_call(t.s, call_id);
    if (input.early_media && call != nullptr && is_step<step::RingOutside>(call->step) &&
        call->direction == CallDirection::out && call->customer == input.leg && call->agent) {
        stop_play(t, call->agent);
        t.effect(ConnectLegs{input.leg, call->agent});
    }
}

void apply(Turn& t, const LegAnsweredReport& input) {
    leg_answered(t, input.leg);
}

void apply(Turn& t, const LegEndedReport& input) {
    const Leg* leg = find_leg(t.s, input.leg);
    if (leg != nullptr) {
        leg_gone(
            t, input.leg,
            {cause_of(input, leg->state), input.status, input.by_peer, clean(input.forwards_to)});
    }
}

void apply(Turn& t, const LegHeldReport& input) {
    const Leg* leg = find_leg(t.s, input.leg);
    if (leg == nullptr || leg->held == input.held) {
        return;
    }
    const ActivityId activity = leg->activity;
    const Call* call = find_call(t.s, leg->call);
    const bool consults = call != nullptr && call->consultation.by;
    t.emit(LegHeldChanged{input.leg, input.held, leg->user});
    if (activity && !consults) {
        hold(t, activity, input.held);
    }
}

void apply(Turn& t, const DigitReport& input) {
    digit_pressed(t, input.leg, input.digit);
}

void apply(Turn& t, const PlayEndedReport& input) {
    play_ended(t, input.leg, input.play);
}

void apply(Turn& t, const RecordingEndedReport& input) {
    if (t.s.recordings.contains(input.recording)) {
        t.emit(RecordingEnded{input.recording, input.duration, input.bytes, input.failed,
                              clean(input.reason)});
    }
    // Also when it was known: the word of the first time may have been lost on its way.
    t.effect(ReleaseRecording{input.recording});
}

double finite(double value) {
    return std::isfinite(value) ? value : 0;
}

void apply(Turn& t, const LegQualityReport& input) {
    // Also of a leg that has just ended: the last report comes after it.
    const std::int64_t last = input.leg.value % 2 == 0 ? t.s.last.leg_out : t.s.last.leg_in;
    if (input.leg.value > 0 && input.leg.value <= last) {
        t.emit(QualityMeasured{input.leg, clean(input.codec), finite(input.mos_in),
                               finite(input.mos_out), finite(input.loss_in), finite(input.loss_out),
                               finite(input.jitter_ms), finite(input.round_trip_ms)});
    }
}

void apply(Turn& t, const CallOut& input) {
    call_out(t, input);
}

void apply(Turn& /*t*/, const Tick& /*input*/) {
}

// What a user asks for needs a CC user.
template <typename Input>
bool is_for_user(Turn& t, const Input& input) {
    if constexpr (requires { requires std::same_as<decltype(input.user), UserId>; }) {
        const User* user = find_user(t.s, input.user);
        if (user == nullptr || user->type != UserType::CC) {
            t.not_found();
            return false;
        }
    }
    return true;
}

void give(Turn& t, const Input& input) {
    std::visit(
        [&](const auto& alternative) {
            if (is_for_user(t, alternative)) {
                apply(t, alternative);
            }
        },
        input);
    follow_up(t);
}

}  // namespace

Outcomes decide(State& state, const Input& input, Instant now, std::uint64_t random,
                FindZone zones) {
    now = std::max(now, state.at);
    Turn t(state, now, random, zones);
    if (std::holds_alternative<ProgramStartedReport>(input)) {
        // Nobody decided anything in the meantime: what fell due in it, falls due now, once.
        give(t, input);
        run_due(t, now, now);
    } else {
        run_due(t, now, {});
        give(t, input);
        settle(t);
    }
    return t.take();
}

Instant next_deadline(const State& state) {
    // A turn that grew too long left work for the next one.
    if (!state.index.queues_touched.empty()) {
        return state.at;
    }
    const auto& due = state.index.deadlines.due();
    return due.empty() ? Instant::never() : due.begin()->at;
}

}  // namespace linka::core
