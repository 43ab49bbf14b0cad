// Clip: one sound, encoded frame by frame as it is first played and kept, so that however many
// hear the same prompt or music, each frame is encoded once per codec.
#pragma once

#include "linka/media/worker/audio/audio_reader.hpp"
#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/audio/resample.hpp"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace linka::media {

class Clip {
  public:
    using Open = std::function<std::unique_ptr<AudioReader>()>;  // null: it cannot be read

    explicit Clip(Open open) : open_(std::move(open)) {}

    /// Frame number `index` in that codec; empty: the sound is over. Valid until the next call.
    std::span<const std::uint8_t> frame(Codec codec, std::size_t index);
    /// Memory that the encoded frames take.
    [[nodiscard]] std::size_t bytes() const;

  private:
    struct Track {
        std::vector<std::uint8_t> bytes;
        std::vector<std::size_t> ends;  // of each frame in `bytes`
        // While it is not complete:
        std::unique_ptr<AudioReader> reader;
        std::optional<Resampler> resampler;
        std::optional<Encoder> encoder;
        std::vector<std::int16_t> samples;  // not encoded yet
        bool started = false;
        bool complete = false;
    };
    void start(Track& track, Codec codec);
    void encode_next(Track& track, Codec codec);

    Open open_;
    std::array<Track, codec_count> tracks_;
};

/// Keeps the clips that were used lately, at most `bytes_max` of encoded sound (those that are
/// playing are never thrown out).
class ClipCache {
  public:
    explicit ClipCache(std::size_t bytes_max = 64U << 20) : bytes_max_(bytes_max) {}

    // Owners of a clip: the cache and the legs that play it.
    std::shared_ptr<Clip> get(const std::string& key, const Clip::Open& open);

  private:
    void shrink();

    struct Entry {
        std::shared_ptr<Clip> clip;
        std::uint64_t used = 0;
    };
    std::size_t bytes_max_;
    std::uint64_t uses_ = 0;
    std::map<std::string, Entry> entries_;
};

}  // namespace linka::media
