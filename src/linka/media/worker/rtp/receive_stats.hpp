// What RFC 3550 wants to be known about one received stream: extended sequence numbers, loss,
// interarrival jitter (appendix A.1, A.3, A.8).
#pragma once

#include "linka/base/time.hpp"
#include "linka/media/worker/rtp/packet.hpp"

#include <cstdint>

namespace linka::media {

class ReceiveStats {
  public:
    /// `clock_rate` of the packet's codec in Hz. A new SSRC starts afresh; what the old one counted
    /// stays in the sums.
    void received(const RtpPacket& packet, int clock_rate, Instant now);

    struct Report {  // for a reception report block
        std::uint32_t ssrc = 0;
        std::uint8_t fraction_lost = 0;      // since the last report, of 256
        std::int32_t cumulative_lost = 0;    // 24 bits
        std::uint32_t highest_sequence = 0;  // extended
        std::uint32_t jitter = 0;            // ticks
    };
    [[nodiscard]] bool any() const { return started_; }
    /// Closes the interval.
    Report report();

    [[nodiscard]] std::int64_t packets() const { return earlier_received_ + received_; }
    /// Share 0..1 of all that should have come.
    [[nodiscard]] double loss() const;
    [[nodiscard]] double jitter_ms() const;
    [[nodiscard]] std::uint32_t ssrc() const { return ssrc_; }

  private:
    void start(const RtpPacket& packet);
    [[nodiscard]] std::int64_t expected() const;

    bool started_ = false;
    std::uint32_t ssrc_ = 0;
    std::uint32_t base_ = 0;     // first extended sequence number
    std::uint32_t highest_ = 0;  // extended
    std::int64_t received_ = 0;
    std::int64_t expected_prior_ = 0;
    std::int64_t received_prior_ = 0;
    double jitter_ = 0.0;  // ticks
    int clock_rate_ = 8000;
    std::int64_t transit_ = 0;
    bool transit_known_ = false;
    // Of the SSRCs before this one.
    std::int64_t earlier_received_ = 0;
    std::int64_t earlier_expected_ = 0;
};

}  // namespace linka::media
