// The end of a leg, whoever ends it. A leg is over when signalling has said its last word; then its
// media leg is closed, the core is told its quality and its end, and its record is forgotten.
#pragma once

#include "linka/voice/causes.hpp"
#include "linka/voice/switchboard.hpp"

namespace linka::voice {

/// The core's EndLeg.
void end_leg(Switchboard& board, Leg& leg, bool elsewhere);
/// The core's RefuseLeg; hangs up if it is answered already.
void refuse_leg(Switchboard& board, Leg& leg, core::RefuseCause cause);
/// It cannot go on: hangs up, and the core hears why.
void fail_leg(Switchboard& board, Leg& leg, Failure failure);
/// Signalling's last word.
void signalling_ended(Switchboard& board, const sip::Ended& event);

/// The worker has closed the media leg (or died over it).
void media_closed(Switchboard& board, Leg& leg);
/// Tells the core and forgets the leg if signalling and media are both done with it. The leg may
/// be gone after this.
void finish_if_over(Switchboard& board, Leg& leg);

/// Keeps the newest quality; the last one of a closing leg completes its end.
void quality_measured(Switchboard& board, const media::Quality& quality);
/// Ends a leg whose peer has sent nothing for too long.
void leg_quiet(Switchboard& board, const media::Quiet& quiet);

}  // namespace linka::voice
