// Private to the core. Recordings of calls.
#pragma once

#include "linka/core/turn.hpp"

#include <string>

namespace linka::core {

/// Starts, or gives its sides to, the recording that queue and user ask for. `connected`: both
/// hear each other.
void record(Turn& t, CallId call, ActivityId activity, bool connected);
void stop_recording(Turn& t, CallId call);
std::string recording_file(RecordingId id, Instant at);
void recording_effect(Turn& t, CallId call);

}  // namespace linka::core
