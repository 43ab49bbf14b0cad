// SideTrack: the sound of one side of a recording on the recording's time line. Packets are placed
// by their RTP time stamps, so that jitter does not tear them apart, and held to their arrival, so
// that a sender's wrong clock does not make the sides drift.
#pragma once

#include "linka/base/time.hpp"
#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/audio/resample.hpp"
#include "linka/media/worker/record/spool.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace linka::media {

class SideTrack {
  public:
    explicit SideTrack(int rate) : rate_(rate) {}

    void packet(const SpoolPacket& packet);
    /// Decodes everything that belongs before `until`.
    void decode(Duration until);
    /// Takes the next samples of the time line; what is not there is silence.
    void take(std::span<std::int16_t> out);

    static constexpr std::size_t waiting_max = 4096;  // packets; beyond it the oldest are decoded

  private:
    struct Waiting {
        Duration place;
        Codec codec;
        std::vector<std::uint8_t> payload;
    };
    Duration place(const SpoolPacket& packet);
    void decode_first();
    std::span<const std::int16_t> sound_of(const Waiting& packet);
    void lay(Duration place, std::span<const std::int16_t> samples);

    int rate_;

    // How time stamps become places.
    bool any_ = false;
    std::uint32_t ssrc_ = 0;
    Codec codec_ = Codec::pcma;
    std::uint32_t timestamp_ = 0;
    Duration place_{};  // of timestamp_
    Duration deviation_min_{};
    int deviations_ = 0;

    // By place, in the order of arrival where that is one; from waiting_first_ on.
    std::vector<Waiting> waiting_;
    std::size_t waiting_first_ = 0;
    std::vector<std::vector<std::uint8_t>> spare_;  // room for payloads, used again

    std::optional<Decoder> decoder_;
    std::optional<Resampler> resampler_;
    std::array<std::int16_t, packet_samples_max> decoded_{};
    std::vector<std::int16_t> resampled_;
    std::int64_t taken_ = 0;          // samples that take() has given
    std::int64_t written_ = 0;        // end of what was decoded, on the same scale
    std::vector<std::int16_t> line_;  // from taken_ on, which is at line_first_
    std::size_t line_first_ = 0;
};

}  // namespace linka::media
