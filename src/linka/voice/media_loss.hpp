// The death of a media worker. Who talks is hung up on both sides; who only listens or waits (the
// caller in a queue, a phone that still rings, the one who is on hold) keeps their place: the media
// leg opens again on another worker, the peer learns of it, and what played plays again.
#pragma once

#include "linka/voice/switchboard.hpp"

#include <vector>

namespace linka::voice {

void media_lost(Switchboard& board, const std::vector<media::LegId>& lost);

}  // namespace linka::voice
