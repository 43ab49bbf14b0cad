// What legs hear: each other, sounds, themselves. Effects change the wish of a leg, and go to the
// worker if both ends have media; what cannot go yet goes when the media leg opens.
#pragma once

#include "linka/core/effect.hpp"
#include "linka/voice/switchboard.hpp"

#include <string>

namespace linka::voice {

void connect_legs(Switchboard& board, Leg& a, Leg& b);
void disconnect_leg(Switchboard& board, Leg& leg);
void play_sounds(Switchboard& board, Leg& leg, const core::PlaySounds& effect);
void stop_sounds(Switchboard& board, Leg& leg);
void echo_leg(Switchboard& board, Leg& leg);
void mute_leg(Switchboard& board, Leg& leg, bool on);

/// The media leg is new: everything that is wished for goes to it.
void apply_hearing(Switchboard& board, Leg& leg);
/// What played has ended while no server was there to be told.
void play_ended_unheard(Switchboard& board, Leg& leg);
/// Neither hears the other any more, as far as we are concerned.
void part_from_peer(Switchboard& board, Leg& leg);

void play_done(Switchboard& board, const media::PlayDone& done);

}  // namespace linka::voice
