// What people do in a call, and with the work that it leaves: accept, take, hold, mute, digits,
// hang up, close, postpone.
#include "linka/core/voice/conversation.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/core/acd/waiting.hpp"
#include "linka/core/people/pauses.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/outside.hpp"
#include "linka/core/voice/recording.hpp"
#include "linka/core/work/missed_turn.hpp"

namespace linka::core {

void connect_sides(Turn& t, CallId id, LegId customer, LegId agent) {
    for (const LegId leg : {customer, agent}) {
        answer(t, leg);
    }
    connect(t, id, customer, agent);
    const Leg* speaker = find_leg(t.s, agent);
    close_missed(t, customer_of(*find_call(t.s, id)),
                 speaker == nullptr ? UserId{} : speaker->user);
    ActivityId work;
    for (const LegId leg_id : {customer, agent}) {
        const Leg* leg = find_leg(t.s, leg_id);
        if (leg != nullptr && find_activity(t.s, leg->activity) != nullptr) {
            work = leg->activity;
            t.emit(ActivityConnected{leg->activity, leg_id});
        }
    }
    record(t, id, work, true);
}

void hold(Turn& t, ActivityId id, bool on) {
    const Activity* activity = find_activity(t.s, id);
    const Leg* leg = leg_of_activity(t.s, id);
    const Call* call = leg == nullptr ? nullptr : find_call(t.s, leg->call);
    if (call == nullptr || find_talk(t.s, id)->held == on || !is_step<step::Talk>(call->step)) {
        return;
    }
    const CallId call_id = call->id;
    const LegId customer = call->customer;
    const LegId agent = call->agent;
    const LegId other = leg->id == agent ? customer : agent;
    const UserId user = activity->user;
    if (find_leg(t.s, other) == nullptr) {
        return;
    }
    t.emit(ActivityHeld{id, on});
    t.emit(LegHeldChanged{other, on, user});
    if (on) {
        disconnect(t, call_id);
        const Interaction* interaction =
            find_interaction(t.s, find_call(t.s, call_id)->interaction);
        const auto* queue =
            calls_of(interaction == nullptr ? nullptr : find_queue(t.s, interaction->queue));
        play(t, other, {PlayKind::music, queue == nullptr ? "default" : queue->music}, true);
    } else {
        connect(t, call_id, customer, agent);
    }
}

bool return_to_queue(Turn& t, const Call& before, const Leg& gone) {
    const Interaction* found = find_interaction(t.s, before.interaction);
    const Activity* work = find_activity(t.s, gone.activity);
    const Leg* customer = find_leg(t.s, before.customer);
    const bool just_answered = found != nullptr && found->queue && found->accepted && work &&
                               found->direction != CallDirection::out && found->answered &&
                               !found->ended && found->answered + dropped_within >= t.now();
    if (!just_answered || customer == nullptr || before.consultation.by ||
        work->interaction != found->id || found->user != gone.user) {
        return false;
    }
    const InteractionReturned returned{found->id, found->accepted, gone.user, work->id};
    const auto* queue = calls_of(find_queue(t.s, found->queue));
    if (queue == nullptr) {
        return false;
    }
    const QueueId id = found->queue;
    const queue_of::Calls of = *queue;
    disconnect(t, before.id);
    if (of.record == RecordMode::immediately) {
        recording_effect(t, before.id);
    } else {
        stop_recording(t, before.id);
    }
    t.emit(ActivityFinished{returned.activity, EndedBy::agent});
    t.emit(ActivityClosed{returned.activity, {}, {}});
    step_to(t, before.id, step::Waiting{id});
    t.emit(returned);
    wait_on(t, before.id);
    if (of.offering.auto_pause) {
        start_pause(t, returned.user, system_pause(t, PauseType::lajdak), id, returned.activity);
    }
    return true;
}

}  // namespace linka::core
