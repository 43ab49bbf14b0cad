// Conversations in writing: how somebody has one, and how it ends.
#include "linka/core/work/conversations.hpp"

#include "linka/core/turn.hpp"
#include "linka/core/work/offers.hpp"

#include <algorithm>

namespace linka::core {

void end_conversation(Turn& t, InteractionId id, EndedBy by, Outcome unanswered) {
    const Interaction* found = find_interaction(t.s, id);
    if (found == nullptr || found->ended) {
        return;
    }
    const Interaction before = *found;
    for (const OfferId offer : before.offers) {
        close_offer(t, offer, OfferOutcome::withdrawn,
                    by == EndedBy::caller ? "customer_left" : "system");
    }
    InteractionEnded ended;
    ended.interaction = id;
    ended.outcome = before.answered ? Outcome::answered : unanswered;
    ended.by = by;
    ended.position = before.answered ? 0 : position_of(t.s, id);
    t.emit(ended);
    for (const ActivityId work : before.activities) {
        const Activity* activity = find_activity(t.s, work);
        if (activity != nullptr && !activity->finished) {
            t.emit(ActivityFinished{work, by});
        }
    }
}

void accept(Turn& t, const Offer& offer, const carrier::Conversation& /*by*/) {
    const Interaction before = *find_interaction(t.s, offer.interaction);
    open_work(t, offer, before.party.name.empty() ? before.party.address : before.party.name, {});
    for (const OfferId other : before.offers) {
        if (other != offer.id) {
            close_offer(t, other, OfferOutcome::withdrawn, "colleague");
        }
    }
    t.emit(InteractionAnswered{offer.interaction, offer.user, offer.activity});
    t.reply.activity = offer.activity;
}

void take_conversation(Turn& t, UserId user, const Interaction& interaction) {
    const Interaction taken = interaction;
    const auto* carrier = std::get_if<carrier::Conversation>(&taken.carrier);
    const Queue* queue = find_queue(t.s, taken.queue);
    if (carrier == nullptr || queue == nullptr) {
        return;
    }
    const Offering* offering = offering_of(queue);
    const Duration ring = offering == nullptr ? Duration{} : offering->ring_time;
    for (const OfferId offer : taken.offers) {
        close_offer(t, offer, OfferOutcome::withdrawn, "colleague");
    }
    const OfferId id = start_offer(t, {taken.id, taken.queue, user, ring, {}, false});
    if (const Offer* offer = find_offer(t.s, id)) {
        accept(t, Offer(*offer), *carrier);
    }
}

bool chats(const State& s, UserId user) {
    const std::vector<ActivityId> all = activities_of_user(s, user);
    return std::any_of(all.begin(), all.end(), [&](ActivityId id) {
        const Activity* activity = find_activity(s, id);
        return activity != nullptr && activity->channel == Channel::chat && !activity->finished;
    });
}

}  // namespace linka::core
