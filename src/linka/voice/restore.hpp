// After a start: the legs of the side records, those that signalling was given back, and those that
// the media workers still hold become one table again. What has lost one of its halves ends or,
// where it only listened, gets a new media leg. See docs/decisions for the order of writes.
#pragma once

#include "linka/voice/switchboard.hpp"

#include <vector>

namespace linka::voice {

/// Rebuilds the table, then tells the core ProgramStartedReport and what it may have missed.
void restore(Switchboard& board, const Side& side, const media::Found& found);

}  // namespace linka::voice
