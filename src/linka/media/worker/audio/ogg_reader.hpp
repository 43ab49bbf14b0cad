// Reader of Ogg Opus files (RFC 7845): one logical stream, mono or stereo (mixed down).
#pragma once

#include "linka/media/worker/audio/audio_reader.hpp"
#include "linka/media/worker/audio/file_bytes.hpp"

namespace linka::media {

/// `file` stands at its beginning. Errors: `invalid`.
Result<std::unique_ptr<AudioReader>> open_ogg_opus(FileBytes file);

}  // namespace linka::media
