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

/// Finds each press once, by its first packet; the others, the threefold end and a lost end make
/// no difference.
class DtmfReceiver {
  public:
    /// The digit, if this event packet begins a new press.
    std::optional<char> received(const RtpPacket& packet, Instant now);

  private:
    bool any_ = false;
    std::uint32_t ssrc_ = 0;
    std::uint32_t timestamp_ = 0;
    std::uint8_t event_ = 0;
    std::uint16_t duration_ = 0;
    bool ended_ = false;
    Instant at_;
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
