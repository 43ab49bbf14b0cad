// GET /file/recording/{activity}: the recording of a call as Ogg Opus, with ranges. Agents hear
// their own, managers those of their queues, administrators all; each listening is noted. As WAV
// and MP3 with ?format=, and …/peaks is the outline of its waveform.
#pragma once

#include "linka/api/site.hpp"

namespace linka::api {

void add_recording_routes(Router& router, const Site& site);

/// A file answered by Range, If-Range, If-None-Match and HEAD rules.
Response file_response(const Request& request, const std::string& path, std::string_view type);

}  // namespace linka::api
