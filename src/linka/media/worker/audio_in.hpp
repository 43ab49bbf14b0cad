// AudioIn: what one leg says, as samples on a 20 ms clock: jitter buffer, decoder, resampler.
// Exists only for legs whose listener cannot take their packets as they are.
#pragma once

#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/audio/resample.hpp"
#include "linka/media/worker/rtp/jitter_buffer.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace linka::media {

class AudioIn {
  public:
    void put(const RtpPacket& packet, Codec codec) { buffer_.put(packet, codec); }
    /// Fills `frame` (20 ms at `rate`): with sound, with what stands in for lost sound, or silence.
    void read(std::span<std::int16_t> frame, int rate);
    void clear();
    [[nodiscard]] const JitterBuffer& buffer() const { return buffer_; }

  private:
    void refill(int rate);

    JitterBuffer buffer_;
    std::optional<Decoder> decoder_;
    std::optional<Resampler> resampler_;
    std::vector<std::int16_t> ready_;
};

}  // namespace linka::media
