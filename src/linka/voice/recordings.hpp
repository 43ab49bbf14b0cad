// Recordings: begun as soon as one of their sides has media, told when a side changes, ended once.
#pragma once

#include "linka/core/effect.hpp"
#include "linka/voice/switchboard.hpp"

#include <vector>

namespace linka::voice {

void start_recording(Switchboard& board, const core::StartRecording& effect);
void stop_recording(Switchboard& board, core::RecordingId recording);
/// A leg's media leg is new: recordings of it begin, or take its side in.
void apply_recordings(Switchboard& board, LegNumber leg);
/// The worker of these legs died: their recordings are cut off there. RecordDone follows when what
/// was spooled is a file.
void recordings_lost(Switchboard& board, const std::vector<media::LegId>& legs);
void record_done(Switchboard& board, const media::RecordDone& done);
/// Its end is kept in the journal: the worker need not tell it again.
void release_recording(Switchboard& board, core::RecordingId recording);

}  // namespace linka::voice
