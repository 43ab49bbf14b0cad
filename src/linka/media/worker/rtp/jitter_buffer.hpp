// JitterBuffer: puts one stream's packets in order and holds them just long enough, for those legs
// whose audio we must decode. It grows when packets come too late and shrinks when they wait
// longer than they need; the sender's faster or slower clock is evened out by the same rules.
#pragma once

#include "linka/base/time.hpp"
#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/rtp/continuity.hpp"
#include "linka/media/worker/rtp/packet.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace linka::media {

class JitterBuffer {
  public:
    static constexpr std::size_t slots_max = 32;  // packets; one further ahead starts afresh
    static constexpr std::size_t payload_bytes_max = 1280;
    static constexpr int target_ms_min = 20;
    static constexpr int target_ms_max = 200;

    /// Too late, too long or twice: left out.
    void put(const RtpPacket& packet, Codec codec);

    enum class Kind {
        packet,
        lost,    // the next packet is missing, later ones are here
        nothing  // none has come: not started yet, or late
    };
    struct Pulled {
        Kind kind = Kind::nothing;
        Codec codec = Codec::pcma;
        std::span<const std::uint8_t> payload;  // valid until the next put()
    };
    /// What comes next; called when the decoder needs more, so once for each packet's duration.
    Pulled pull();

    void clear();
    [[nodiscard]] int depth_ms() const { return depth_ms_; }
    [[nodiscard]] int target_ms() const { return target_ms_; }
    [[nodiscard]] std::int64_t late() const { return late_; }
    [[nodiscard]] std::int64_t lost() const { return lost_; }

  private:
    struct Slot {
        bool used = false;
        std::uint16_t sequence = 0;
        Codec codec = Codec::pcma;
        std::uint16_t length = 0;
        int duration_ms = 0;
        std::array<std::uint8_t, payload_bytes_max> payload{};
    };
    Slot& slot(std::uint16_t sequence) { return slots_[sequence % slots_max]; }
    void restart(const RtpPacket& packet);
    // Depth over the last two seconds decides whether a packet may be left out.
    void consider_shrinking();
    void release(Slot& taken);

    std::array<Slot, slots_max> slots_;
    bool any_ = false;
    bool filling_ = true;
    Continuity run_;
    std::uint16_t next_ = 0;
    std::uint16_t highest_ = 0;
    int count_ = 0;
    int depth_ms_ = 0;
    int target_ms_ = 40;
    int empty_pulls_ = 0;
    int window_pulls_ = 0;
    int window_depth_min_ = 0;
    int calm_windows_ = 0;
    std::int64_t late_ = 0;
    std::int64_t lost_ = 0;
};

}  // namespace linka::media
