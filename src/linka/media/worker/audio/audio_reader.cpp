#include "linka/media/worker/audio/audio_reader.hpp"

#include "linka/base/text.hpp"
#include "linka/media/worker/audio/ogg_reader.hpp"
#include "linka/media/worker/audio/wav_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace linka::media {
namespace {

class ToneReader : public AudioReader {
  public:
    explicit ToneReader(Tone tone) : generator_(tone, reader_rate) {}
    std::size_t read(std::span<std::int16_t> out) override { return generator_.read(out); }

  private:
    ToneGenerator generator_;
};

}  // namespace

Result<std::unique_ptr<AudioReader>> open_audio_file(const std::string& path) {
    FileBytes file;
    if (!file.open(path)) {
        return fail(ErrorCode::not_found, text::format("sound file {} cannot be opened", path));
    }
    std::array<std::uint8_t, 12> head{};
    const std::size_t got = file.read(head);
    if (got == head.size() && std::memcmp(head.data(), "RIFF", 4) == 0 &&
        std::memcmp(head.data() + 8, "WAVE", 4) == 0) {
        return WavReader::open(std::move(file));
    }
    if (got == head.size() && std::memcmp(head.data(), "OggS", 4) == 0) {
        file.skip(-static_cast<std::int64_t>(got));
        return open_ogg_opus(std::move(file));
    }
    return fail(ErrorCode::invalid,
                text::format("sound file {} is neither WAV nor Ogg Opus", path));
}

std::unique_ptr<AudioReader> open_tone(Tone tone) {
    return std::make_unique<ToneReader>(tone);
}

std::unique_ptr<AudioReader> open_silence(std::int64_t length_ms) {
    const int length = static_cast<int>(std::clamp<std::int64_t>(length_ms, 0, 3'600'000));
    return open_tone({.low = 0.0, .level = 0.0, .on_ms = std::max(1, length), .length_ms = length});
}

}  // namespace linka::media
