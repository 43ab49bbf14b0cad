// AudioReader: sound as a stream of 16 kHz mono samples, from a WAV file (RIFF, 8 or 16 bit PCM,
// A-law, µ-law; any rate, any channels), an Ogg Opus file (RFC 7845) or a tone. Reads little by
// little, so that a long file never holds up the loop. Files may come from anywhere: everything is
// checked and bounded.
#pragma once

#include "linka/base/result.hpp"
#include "linka/media/worker/audio/tones.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace linka::media {

constexpr int reader_rate = 16000;

class AudioReader {
  public:
    virtual ~AudioReader() = default;
    /// Fills `out`; fewer samples: the sound is over.
    virtual std::size_t read(std::span<std::int16_t> out) = 0;
};

/// Errors: `not_found`, `invalid` (not a sound that we can read).
Result<std::unique_ptr<AudioReader>> open_audio_file(const std::string& path);
std::unique_ptr<AudioReader> open_tone(Tone tone);
/// Silence of so many milliseconds.
std::unique_ptr<AudioReader> open_silence(std::int64_t length_ms);

}  // namespace linka::media
