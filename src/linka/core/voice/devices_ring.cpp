// An offer of a call rings on the devices of its user, each with its own delay and time.
#include "linka/core/voice/devices_ring.hpp"

#include "linka/core/turn.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/outside.hpp"
#include "linka/core/work/new_offer.hpp"

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

bool present(Turn& t, const Offer& offer, const carrier::Call& by, const NewOffer& what) {
    const User user = *find_user(t.s, offer.user);
    if (!what.queue && !user.forwarding_number.empty()) {
        return static_cast<bool>(dial_outside(
            t, {by.call, user.id, {}, user.forwarding_number, offer.id, {}, false, {}}, &user));
    }
    return ring_devices(t, by.call, user, offer.id, what.ring, what.auto_answer);
}

void withdraw(Turn& t, const OfferEnded& ended, const carrier::Call& by) {
    const Call* call = find_call(t.s, by.call);
    if (call == nullptr) {
        return;
    }
    const bool colleague = ended.reason == "colleague";
    const LegCause cause = ended.outcome == OfferOutcome::missed ? LegCause::no_answer
                           : colleague                           ? LegCause::elsewhere
                                                                 : LegCause::cancelled;
    for (const LegId leg_id : std::vector<LegId>(call->legs)) {
        const Leg* leg = find_leg(t.s, leg_id);
        if (leg != nullptr && leg->offer == ended.offer) {
            drop(t, leg_id, {cause, colleague, RefuseCause::no_answer});
        }
    }
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

void fail_silent_devices(Turn& t, const Offer& offer) {
    const Call* call = carrying_call(t.s, offer);
    if (call == nullptr) {
        return;
    }
    for (const LegId leg_id : std::vector<LegId>(call->legs)) {
        const Leg* leg = find_leg(t.s, leg_id);
        if (leg != nullptr && leg->offer == offer.id && leg->device) {
            fail_device(t, *leg, {});
        }
    }
}

}  // namespace linka::core
