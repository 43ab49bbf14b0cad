// Legs that we dial: from the core's wish to the peer's answer.
#pragma once

#include "linka/core/effect.hpp"
#include "linka/voice/switchboard.hpp"

namespace linka::voice {

void dial_device(Switchboard& board, const core::DialDevice& effect);
void dial_number(Switchboard& board, const core::DialNumber& effect);
/// Its media leg is open: the INVITE goes out.
void send_invite(Switchboard& board, Leg& leg);
/// 18x. The core hears of the ringing once, and again when early media begins.
void progressed(Switchboard& board, const sip::Progress& event);
void answered(Switchboard& board, const sip::Answered& event);
/// Tells the core once that the leg is answered, incoming ones included.
void answered_is_told(Switchboard& board, Leg& leg);
void ask_to_answer(Switchboard& board, const Leg& leg);

}  // namespace linka::voice
