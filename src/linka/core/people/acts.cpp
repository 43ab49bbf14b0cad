// What people do with what they are offered and with the call that they have: accept, reject, take,
// hold, mute, digits, hang up.
#include "linka/core/people/acts.hpp"

#include "linka/core/people/can.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/conversation.hpp"
#include "linka/core/voice/leg_reports.hpp"
#include "linka/core/voice/offer_calls.hpp"
#include "linka/core/work/closing.hpp"
#include "linka/core/work/conversations.hpp"
#include "linka/core/work/offer_over.hpp"
#include "linka/core/work/offers.hpp"

namespace linka::core {

namespace {

static_assert(limits::digits_max == 64);

// The leg of a live conversation; answers not_found if it is over.
const Leg* live_leg(Turn& t, const Activity& activity) {
    const Leg* leg = activity.finished ? nullptr : leg_of_activity(t.s, activity.id);
    if (leg == nullptr) {
        t.not_found();
    }
    return leg;
}

bool may_see(const User& user, QueueId queue) {
    return user.access == Access::admin ||
           std::any_of(user.queues.begin(), user.queues.end(),
                       [&](const QueueRight& right) { return right.queue == queue; });
}

bool waits(const State& s, const Interaction& interaction) {
    const auto queue = s.index.queues.find(interaction.queue);
    return queue != s.index.queues.end() &&
           queue->second.waiting.contains({interaction.started, interaction.id});
}

// What is written needs no telephone to be had at once.
void take_writing(Turn& t, UserId user, const Interaction& interaction) {
    std::vector<Blocker> blockers = take_writing_blockers(t.s, user);
    if (blockers.empty()) {
        take_conversation(t, user, interaction);
    } else {
        t.refuse(std::move(blockers));
    }
}

}  // namespace

void apply(Turn& t, const Accept& input) {
    const Offer* offer = offer_of_activity(t.s, input.activity);
    if (offer == nullptr || offer->user != input.user) {
        t.not_found();
        return;
    }
    const Offer accepted = *offer;
    std::visit([&](const auto& carrier) { accept(t, accepted, carrier); }, accepted.carrier);
}

void apply(Turn& t, const Reject& input) {
    const Offer* offer = offer_of_activity(t.s, input.activity);
    if (offer == nullptr || offer->user != input.user) {
        t.not_found();
        return;
    }
    end_offer(t, offer->id, OfferOutcome::rejected);
}

void apply(Turn& t, const Take& input) {
    const Interaction* found = interaction_of_activity(t.s, input.activity);
    const Offer* offered = offer_of_activity(t.s, input.activity);
    if (offered != nullptr && offered->user == input.user) {
        apply(t, Accept{input.user, input.activity});
        return;
    }
    const User user = *find_user(t.s, input.user);
    // What they may not see is not there: the answer tells nobody what rings in other queues.
    if (found == nullptr || !waits(t.s, *found) || !may_see(user, found->queue)) {
        t.not_found();
        return;
    }
    const Interaction interaction = *found;
    if (interaction.channel != Channel::call) {
        take_writing(t, user.id, interaction);
        return;
    }
    const auto* queue = calls_of(find_queue(t.s, interaction.queue));
    std::vector<Blocker> blockers = take_blockers(t.s, user.id);
    if (!blockers.empty() || queue == nullptr) {
        t.refuse(std::move(blockers));
        return;
    }
    const Duration ring = queue->offering.ring_time;
    for (const OfferId offer : interaction.offers) {
        close_offer(t, offer, OfferOutcome::withdrawn, "colleague");
    }
    const std::vector<DeviceId> devices = devices_of_user(t.s, user.id);
    const bool remote = devices.size() == 1 && answers_for(t.s, user.id, devices.front());
    const OfferId offer =
        start_offer(t, {interaction.id, interaction.queue, user.id, ring, {}, remote});
    if (const Offer* started = find_offer(t.s, offer)) {
        t.reply.activity = started->activity;
    } else {
        t.refuse(BlockerCode::device_not_registered);
    }
}

void apply(Turn& t, const Hold& input) {
    const Activity* activity = own_activity(t, input.user, input.activity);
    const Leg* leg = activity == nullptr ? nullptr : live_leg(t, *activity);
    const Call* call = leg == nullptr ? nullptr : find_call(t.s, leg->call);
    if (call == nullptr) {
        return;
    }
    if (!is_step<step::Talk>(call->step) || call->consultation.by) {
        t.refuse(BlockerCode::busy);
        return;
    }
    hold(t, input.activity, input.on);
}

void apply(Turn& t, const Mute& input) {
    const Activity* activity = own_activity(t, input.user, input.activity);
    const Leg* leg = activity == nullptr ? nullptr : live_leg(t, *activity);
    if (leg != nullptr && leg->muted != input.on) {
        const LegId id = leg->id;
        t.emit(LegMutedChanged{id, input.on});
        t.effect(MuteLeg{id, input.on});
    }
}

void apply(Turn& t, const SendDigits& input) {
    const Activity* activity = own_activity(t, input.user, input.activity);
    const Leg* leg = activity == nullptr ? nullptr : live_leg(t, *activity);
    const Leg* other = leg == nullptr ? nullptr : other_side(t.s, *leg);
    if (leg == nullptr) {
        return;
    }
    const bool digits = !input.digits.empty() && input.digits.size() <= limits::digits_max &&
                        input.digits.find_first_not_of("0123456789*#ABCD") == std::string::npos;
    if (!digits) {
        t.invalid("digits", "1 to 64 of 0-9 * # A-D");
    } else if (other == nullptr || other->state != LegState::answered) {
        t.not_found();
    } else {
        t.effect(SendDtmf{other->id, input.digits});
    }
}

void apply(Turn& t, const HangUpActivity& input) {
    const Activity* activity = own_activity(t, input.user, input.activity);
    const Leg* leg = activity == nullptr ? nullptr : live_leg(t, *activity);
    if (leg != nullptr) {
        leave_call(t, leg->id);
    }
}

}  // namespace linka::core
