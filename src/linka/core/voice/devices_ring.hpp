// Private to the core. An offer of a call rings on the devices of its user.
#pragma once

#include "linka/core/turn.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/work/new_offer.hpp"

namespace linka::core {

/// Rings the devices of a user, each with its own delay and time; false if none could be.
bool ring_devices(Turn& t, CallId call, const User& user, OfferId offer, Duration ring,
                  bool auto_answer);
/// What rings for an offer, as `start_offer` and `close_offer` want it; false: nothing does.
bool present(Turn& t, const Offer& offer, const carrier::Call& by, const NewOffer& what);
void withdraw(Turn& t, const OfferEnded& ended, const carrier::Call& by);
/// A telephone that refused without ringing rests: this long, twice as long after each further
/// failure, at most `device_rest_max`.
inline constexpr Duration device_rest_min = 10s;
inline constexpr Duration device_rest_max = 60s;
void fail_device(Turn& t, const Leg& leg, const LegGone& how);
/// Those that should ring for the offer and never said that they do.
void fail_silent_devices(Turn& t, const Offer& offer);

}  // namespace linka::core
