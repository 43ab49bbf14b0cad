// An offer: one attempt to connect one user. It rings on their devices and ends exactly once.
#include "linka/core/flow.hpp"

namespace linka::core {

namespace {

DeviceRight right_of(const User& user, DeviceId device) {
    for (const DeviceRight& right : user.devices) {
        if (right.device == device) {
            return right;
        }
    }
    return {device, {}, {}};
}

// External devices are numbers in the public network, which may have been shut since. `chosen`: by
// a queue. Queues leave a telephone alone that has just refused without ringing; whoever calls
// straight to its user, or takes an item, may try it.
bool may_ring(const State& s, DeviceId id, bool chosen) {
    const Device* device = find_device(s, id);
    const bool allowed = device == nullptr || device->type != DeviceType::external ||
                         outside_blockers(s, nullptr, device->number, OutsideWay::sent_on).empty();
    return allowed && (chosen ? is_tried_by_queues(s, id) : is_reachable(s, id));
}

// Where every device would join only after the offer is over, the earliest ones ring at once: this
// much sooner than their delays say.
Duration head_start(const State& s, const User& user, const std::vector<DeviceId>& devices,
                    Duration ring, bool chosen) {
    Duration least = Duration::max();
    for (const DeviceId device : devices) {
        if (may_ring(s, device, chosen)) {
            least = std::min(least, right_of(user, device).delay);
        }
    }
    return least >= ring && least != Duration::max() ? least : Duration{};
}

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

}  // namespace

bool ring_devices(Turn& t, CallId call, const User& user, OfferId offer, Duration ring,
                  bool auto_answer) {
    const std::vector<DeviceId> devices = devices_of_user(t.s, user.id);
    const Instant until = t.now() + ring;
    const Offer* of = find_offer(t.s, offer);
    const bool chosen = of != nullptr && of->decision;
    const Duration sooner = head_start(t.s, user, devices, ring, chosen);
    bool rings = false;
    for (const DeviceId device : devices) {
        DeviceRight right = right_of(user, device);
        right.delay -= std::min(sooner, right.delay);
        const Instant start = t.now() + right.delay;
        const Instant own = right.ring > Duration{} ? start + right.ring : until;
        if (!may_ring(t.s, device, chosen) || start >= until) {
            continue;
        }
        if (right.delay > Duration{}) {
            t.emit(DeviceDelayed{call, offer, user.id, device, start, std::min(own, until)});
            rings = true;
        } else {
            const Instant end = offer && own >= until ? Instant{} : std::min(own, until);
            rings |= static_cast<bool>(dial(t, {call,
                                                user.id,
                                                device,
                                                device_name(t.s, device),
                                                offer,
                                                end,
                                                auto_answer && devices.size() == 1,
                                                {}}));
        }
    }
    return rings;
}

OfferId start_offer(Turn& t, const NewOffer& what) {
    const Interaction* interaction = find_interaction(t.s, what.interaction);
    const User* found = find_user(t.s, what.user);
    if (interaction == nullptr || found == nullptr) {
        return {};
    }
    const User user = *found;
    const CallId call = call_of(interaction->carrier);
    const OfferId offer{t.s.last.offer + 1};
    t.emit(OfferStarted{offer, what.interaction, what.queue, user.id,
                        ActivityId{t.s.last.activity + 1}, t.now() + what.ring, what.decision});
    bool rings = false;
    if (!what.queue && !user.forwarding_number.empty()) {
        rings = static_cast<bool>(dial_outside(
            t, {call, user.id, {}, user.forwarding_number, offer, {}, false, {}}, &user));
    } else {
        rings = ring_devices(t, call, user, offer, what.ring, what.auto_answer);
    }
    if (!rings) {
        close_offer(t, offer, OfferOutcome::withdrawn, "unreachable");
    }
    return offer;
}

void close_offer(Turn& t, OfferId id, OfferOutcome outcome, std::string reason) {
    const Offer* found = find_offer(t.s, id);
    if (found == nullptr) {
        return;
    }
    const CallId call_id = call_of(found->carrier);
    const bool colleague = reason == "colleague";
    OfferEnded ended{id, outcome, std::move(reason)};
    const Ringing* ringing = find_ringing(t.s, id);
    if (ringing != nullptr && ended.reason == "unreachable") {
        ended.device = ringing->failed_device;
        ended.status = ringing->failed_status;
        ended.forwards_to = ringing->forwards_to;
    }
    t.emit(std::move(ended));
    const Call* call = find_call(t.s, call_id);
    if (call == nullptr || outcome == OfferOutcome::accepted) {
        return;
    }
    const LegCause cause = outcome == OfferOutcome::missed ? LegCause::no_answer
                           : colleague                     ? LegCause::elsewhere
                                                           : LegCause::cancelled;
    for (const LegId leg_id : std::vector<LegId>(call->legs)) {
        const Leg* leg = find_leg(t.s, leg_id);
        if (leg != nullptr && leg->offer == id) {
            drop(t, leg_id, {cause, colleague, RefuseCause::no_answer});
        }
    }
}

void end_offer(Turn& t, OfferId id, OfferOutcome outcome, std::string reason) {
    const Offer* found = find_offer(t.s, id);
    if (found == nullptr) {
        return;
    }
    const Offer offer = *found;
    close_offer(t, id, outcome, std::move(reason));
    const Queue* queue = find_queue(t.s, offer.queue);
    const bool charged = outcome == OfferOutcome::missed || outcome == OfferOutcome::rejected;
    if (charged && queue != nullptr && queue->auto_pause) {
        start_pause(t, offer.user, system_pause(t, PauseType::lajdak), offer.queue, offer.activity);
    }
    ring_progress(t, call_of(offer.carrier));
}

void accept_offer(Turn& t, OfferId id, LegId leg) {
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
    close_offer(t, id, OfferOutcome::accepted);
    const std::string title = call->caller_name.empty() ? call->caller : call->caller_name;
    t.emit(ActivityOpened{
        offer.activity, offer.channel, offer.carrier, offer.interaction, offer.queue, offer.user,
        interaction->direction == CallDirection::out ? CallDirection::in : interaction->direction,
        title, leg});
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

void fail_device(Turn& t, const Leg& leg, const LegGone& how) {
    const auto live = t.s.device_lives.find(leg.device);
    if (live == t.s.device_lives.end()) {
        return;
    }
    Duration rest = device_rest_min;
    for (int i = 0; i < live->second.failures && rest < device_rest_max; ++i) {
        rest *= 2;
    }
    t.emit(DeviceFailed{leg.device, how.status, t.now() + std::min(rest, device_rest_max),
                        leg.offer, how.forwards_to});
}

void ring_time_over(Turn& t, OfferId id) {
    const Offer* offer = find_offer(t.s, id);
    const Call* call = offer == nullptr ? nullptr : carrying_call(t.s, *offer);
    if (call == nullptr || find_ringing(t.s, id)->rang) {
        end_offer(t, id, OfferOutcome::missed);
        return;
    }
    for (const LegId leg_id : std::vector<LegId>(call->legs)) {
        const Leg* leg = find_leg(t.s, leg_id);
        if (leg != nullptr && leg->offer == id && leg->device) {
            fail_device(t, *leg, {});
        }
    }
    end_offer(t, id, OfferOutcome::withdrawn, "unreachable");
}

void check_offer(Turn& t, OfferId id) {
    const Offer* offer = find_offer(t.s, id);
    const Call* call = offer == nullptr ? nullptr : carrying_call(t.s, *offer);
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
