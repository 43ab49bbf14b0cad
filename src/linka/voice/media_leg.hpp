// The media leg of a leg: opened when there is something to hear, opened again when its worker is
// lost, closed with the leg.
#pragma once

#include "linka/voice/switchboard.hpp"

#include <string>
#include <vector>

namespace linka::voice {

/// Opens it unless it is open or opening. Called at the end of a turn (Switchboard::want_media).
void open_media(Switchboard& board, Leg& leg);
/// Tells the worker that the peer is there: sound may be sent to wherever its description says.
void confirm_media(Switchboard& board, const Leg& leg);
/// Tells the worker to close it and waits for its last word; see ending.hpp for what follows.
void close_media(Switchboard& board, Leg& leg);
/// Opens it anew on the worker of the leg that it is to hear: calls that were begun apart live on
/// workers apart. The peer learns of it by a re-INVITE.
void move_media(Switchboard& board, Leg& leg);
/// Gives the worker the peer's answer, then goes on with `then`; a refusal ends the leg with 488.
void set_remote(Switchboard& board, Leg& leg, const std::string& sdp, Switchboard::Then then);
/// Tells the core if the peer has begun or ceased to hold.
void note_held(Switchboard& board, Leg& leg, bool held);
/// What we may use for this leg, best first: what the leg that it will hear speaks already.
std::vector<std::string> codecs_for(Switchboard& board, const Leg& leg);

}  // namespace linka::voice
