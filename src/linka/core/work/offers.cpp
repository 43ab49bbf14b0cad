// An offer: one attempt to give one user one interaction, on whatever channel. It ends exactly
// once. How it is presented is up to what carries the interaction.
#include "linka/core/work/offers.hpp"

#include "linka/core/turn.hpp"
#include "linka/core/voice/devices_ring.hpp"

namespace linka::core {

OfferId start_offer(Turn& t, const NewOffer& what) {
    if (find_interaction(t.s, what.interaction) == nullptr ||
        find_user(t.s, what.user) == nullptr) {
        return {};
    }
    const OfferId id{t.s.last.offer + 1};
    t.emit(OfferStarted{id, what.interaction, what.queue, what.user,
                        ActivityId{t.s.last.activity + 1}, t.now() + what.ring, what.decision});
    const Offer offer = *find_offer(t.s, id);
    const bool presented = std::visit(
        [&](const auto& carrier) { return present(t, offer, carrier, what); }, offer.carrier);
    if (!presented) {
        close_offer(t, id, OfferOutcome::withdrawn, "unreachable");
    }
    return id;
}

void close_offer(Turn& t, OfferId id, OfferOutcome outcome, std::string reason) {
    const Offer* found = find_offer(t.s, id);
    if (found == nullptr) {
        return;
    }
    const Offer offer = *found;
    OfferEnded ended{id, outcome, std::move(reason)};
    const Ringing* ringing = find_ringing(t.s, id);
    if (ringing != nullptr && ended.reason == "unreachable") {
        ended.device = ringing->failed_device;
        ended.status = ringing->failed_status;
        ended.forwards_to = ringing->forwards_to;
    }
    t.emit(ended);
    if (outcome != OfferOutcome::accepted) {
        std::visit([&](const auto& carrier) { withdraw(t, ended, carrier); }, offer.carrier);
    }
}

void open_work(Turn& t, const Offer& offer, std::string title, LegId leg) {
    close_offer(t, offer.id, OfferOutcome::accepted);
    const CallDirection direction = find_interaction(t.s, offer.interaction)->direction;
    t.emit(ActivityOpened{
        offer.activity, offer.channel, offer.carrier, offer.interaction, offer.queue, offer.user,
        direction == CallDirection::out ? CallDirection::in : direction, std::move(title), leg});
}

}  // namespace linka::core
