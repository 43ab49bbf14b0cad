// Telephone events (RFC 4733): telling presses from packets, and making the packets of a press.
#pragma once

#include "linka/base/time.hpp"
#include "linka/media/worker/rtp/packet.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

namespace linka::media {

/// Finds each press once, by its first packet: holes, a lost end, an end said three times, and
/// senders that move the time stamp with every packet make no difference.
class DtmfReceiver {
  public:
    /// The digit, if this event packet begins a new press.
    std::optional<char> received(const RtpPacket& packet, Instant now);

    /// The time stamp by which the press goes that the packet last received is of: that of its
    /// beginning, also where the sender moves it, and one of its own where two digits bear the
    /// same. Nothing if that was no event, or late, of a press before the newest.
    [[nodiscard]] std::optional<std::uint32_t> begun() const;

  private:
    enum class Is { press, same, late };
    [[nodiscard]] Is judge(const RtpPacket& packet, Instant now) const;
    [[nodiscard]] bool repeats_end(const RtpPacket& packet, Instant now) const;

    bool any_ = false;
    std::uint32_t ssrc_ = 0;
    std::uint16_t sequence_ = 0;   // the newest
    std::uint32_t timestamp_ = 0;  // of the newest packet
    std::uint8_t event_ = 0;
    std::uint16_t duration_ = 0;
    bool ended_ = false;
    Instant at_;
    std::uint16_t events_here_ = 0;  // pressed at this time stamp, a bit each
    std::uint32_t begun_ = 0;
    bool late_ = false;  // the last received
};

/// Plays a queue of digits, one step each 20 ms: 100 ms a digit, its end three times, 40 ms pause.
class DtmfSender {
  public:
    static constexpr std::size_t digits_max = 64;

    /// Digits that are no keys are left out; false if there are too many.
    bool add(std::string_view digits);
    [[nodiscard]] bool active() const { return !digits_.empty(); }
    [[nodiscard]] char digit() const { return digits_.front(); }

    struct Step {
        bool send = false;    // false: pause
        bool begins = false;  // first packet of the digit
        std::array<std::uint8_t, 4> payload{};
    };
    /// The next 20 ms; `clock_rate` of the event's payload type. Only while active().
    Step step(int clock_rate);
    void clear() { digits_.clear(); }

  private:
    std::deque<char> digits_;
    int step_ = 0;
};

}  // namespace linka::media
