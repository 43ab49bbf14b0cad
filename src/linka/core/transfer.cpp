// Transfers: blind, attended (with a consultation first), from the application and from the phone.
#include "linka/core/flow.hpp"

namespace linka::core {

namespace {

// Where a transfer to `to` leads; none: nowhere that may be called.
Destination target_of(const State& s, std::string_view to) {
    const Destination near = inside(s, to);
    if (near.kind != DestinationKind::none) {
        return near;
    }
    const std::optional<std::string> far = outside(s, to);
    return far ? Destination{DestinationKind::number, *far} : Destination{};
}

// A transfer to the public network needs the same right as a call there.
std::vector<Blocker> transfer_blockers(const State& s, UserId user, const Destination& to) {
    return to.kind == DestinationKind::number
               ? outside_blockers(s, find_user(s, user), to.value, OutsideWay::asked_for)
               : std::vector<Blocker>{};
}

// Makes the leg the agent's side: a caller among colleagues may transfer the one they called.
void make_agent(Turn& t, CallId id, LegId leg) {
    const Call* call = find_call(t.s, id);
    if (call->customer == leg && call->agent) {
        const bool connected = call->connected;
        const LegId customer = call->agent;
        t.emit(LegsConnected{id, customer, leg});
        if (!connected) {
            // On hold: the sides change, what is heard does not.
            t.emit(LegsDisconnected{id, customer, leg});
        }
    }
}

// The agent's side has gone (or goes) and the customer goes to `to`.
void send_on(Turn& t, CallId id, LegId agent, ActivityId activity, const Destination& to) {
    disconnect(t, id);
    stop_recording(t, id);
    if (activity) {
        finish_activities(t, id, EndedBy::transfer, activity);
    }
    if (to.kind != DestinationKind::extension) {
        end_interaction(t, id, EndedBy::transfer, Outcome::closed);
    }
    drop(t, agent);
    if (to.kind == DestinationKind::queue) {
        const std::int64_t number = std::strtoll(to.value.c_str(), nullptr, 10);
        enter_queue(t, id, {QueueId{number}, false, true});
    } else {
        go(t, id, to);
    }
}

bool is_conversation(const State& s, const Call& call, LegId leg) {
    return call.step == step::talk && (call.agent == leg || call.customer == leg) &&
           find_leg(s, call.customer) != nullptr && find_leg(s, call.agent) != nullptr;
}

void start_consultation(Turn& t, CallId id, const Activity& found, const Destination& to) {
    const Activity activity = found;
    const LegId leg = activity.leg;
    make_agent(t, id, leg);
    hold(t, activity.id, true);
    t.emit(ConsultationStarted{id, activity.id, leg, to.value, t.now() + direct_ring});
    if (ring_member(t, id, to.value, direct_ring)) {
        let_hear_ringing(t, leg);
        return;
    }
    t.emit(ConsultationEnded{id, false});
    hold(t, activity.id, false);
    t.refuse(BlockerCode::busy, {to.value});
}

// Ends the work of the one who was asked.
void finish_target(Turn& t, CallId id, const Consultation& consultation) {
    const Call* call = find_call(t.s, id);
    for (const ActivityId activity_id : std::vector<ActivityId>(call->activities)) {
        const Activity* activity = find_activity(t.s, activity_id);
        const bool of_side =
            activity->leg && (activity->leg == call->customer || activity->leg == call->agent);
        if (activity_id != consultation.activity && !of_side) {
            finish_activities(t, id, EndedBy::agent, activity_id);
        }
    }
}

}  // namespace

void apply(Turn& t, const Transfer& input) {
    const Activity* activity = find_activity(t.s, input.activity);
    const Leg* leg = activity == nullptr ? nullptr : find_leg(t.s, activity->leg);
    const Call* call = leg == nullptr ? nullptr : find_call(t.s, leg->call);
    if (call == nullptr || activity->user != input.user || activity->finished ||
        !is_conversation(t.s, *call, leg->id)) {
        t.not_found();
        return;
    }
    const CallId id = call->id;
    const LegId leg_id = leg->id;
    if (input.mode == TransferMode::complete || input.mode == TransferMode::cancel) {
        if (call->consultation.by != leg_id) {
            t.not_found();
        } else if (input.mode == TransferMode::complete) {
            complete_consultation(t, id);
        } else {
            cancel_consultation(t, id);
        }
        return;
    }
    const Destination to = target_of(t.s, input.to);
    const User* callee =
        to.kind == DestinationKind::extension ? user_by_extension(t.s, to.value) : nullptr;
    const bool attended = input.mode == TransferMode::attended;
    const bool direct = to.kind == DestinationKind::extension || to.kind == DestinationKind::number;
    if (to.kind == DestinationKind::none || (callee != nullptr && callee->id == input.user) ||
        (attended && !direct)) {
        t.invalid("to", attended ? "an extension or an allowed number"
                                 : "an extension, queue, ring group or allowed number");
    } else if (call->consultation.by) {
        t.refuse(BlockerCode::busy);
    } else if (auto blockers = transfer_blockers(t.s, input.user, to); !blockers.empty()) {
        t.refuse(std::move(blockers));
    } else if (attended) {
        start_consultation(t, id, *activity, to);
    } else {
        make_agent(t, id, leg_id);
        send_on(t, id, leg_id, input.activity, to);
    }
}

void consultation_answered(Turn& t, CallId id, LegId target) {
    const Call* call = find_call(t.s, id);
    const LegId by = call->consultation.by;
    t.emit(ConsultationConnected{id, target});
    stop_ringing(t, id, target, "colleague");
    stop_play(t, by);
    t.effect(ConnectLegs{by, target});
    const Leg* leg = find_leg(t.s, target);
    if (leg != nullptr && find_activity(t.s, leg->activity) != nullptr) {
        t.emit(ActivityConnected{leg->activity, target});
    }
}

void cancel_consultation(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr || !call->consultation.by) {
        return;
    }
    const Consultation consultation = call->consultation;
    stop_ringing(t, id, {}, "system");
    finish_target(t, id, consultation);
    drop(t, consultation.target);
    t.emit(ConsultationEnded{id, false});
    stop_play(t, consultation.by);
    hold(t, consultation.activity, false);
}

void complete_consultation(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr || !call->consultation.by) {
        return;
    }
    const Consultation consultation = call->consultation;
    const LegId customer = call->customer;
    if (!consultation.target) {
        stop_ringing(t, id, {}, "system");
        t.emit(ConsultationEnded{id, false});
        send_on(t, id, consultation.by, consultation.activity, target_of(t.s, consultation.to));
        return;
    }
    stop_recording(t, id);
    finish_activities(t, id, EndedBy::transfer, consultation.activity);
    t.emit(ConsultationEnded{id, true});
    drop(t, consultation.by);
    const Leg* target = find_leg(t.s, consultation.target);
    if (target == nullptr || find_leg(t.s, customer) == nullptr) {
        end_call(t, id);
        return;
    }
    if (!target->user) {
        end_interaction(t, id, EndedBy::transfer, Outcome::closed);
    }
    connect_sides(t, id, customer, consultation.target);
}

namespace {

// REFER with Replaces: the phone has two calls with us and joins their other sides.
bool join_calls(Turn& t, const Leg& leg, const Leg& second) {
    const Leg* far = other_side(t.s, second);
    const Leg* customer = other_side(t.s, leg);
    if (far == nullptr || customer == nullptr || far->state != LegState::answered ||
        leg.call == second.call || leg.user != second.user) {
        return false;
    }
    const CallId id = leg.call;
    const CallId other = second.call;
    const LegId leg_id = leg.id;
    const LegId far_id = far->id;
    const LegId second_id = second.id;
    const ActivityId activity = leg.activity;
    const ActivityId second_activity = second.activity;
    make_agent(t, id, leg_id);
    const LegId customer_id = find_call(t.s, id)->customer;
    disconnect(t, id);
    stop_recording(t, id);
    if (find_activity(t.s, activity) != nullptr) {
        finish_activities(t, id, EndedBy::transfer, activity);
    }
    drop(t, leg_id);
    stop_recording(t, other);
    if (find_activity(t.s, second_activity) != nullptr) {
        finish_activities(t, other, EndedBy::transfer, second_activity);
    }
    end_interaction(t, other, EndedBy::transfer, Outcome::closed);
    t.emit(LegMoved{far_id, other, id});
    drop(t, second_id);
    t.emit(CallEnded{other});
    if (!find_leg(t.s, far_id)->user) {
        end_interaction(t, id, EndedBy::transfer, Outcome::closed);
    }
    connect_sides(t, id, customer_id, far_id);
    return true;
}

}  // namespace

void apply(Turn& t, const TransferAsked& input) {
    const Leg* leg = find_leg(t.s, input.leg);
    const Call* call = leg == nullptr ? nullptr : find_call(t.s, leg->call);
    if (call == nullptr) {
        return;
    }
    const Destination to = target_of(t.s, input.to);
    const bool mine = leg->user && is_conversation(t.s, *call, leg->id) && !call->consultation.by;
    const Leg* second = find_leg(t.s, input.replaces);
    if (mine && input.replaces && second != nullptr) {
        const Call* other = find_call(t.s, second->call);
        const bool possible = other != nullptr && is_conversation(t.s, *other, second->id) &&
                              join_calls(t, Leg(*leg), Leg(*second));
        t.effect(ConfirmTransfer{input.leg, possible});
        return;
    }
    const bool possible = mine && !input.replaces && to.kind != DestinationKind::none &&
                          transfer_blockers(t.s, leg->user, to).empty();
    t.effect(ConfirmTransfer{input.leg, possible});
    if (possible) {
        const CallId id = call->id;
        const ActivityId activity = leg->activity;
        make_agent(t, id, input.leg);
        send_on(t, id, input.leg, find_activity(t.s, activity) == nullptr ? ActivityId{} : activity,
                to);
    }
}

void take_over_leg(Turn& t, const CallArrived& input, LegId replaced) {
    const Leg* old = find_leg(t.s, replaced);
    const Call* call = find_call(t.s, old->call);
    const User* user = user_of_device(t.s, input.device);
    if (call == nullptr || user == nullptr || !is_conversation(t.s, *call, replaced) ||
        call->consultation.by || call->legs.size() >= Limits::legs_per_call_max) {
        t.effect(RefuseLeg{input.leg, RefuseCause::declined});
        return;
    }
    const CallId id = call->id;
    const ActivityId activity = old->activity;
    const User taker = *user;
    make_agent(t, id, replaced);
    const LegId customer = find_call(t.s, id)->customer;
    disconnect(t, id);
    stop_recording(t, id);
    t.emit(LegStarted{
        input.leg, id, taker.id, input.device, device_name(t.s, input.device), {}, true});
    if (find_activity(t.s, activity) != nullptr) {
        finish_activities(t, id, EndedBy::transfer, activity);
    }
    drop(t, replaced);
    const Interaction* interaction = find_interaction(t.s, find_call(t.s, id)->interaction);
    if (taker.type == UserType::CC && interaction != nullptr) {
        t.emit(ActivityOpened{ActivityId{t.s.last.activity + 1},
                              interaction->id,
                              {},
                              taker.id,
                              interaction->direction,
                              find_call(t.s, id)->caller,
                              id,
                              input.leg});
    }
    connect_sides(t, id, customer, input.leg);
}

}  // namespace linka::core
