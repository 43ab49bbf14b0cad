// OutStream: the RTP stream that one leg's peer receives. Whatever feeds it (music, then a bridged
// peer, then a digit), and however the numbers of what is passed on jump, the receiver sees one
// SSRC whose sequence numbers and time stamps go on without a break and never back; a marker bit
// shows where the sound begins anew.
#pragma once

#include "linka/base/time.hpp"
#include "linka/media/worker/rtp/continuity.hpp"
#include "linka/media/worker/rtp/packet.hpp"

#include <cstdint>
#include <optional>

namespace linka::media {

class OutStream {
  public:
    /// `seed`: unpredictable, makes SSRC and first numbers (RFC 3550 §5.1). `announced`: the SSRC
    /// stands in our description, so another clock rate keeps it, other than RFC 7160 §4.1 wants:
    /// browsers play the announced one alone.
    explicit OutStream(std::uint64_t seed, bool announced = false);

    struct Format {
        std::uint8_t payload_type = 0;
        int clock_rate = 8000;
    };

    /// Header for a frame of our own that lasts `ticks`; the payload is for the caller to set.
    RtpPacket own(Format format, std::uint32_t ticks, Instant now);

    /// Header for a packet of `source` (any number that names the stream it comes from) passed on.
    /// Gaps in its numbers stay gaps: the receiver must see the loss. Nothing if the packet is
    /// from before the source was switched to.
    std::optional<RtpPacket> forward(const RtpPacket& in, std::int64_t source, Format format,
                                     Instant now);

    /// The same for a packet of an event, whose time stamp is that of the press's beginning: it may
    /// lie before that of speech passed on meanwhile.
    std::optional<RtpPacket> forward_event(const RtpPacket& in, std::int64_t source, Format format,
                                           Instant now);

    /// A packet of `source` that is not passed on: its number must not look like a loss.
    void leave_out(const RtpPacket& in, std::int64_t source);

    /// An event of RFC 4733: all its packets bear the time stamp of its beginning.
    RtpPacket event(Format format, bool begins, Instant now);

    [[nodiscard]] std::uint32_t ssrc() const { return ssrc_; }
    [[nodiscard]] std::int64_t packets() const { return packets_; }
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }
    /// For reports: counts the payload of a packet that went out.
    void sent(std::size_t payload_bytes) {
        ++packets_;
        bytes_ += static_cast<std::int64_t>(payload_bytes);
    }
    /// Time stamp that belongs to `now`, for sender reports.
    [[nodiscard]] std::uint32_t timestamp_at(Instant now) const;

  private:
    static constexpr std::int64_t own_source = -1;
    static constexpr std::int64_t event_source = -2;

    enum class Kind : std::uint8_t { speech, event };

    std::optional<RtpPacket> pass(const RtpPacket& in, std::int64_t source, Format format,
                                  Kind kind, Instant now);
    // The next packet of a run that goes on: true if its time stamp does not.
    [[nodiscard]] bool leaps(const RtpPacket& in, Instant now) const;
    void set_clock(int clock_rate);
    // Where a new source begins: as much later as time has passed.
    [[nodiscard]] std::uint32_t resume(Instant now) const;
    void advance(const RtpPacket& packet, std::uint32_t ticks, Instant now);

    bool announced_ = false;
    std::uint32_t ssrc_ = 0;
    std::uint16_t next_sequence_ = 0;
    std::uint32_t last_timestamp_ = 0;
    std::uint32_t last_ticks_ = 0;
    Instant last_at_;  // zero: nothing sent yet
    int clock_rate_ = 0;
    std::int64_t packets_ = 0;
    std::int64_t bytes_ = 0;

    // The source that feeds us, and how its numbers become ours.
    std::int64_t source_ = 0;
    Continuity run_;
    std::uint32_t source_ssrc_ = 0;
    std::uint16_t source_base_ = 0;
    int forwarded_ = 0;  // since the source was switched to
    std::uint16_t sequence_offset_ = 0;
    std::uint32_t timestamp_offset_ = 0;
    std::uint32_t event_timestamp_ = 0;
};

}  // namespace linka::media
