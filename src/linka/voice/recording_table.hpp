// RecordingTable: the recordings that run, and whose words they hold.
#pragma once

#include "linka/voice/leg.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace linka::voice {

struct Recording {
    media::RecordingId number = 0;
    std::string file;
    LegNumber customer = 0;  // as the core wants it
    LegNumber agent = 0;
    bool started = false;  // a worker has been told
    bool begun = false;    // and has begun
    LegNumber left = 0;    // as the worker was told last; 0 for whom it did not have
    LegNumber right = 0;
    LegNumber left_taken = 0;  // as the worker has agreed to last
    LegNumber right_taken = 0;
    int asks = 0;          // how often it was told; replies to older ones do not count
    bool cut_off = false;  // its worker died: nothing can be added, RecordDone will come
};

using RecordingTable = std::map<media::RecordingId, Recording>;

/// True if the leg is what a recording's worker records: moved to another one, it would not be.
bool is_recorded(const RecordingTable& recordings, LegNumber leg);

}  // namespace linka::voice
