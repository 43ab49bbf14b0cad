// Private to the core. Offers: attempts to give one user one interaction.
#pragma once

#include "linka/core/turn.hpp"
#include "linka/core/work/new_offer.hpp"

#include <string>

namespace linka::core {

/// Presents it to the user; returns the offer, which may already have ended if that was impossible.
OfferId start_offer(Turn& t, const NewOffer& what);
/// Ends and withdraws it, no more (`end_offer`: with what follows).
void close_offer(Turn& t, OfferId offer, OfferOutcome outcome, std::string reason = {});
/// The user has it: the offer ends accepted, the work opens. `leg`: on which they have a call.
void open_work(Turn& t, const Offer& offer, std::string title, LegId leg);

// How an offer comes to its user, for each carrier; of calls see voice/devices_ring.hpp. A
// conversation presents nothing, because the card on the desk is the offer itself.
/// False: nothing could be done, and nobody knows of the offer.
inline bool present(Turn& /*t*/, const Offer& /*offer*/, const carrier::Conversation& /*by*/,
                    const NewOffer& /*what*/) {
    return true;
}
/// After it has ended without having been accepted.
inline void withdraw(Turn& /*t*/, const OfferEnded& /*ended*/,
                     const carrier::Conversation& /*by*/) {
}

}  // namespace linka::core
