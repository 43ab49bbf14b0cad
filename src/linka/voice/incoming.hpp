// Legs that come in: from the INVITE to the ACK of our answer.
#pragma once

#include "linka/voice/switchboard.hpp"

namespace linka::voice {

/// A new call: the core is told, or it is refused at once (our limit, a device without record).
void call_arrived(Switchboard& board, const sip::Incoming& event);
/// The input that tells the core of this leg.
core::CallArrivedReport arrival_of(const Leg& leg);
/// The core's RingLeg: 180, once, unless the caller hears early media already.
void ring_leg(Switchboard& board, Leg& leg);
/// The core's AnswerLeg: 200 as soon as there is media.
void answer_leg(Switchboard& board, Leg& leg);
/// Its media leg is open while it is unanswered: 200 if that is wanted by now, else 183.
void incoming_has_media(Switchboard& board, Leg& leg);
/// The ACK of an answer: of our 200, or of our 200 to a re-INVITE without an offer.
void confirmed(Switchboard& board, const sip::Confirmed& event);

}  // namespace linka::voice
