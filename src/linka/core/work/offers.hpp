// Private to the core. Offers: attempts to give one user one interaction.
#pragma once

#include "linka/core/turn.hpp"

#include <string>

namespace linka::core {

struct NewOffer {
    InteractionId interaction;
    QueueId queue;  // 0: direct
    UserId user;
    Duration ring{};
    DecisionId decision;
    bool auto_answer = false;
};
/// Presents it to the user; returns the offer, which may already have ended if that was impossible.
OfferId start_offer(Turn& t, const NewOffer& what);
/// Ends and withdraws it, no more.
void close_offer(Turn& t, OfferId offer, OfferOutcome outcome, std::string reason = {});
/// The same with what follows: the Lazy pause, and the call's next step.
void end_offer(Turn& t, OfferId offer, OfferOutcome outcome, std::string reason = {});
/// The user has it: the offer ends accepted, the work opens. `leg`: on which they have a call.
void open_work(Turn& t, const Offer& offer, std::string title, LegId leg);
/// Missed; but if no telephone rang nobody could know of it, and the telephones have failed.
void ring_time_over(Turn& t, OfferId offer);

// How an offer comes to its user, for each carrier. A conversation presents nothing, because the
// card on the desk is the offer itself.
/// False: nothing could be done, and nobody knows of the offer.
bool present(Turn& t, const Offer& offer, const carrier::Call& by, const NewOffer& what);
inline bool present(Turn& /*t*/, const Offer& /*offer*/, const carrier::Conversation& /*by*/,
                    const NewOffer& /*what*/) {
    return true;
}
/// After it has ended without having been accepted.
void withdraw(Turn& t, const OfferEnded& ended, const carrier::Call& by);
inline void withdraw(Turn& /*t*/, const OfferEnded& /*ended*/,
                     const carrier::Conversation& /*by*/) {
}
/// The user accepts it in the application.
void accept(Turn& t, const Offer& offer, const carrier::Call& by);

}  // namespace linka::core
