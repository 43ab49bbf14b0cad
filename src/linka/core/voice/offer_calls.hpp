// Private to the core. An offer of a call rings.
#pragma once

#include "linka/core/turn.hpp"
#include "linka/core/voice/calls.hpp"

namespace linka::core {

/// Rings the devices of a user, each with its own delay and time; false if none could be.
bool ring_devices(Turn& t, CallId call, const User& user, OfferId offer, Duration ring,
                  bool auto_answer);
/// A device that rang for it was picked up.
void offer_answered(Turn& t, OfferId offer, LegId leg);
/// No device of the offer is left, or some still ring: ends the offer if none.
void check_offer(Turn& t, OfferId offer);
void start_delayed(Turn& t, CallId call);
/// A telephone that refused without ringing rests: this long, twice as long after each further
/// failure, at most `device_rest_max`.
inline constexpr Duration device_rest_min = 10s;
inline constexpr Duration device_rest_max = 60s;
void fail_device(Turn& t, const Leg& leg, const LegGone& how);
/// Those that should ring for the offer and never said that they do.
void fail_silent_devices(Turn& t, OfferId offer);

}  // namespace linka::core
