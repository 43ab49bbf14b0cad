// Reader of RIFF WAVE files.
#pragma once

#include "linka/media/worker/audio/audio_reader.hpp"
#include "linka/media/worker/audio/file_bytes.hpp"
#include "linka/media/worker/audio/resample.hpp"

#include <optional>
#include <vector>

namespace linka::media {

class WavReader : public AudioReader {
  public:
    /// `file` stands after the first 12 bytes ("RIFF", size, "WAVE").
    static Result<std::unique_ptr<AudioReader>> open(FileBytes file);
    std::size_t read(std::span<std::int16_t> out) override;

    struct Format {
        int encoding = 0;  // 1 PCM, 6 A-law, 7 µ-law
        int channels = 0;
        int rate = 0;
        int bits = 0;
    };
    /// For open(), which has checked `format`.
    WavReader(FileBytes file, Format format, std::int64_t data_bytes);

  private:
    static std::optional<Format> parse_format(std::span<const std::uint8_t> chunk);
    // Reads and resamples the next piece into ready_; false at the end.
    bool refill();
    [[nodiscard]] int sample_at(std::span<const std::uint8_t> bytes) const;

    FileBytes file_;
    Format format_;
    std::int64_t left_;  // bytes of sound still in the file
    Resampler resampler_;
    std::vector<std::int16_t> ready_;
    std::size_t ready_from_ = 0;
};

}  // namespace linka::media
