// Continuity: follows the numbers of one received stream and tells a packet that is late from a
// sender that began anew under its old SSRC (RFC 3550 A.1): after a provider's transfer, say.
#pragma once

#include "linka/media/worker/rtp/packet.hpp"

#include <cstdint>

namespace linka::media {

class Continuity {
  public:
    enum class Step {
        next,  // of the same run, newer than all before
        late,  // of the same run, older, or twice
        anew   // the first, or the first that is to be believed, of a new run
    };
    /// A new run is one of another SSRC; one whose numbers jump by `jump_min` forward or
    /// `misorder_max` back; one a little back whose time goes on; or the third packet in a row of
    /// one that is a little back in both.
    Step step(const RtpPacket& packet) {
        if (any_ && packet.ssrc == ssrc_) {
            const int ahead = sequence_distance(packet.sequence, highest_);
            if (ahead > 0 && ahead < jump_min) {
                highest_ = packet.sequence;
                timestamp_ = packet.timestamp;
                late_in_row_ = 0;
                return Step::next;
            }
            if (ahead <= 0 && ahead > -misorder_max && is_late(packet)) {
                return Step::late;
            }
        }
        begin(packet);
        return Step::anew;
    }
    /// What comes is of another source, whatever its numbers say.
    void forget() { any_ = false; }

    static constexpr int jump_min = 1000;
    static constexpr int misorder_max = 100;

  private:
    bool is_late(const RtpPacket& packet) {
        if (static_cast<std::int32_t>(packet.timestamp - timestamp_) > 0) {
            return false;
        }
        const bool follows = late_in_row_ > 0 && packet.sequence == late_next_;
        late_in_row_ = follows ? late_in_row_ + 1 : 1;
        late_next_ = static_cast<std::uint16_t>(packet.sequence + 1);
        return late_in_row_ < 3;
    }
    void begin(const RtpPacket& packet) {
        any_ = true;
        ssrc_ = packet.ssrc;
        highest_ = packet.sequence;
        timestamp_ = packet.timestamp;
        late_in_row_ = 0;
    }

    bool any_ = false;
    std::uint32_t ssrc_ = 0;
    std::uint16_t highest_ = 0;
    std::uint32_t timestamp_ = 0;  // of it
    int late_in_row_ = 0;
    std::uint16_t late_next_ = 0;
};

}  // namespace linka::media
