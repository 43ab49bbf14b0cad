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
    LegNumber left = 0;    // as the worker was told last
    LegNumber right = 0;
    bool cut_off = false;  // its worker died: nothing can be added, RecordDone will come
};

using RecordingTable = std::map<media::RecordingId, Recording>;

}  // namespace linka::voice
