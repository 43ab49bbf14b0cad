// Ringing outside the queues: a user's extension, an outside number, and what follows when
// everything has stopped to ring.
#include "linka/core/voice/ringing.hpp"

#include "linka/core/flow/prompts.hpp"
#include "linka/core/people/can.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/conversation.hpp"
#include "linka/core/voice/devices_ring.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/outside.hpp"
#include "linka/core/work/offers.hpp"

namespace linka::core {

namespace {

bool is_busy(const State& s, UserId user) {
    const auto work = s.index.work.find(user);
    return work != s.index.work.end() &&
           (!work->second.legs.empty() || !work->second.offers.empty());
}

}  // namespace

bool ring_user(Turn& t, CallId id, const User& user, Duration ring) {
    if (find_call(t.s, id) == nullptr || !ring_blockers(t.s, user).empty()) {
        return false;
    }
    if (user.type == UserType::CC) {
        const OfferId offer =
            start_offer(t, {direct_interaction(t, id), {}, user.id, ring, {}, false});
        return find_offer(t.s, offer) != nullptr;
    }
    direct_interaction(t, id);
    if (!user.forwarding_number.empty()) {
        return static_cast<bool>(dial_outside(
            t, {id, user.id, {}, user.forwarding_number, {}, t.now() + ring, false, {}}, &user));
    }
    return ring_devices(t, id, user, {}, ring, false);
}

bool ring_member(Turn& t, CallId id, std::string_view number, Duration ring) {
    if (const User* user = user_by_extension(t.s, number)) {
        return ring_user(t, id, User(*user), ring);
    }
    return static_cast<bool>(
        dial_outside(t, {id, {}, {}, std::string(number), {}, t.now() + ring, false, {}}, nullptr));
}

void ring_extension(Turn& t, CallId id, const User& user) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    const LegId customer = call->customer;
    const User callee = user;
    const bool busy = is_busy(t.s, callee.id) && callee.type == UserType::CC;
    step_to(t, id, step::RingUser{callee.id});
    direct_interaction(t, id);
    if (ring_user(t, id, callee, direct_ring)) {
        let_hear_ringing(t, customer);
    } else {
        t.then(next::RingFailed{id, busy});
    }
}

void ring_number(Turn& t, CallId id, const std::string& number) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    const LegId customer = call->customer;
    const std::optional<std::string> far = outside(t.s, number);
    step_to(t, id, step::RingOutside{number});
    if (!far) {
        farewell(t, id, prompt::not_allowed_number, Outcome::failed);
        return;
    }
    direct_interaction(t, id);
    const Duration ring = t.s.settings.outbound_ring_max;
    if (dial_outside(t, {id, {}, {}, *far, {}, t.now() + ring, false, {}}, nullptr)) {
        let_hear_ringing(t, customer);
    } else {
        farewell(t, id, prompt::number_unavailable, Outcome::failed);
    }
}

void stop_ringing(Turn& t, CallId id, LegId except, const std::string& reason) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    const bool elsewhere = reason == "colleague";
    for (const OfferId offer : std::vector<OfferId>(call->offers)) {
        close_offer(t, offer, OfferOutcome::withdrawn, reason);
    }
    for (const LegId leg_id : std::vector<LegId>(call->legs)) {
        const Leg* leg = find_leg(t.s, leg_id);
        if (leg != nullptr && leg_id != except && !leg->incoming &&
            leg->state != LegState::answered) {
            drop(t, leg_id,
                 {elsewhere ? LegCause::elsewhere : LegCause::no_answer, elsewhere,
                  RefuseCause::no_answer});
        }
    }
}

void party_answered(Turn& t, CallId id, LegId leg_id) {
    const Call* call = find_call(t.s, id);
    const Leg* leg = find_leg(t.s, leg_id);
    if (call == nullptr || leg == nullptr) {
        return;
    }
    const bool outbound = call->direction == CallDirection::out && call->customer == leg_id;
    const LegId customer = outbound ? leg_id : call->customer;
    const LegId agent = outbound ? call->agent : leg_id;
    if (find_leg(t.s, customer) == nullptr || find_leg(t.s, agent) == nullptr) {
        end_call(t, id);
        return;
    }
    step_to(t, id, step::Talk{});
    stop_ringing(t, id, leg_id, "colleague");
    const Interaction* interaction = find_interaction(t.s, find_call(t.s, id)->interaction);
    if (interaction != nullptr && !interaction->answered) {
        const Leg* own = find_leg(t.s, outbound ? agent : leg_id);
        const Leg* caller = find_leg(t.s, customer);
        const ActivityId activity = own->activity ? own->activity : caller->activity;
        t.emit(InteractionAnswered{interaction->id, own->user, activity});
    }
    connect_sides(t, id, customer, agent);
}

}  // namespace linka::core
