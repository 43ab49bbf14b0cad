// Private to the core. An offer of a call rings.
#pragma once

#include "linka/core/turn.hpp"
#include "linka/core/voice/calls.hpp"

namespace linka::core {

/// The user accepts it in the application.
void accept(Turn& t, const Offer& offer, const carrier::Call& by);
/// A device that rang for it was picked up.
void offer_answered(Turn& t, OfferId offer, LegId leg);
/// No device of the offer is left, or some still ring: ends the offer if none.
void check_offer(Turn& t, OfferId offer);
void start_delayed(Turn& t, CallId call);

}  // namespace linka::core
