// Transfers: blind, attended (with a consultation first), from the application and from the phone.
#include "linka/core/voice/transfer.hpp"

#include "linka/core/acd/queue_types.hpp"
#include "linka/core/acd/queueing.hpp"
#include "linka/core/people/can.hpp"
#include "linka/core/records/profile.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/conversation.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/outside.hpp"
#include "linka/core/voice/recording.hpp"
#include "linka/core/voice/ringing.hpp"

namespace linka::core {

namespace {

// Where a transfer to `to` leads; none: nowhere that may be called.
Place target_of(const State& s, std::string_view to) {
    const Place near = inside(s, to);
    if (!is_nowhere(near)) {
        return near;
    }
    const std::optional<std::string> far = outside(s, to);
    return far ? Place{place::Number{*far}} : Place{};
}

const User* callee_of(const State& s, const Place& to) {
    const auto* user = std::get_if<place::Extension>(&to);
    return user == nullptr ? nullptr : user_by_extension(s, user->extension);
}

bool is_waited_in(const State& s, QueueId id) {
    const Queue* queue = find_queue(s, id);
    return queue != nullptr && !queue->deactivated && is_inbound(queue->type);
}

// What keeps a target from being reached, before the customer leaves: a colleague's own reasons,
// the rights that a call to the public network needs of `by`, and what their profile says of such
// transfers.
std::vector<Blocker> target_blockers(const State& s, UserId by, const Place& to,
                                     TransferKind kind) {
    std::vector<Blocker> blockers;
    if (const auto* far = std::get_if<place::Number>(&to)) {
        blockers = outside_blockers(s, find_user(s, by), far->number, OutsideWay::asked_for);
    } else if (const User* callee = callee_of(s, to)) {
        blockers = ring_blockers(s, *callee);
        for (Blocker& blocker : blockers) {
            blocker.of = BlockerOf::colleague;
        }
    }
    if (auto blocker = transfer_blocker(s, by, kind)) {
        blockers.insert(blockers.begin(), std::move(*blocker));
    }
    return blockers;
}

// May be transferred to at all; who has nobody behind it or no place to wait is no target.
bool is_target(const State& s, const Place& to, UserId by) {
    if (const auto* queue = std::get_if<place::Queue>(&to)) {
        return is_waited_in(s, queue->queue);
    }
    const User* callee = callee_of(s, to);
    return !is_nowhere(to) && (callee == nullptr || callee->id != by);
}

void note_way_back(Turn& t, CallId id, LegId agent, ActivityId activity, const Place& to) {
    const Activity* work = find_activity(t.s, activity);
    const Leg* leg = find_leg(t.s, agent);
    const UserId user = work != nullptr ? work->user : leg != nullptr ? leg->user : UserId{};
    const Interaction* interaction = find_interaction(t.s, find_call(t.s, id)->interaction);
    const QueueId queue = interaction != nullptr && is_waited_in(t.s, interaction->queue)
                              ? interaction->queue
                              : QueueId{};
    t.emit(CallTransferred{id, user, activity, queue, number_of(to)});
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
void send_on(Turn& t, CallId id, LegId agent, ActivityId activity, const Place& to) {
    note_way_back(t, id, agent, activity, to);
    disconnect(t, id);
    stop_recording(t, id);
    if (activity) {
        finish_activities(t, id, EndedBy::transfer, activity);
    }
    if (!std::holds_alternative<place::Extension>(to)) {
        end_interaction(t, id, EndedBy::transfer, Outcome::closed);
    }
    drop(t, agent);
    if (const auto* queue = std::get_if<place::Queue>(&to)) {
        enter_queue(t, id, {queue->queue, false, true});
    } else {
        t.then(next::Go{id, to});
    }
}

bool is_conversation(const State& s, const Call& call, LegId leg) {
    return is_step<step::Talk>(call.step) && (call.agent == leg || call.customer == leg) &&
           find_leg(s, call.customer) != nullptr && find_leg(s, call.agent) != nullptr;
}

// Handing over while it still rings there is a blind transfer: nobody has had a word with anybody.
TransferKind kind_of(const Consultation& consultation) {
    return consultation.target ? TransferKind::attended : TransferKind::blind;
}

void start_consultation(Turn& t, CallId id, const Activity& found, const Place& to) {
    const Activity activity = found;
    const LegId leg = find_talk(t.s, activity.id)->leg;
    make_agent(t, id, leg);
    hold(t, activity.id, true);
    t.emit(ConsultationStarted{id, activity.id, leg, number_of(to), t.now() + direct_ring});
    if (ring_member(t, id, number_of(to), direct_ring)) {
        let_hear_ringing(t, leg);
        recording_effect(t, id);
        return;
    }
    t.emit(ConsultationEnded{id, false});
    hold(t, activity.id, false);
    t.refuse(BlockerCode::busy, {number_of(to)});
}

// Ends the work of the one who was asked.
void finish_target(Turn& t, CallId id, const Consultation& consultation) {
    const Call* call = find_call(t.s, id);
    for (const ActivityId activity_id : std::vector<ActivityId>(call->activities)) {
        const LegId leg = find_talk(t.s, activity_id)->leg;
        const bool of_side = leg && (leg == call->customer || leg == call->agent);
        if (activity_id != consultation.activity && !of_side) {
            finish_activities(t, id, EndedBy::agent, activity_id);
        }
    }
}

}  // namespace

void apply(Turn& t, const Transfer& input) {
    const Activity* activity = find_activity(t.s, input.activity);
    const Leg* leg = activity == nullptr ? nullptr : leg_of_activity(t.s, activity->id);
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
        } else if (input.mode == TransferMode::cancel) {
            cancel_consultation(t, id);
        } else if (auto blocker = transfer_blocker(t.s, input.user, kind_of(call->consultation))) {
            t.refuse({std::move(*blocker)});
        } else {
            complete_consultation(t, id);
        }
        return;
    }
    const Place to = target_of(t.s, input.to);
    const bool attended = input.mode == TransferMode::attended;
    const bool direct =
        std::holds_alternative<place::Extension>(to) || std::holds_alternative<place::Number>(to);
    std::vector<Blocker> blockers = target_blockers(
        t.s, input.user, to, attended ? TransferKind::attended : TransferKind::blind);
    if (!is_target(t.s, to, input.user) || (attended && !direct)) {
        t.invalid("to", attended ? "an extension or an allowed number"
                                 : "an extension, queue, ring group or allowed number");
    } else if (call->consultation.by) {
        t.refuse(BlockerCode::busy);
    } else if (!blockers.empty()) {
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
    recording_effect(t, id);
}

bool come_back(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr || find_leg(t.s, call->customer) == nullptr) {
        return false;
    }
    const WayBack back = call->way_back;
    const User* user = find_user(t.s, back.user);
    if (user != nullptr && ring_blockers(t.s, *user).empty()) {
        t.emit(CallTransferred{id, {}, {}, back.queue, user->extension});
        ring_extension(t, id, *user);
        return true;
    }
    if (back.queue && is_waited_in(t.s, back.queue)) {
        t.emit(CallTransferred{id, {}, {}, {}, std::to_string(back.queue.value)});
        enter_queue(t, id, {back.queue, false, true});
        return true;
    }
    return false;
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

// The second call that a telephone names in Replaces rings still: whom it rings for.
Place rings_for(const State& s, const Call& call, const Leg& own) {
    const bool ringing = is_step<step::RingUser, step::RingOutside>(call.step);
    return ringing && call.customer == own.id && !call.agent ? target_of(s, call.number) : Place{};
}

// REFER with Replaces while the consultation rings: the customer rings the one who was to be asked.
bool send_to_ringing(Turn& t, const Leg& leg, const Leg& second) {
    const Place to = rings_for(t.s, *find_call(t.s, second.call), second);
    if (leg.call == second.call || leg.user != second.user || !is_target(t.s, to, leg.user) ||
        transfer_blocker(t.s, leg.user, TransferKind::blind)) {
        return false;
    }
    end_call(t, second.call, {EndedBy::transfer, Outcome::cancelled, RefuseCause::declined});
    if (!target_blockers(t.s, leg.user, to, TransferKind::blind).empty()) {
        return false;
    }
    make_agent(t, leg.call, leg.id);
    send_on(t, leg.call, leg.id,
            find_activity(t.s, leg.activity) == nullptr ? ActivityId{} : leg.activity, to);
    return true;
}

// REFER with Replaces: the phone has two calls with us and joins their other sides.
bool join_calls(Turn& t, const Leg& leg, const Leg& second) {
    const Leg* far = other_side(t.s, second);
    const Leg* customer = other_side(t.s, leg);
    if (far == nullptr || customer == nullptr || far->state != LegState::answered ||
        leg.call == second.call || leg.user != second.user ||
        transfer_blocker(t.s, leg.user, TransferKind::attended)) {
        return false;
    }
    const CallId id = leg.call;
    const CallId other = second.call;
    // Whoever is being asked in the second call is left out of it.
    cancel_consultation(t, other);
    stop_ringing(t, other, {}, "system");
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

void apply(Turn& t, const TransferAskedReport& input) {
    const Leg* leg = find_leg(t.s, input.leg);
    const Call* call = leg == nullptr ? nullptr : find_call(t.s, leg->call);
    if (call == nullptr) {
        return;
    }
    const Place to = target_of(t.s, input.to);
    const bool mine = leg->user && is_conversation(t.s, *call, leg->id) && !call->consultation.by;
    const Leg* second = find_leg(t.s, input.replaces);
    if (mine && input.replaces && second != nullptr) {
        const Call* other = find_call(t.s, second->call);
        const Leg first = *leg;
        const bool possible = other != nullptr && (is_conversation(t.s, *other, second->id)
                                                       ? join_calls(t, first, Leg(*second))
                                                       : send_to_ringing(t, first, Leg(*second)));
        t.effect(ConfirmTransfer{input.leg, possible});
        return;
    }
    const bool possible = mine && !input.replaces && is_target(t.s, to, leg->user) &&
                          target_blockers(t.s, leg->user, to, TransferKind::blind).empty();
    t.effect(ConfirmTransfer{input.leg, possible});
    if (possible) {
        const CallId id = call->id;
        const ActivityId activity = leg->activity;
        make_agent(t, id, input.leg);
        send_on(t, id, input.leg, find_activity(t.s, activity) == nullptr ? ActivityId{} : activity,
                to);
    }
}

// Whose telephone may step into a conversation: one of those who have it.
bool has_part(const State& s, const Leg& replaced, UserId taker) {
    const Leg* other = other_side(s, replaced);
    return replaced.user == taker || (other != nullptr && other->user == taker);
}

void take_over_leg(Turn& t, const CallArrivedReport& input, LegId replaced) {
    const Leg* old = find_leg(t.s, replaced);
    const Call* call = find_call(t.s, old->call);
    const User* user = user_of_device(t.s, input.device);
    if (call == nullptr || user == nullptr || !is_conversation(t.s, *call, replaced) ||
        !has_part(t.s, *old, user->id) || call->consultation.by ||
        call->legs.size() >= Limits::legs_per_call_max) {
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
        t.emit(ActivityOpened{.activity = ActivityId{t.s.last.activity + 1},
                              .carrier = carrier::Call{id},
                              .interaction = interaction->id,
                              .user = taker.id,
                              .direction = interaction->direction,
                              .title = find_call(t.s, id)->caller,
                              .leg = input.leg});
    }
    connect_sides(t, id, customer, input.leg);
}

}  // namespace linka::core
