// New descriptions inside a call: the peer's (hold, another codec or address) and ours, when a
// media leg had to move to another worker.
#pragma once

#include "linka/voice/switchboard.hpp"

namespace linka::voice {

/// The peer's re-INVITE.
void reoffered(Switchboard& board, const sip::Reoffer& event);
/// The answer to our re-INVITE.
void reanswered(Switchboard& board, const sip::Reanswered& event);
/// An answered leg has a new media leg: the peer is to learn of it.
void renewed_media(Switchboard& board, Leg& leg);
/// Sends our re-INVITE if the peer does not know our description and can be told now.
void renew_description(Switchboard& board, Leg& leg);

}  // namespace linka::voice
