// Digits that people press: those that come from a leg, as RTP events (RFC 4733) or as SIP INFO,
// and those that go to one. The core hears each press once, and so does the far side, in the form
// that it understands.
#pragma once

#include "linka/voice/switchboard.hpp"

#include <string>

namespace linka::voice {

/// From the sound of a leg. The media worker has passed it on already if the far side agreed on
/// telephone-event; else it goes there as INFO.
void digit_heard(Switchboard& board, LegNumber number, char digit);
/// By INFO. Many telephones that agreed on telephone-event send each press both ways: such a digit
/// waits a moment, and is left out if the sound brings it, too.
void digit_told(Switchboard& board, LegNumber number, char digit);
/// Sends digits to a leg, as RTP events or, where those were not agreed, as INFO. They wait for its
/// media if it has none at the moment.
void send_dtmf(Switchboard& board, Leg& leg, const std::string& digits);
/// The leg has media again: sends what waited.
void send_waiting_digits(Switchboard& board, Leg& leg);
/// True if both sides of a leg agreed on telephone-event.
bool has_digit_events(const Leg& leg);

}  // namespace linka::voice
