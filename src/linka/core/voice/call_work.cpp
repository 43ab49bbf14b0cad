// What a call carries: where it stands, what it is for, and the work that it is to people.
#include "linka/core/voice/call_work.hpp"

#include "linka/core/turn.hpp"
#include "linka/core/work/missed_turn.hpp"

namespace linka::core {

void step_to(Turn& t, CallId call, Step step, Instant until) {
    t.emit(CallStepped{call, std::move(step), until});
}

LegId listener(const Call& call) {
    const LegId first = call.direction == CallDirection::out ? call.agent : call.customer;
    return first ? first : (call.customer ? call.customer : call.agent);
}

InteractionId direct_interaction(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    if (call->interaction) {
        return call->interaction;
    }
    const InteractionId interaction{t.s.last.interaction + 1};
    const CallDirection direction =
        call->direction == CallDirection::internal ? CallDirection::internal : CallDirection::in;
    t.emit(InteractionStarted{.interaction = interaction,
                              .carrier = carrier::Call{id},
                              .direction = direction,
                              .party = party_of(*call),
                              .our_address = our_number(*call)});
    return interaction;
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

}  // namespace linka::core
