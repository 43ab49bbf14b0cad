// Registrations: saved for the next start, and told to the core.
#pragma once

#include "linka/voice/switchboard.hpp"

namespace linka::voice {

void registered(Switchboard& board, const sip::Registration& event);
/// Kept for people to see; the core need not know.
void asked_in_vain(Switchboard& board, const sip::NeverAnswers& event);
/// After a start: what the side records and the core know is made to agree, where a crash came
/// between the two.
void restore_registrations(Switchboard& board, const Side& side);

}  // namespace linka::voice
