// Nobody took an offer: what follows for its user, and for what was offered.
#include "linka/core/work/offer_over.hpp"

#include "linka/core/people/pauses.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/devices_ring.hpp"
#include "linka/core/voice/rang_out.hpp"
#include "linka/core/work/offers.hpp"

namespace linka::core {

void end_offer(Turn& t, OfferId id, OfferOutcome outcome, std::string reason) {
    const Offer* found = find_offer(t.s, id);
    if (found == nullptr) {
        return;
    }
    const Offer offer = *found;
    close_offer(t, id, outcome, std::move(reason));
    const Offering* offering = offering_of(find_queue(t.s, offer.queue));
    const bool charged = outcome == OfferOutcome::missed || outcome == OfferOutcome::rejected;
    if (charged && offering != nullptr && offering->auto_pause) {
        start_pause(t, offer.user, system_pause(t, PauseType::lajdak), offer.queue, offer.activity);
    }
    if (const CallId call = call_of(offer.carrier)) {
        ring_progress(t, call);
    }
}

void ring_time_over(Turn& t, OfferId id) {
    const Offer* offer = find_offer(t.s, id);
    const Ringing* ringing = find_ringing(t.s, id);
    if (offer == nullptr || ringing == nullptr || ringing->rang) {
        end_offer(t, id, OfferOutcome::missed);  // a card on the desk is always seen
        return;
    }
    fail_silent_devices(t, Offer(*offer));
    end_offer(t, id, OfferOutcome::withdrawn, "unreachable");
}

}  // namespace linka::core
