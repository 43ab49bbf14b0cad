// Registrations: saved for the next start, and told to the core.
#pragma once

#include "linka/voice/switchboard.hpp"

namespace linka::voice {

void registered(Switchboard& board, const sip::Registration& event);

}  // namespace linka::voice
