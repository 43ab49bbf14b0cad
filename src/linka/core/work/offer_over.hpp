// Private to the core. Nobody took an offer: what follows for its user, and for what was offered.
#pragma once

#include "linka/core/turn.hpp"

#include <string>

namespace linka::core {

/// Ends and withdraws it, with what follows: the Lazy pause, and the call's next step.
void end_offer(Turn& t, OfferId offer, OfferOutcome outcome, std::string reason = {});
/// Missed; but if no telephone rang nobody could know of it, and the telephones have failed.
void ring_time_over(Turn& t, OfferId offer);

}  // namespace linka::core
