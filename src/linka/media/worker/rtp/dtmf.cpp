#include "linka/media/worker/rtp/dtmf.hpp"

namespace linka::media {
namespace {

constexpr std::string_view keys = "0123456789*#ABCD";
constexpr int tone_steps = 5;  // 100 ms
constexpr int end_steps = 3;
constexpr int pause_steps = 2;

}  // namespace

std::optional<char> DtmfReceiver::received(const RtpPacket& packet, Instant now) {
    if (packet.payload.size() < 4 || packet.payload[0] >= keys.size()) {
        return std::nullopt;
    }
    const std::uint8_t event = packet.payload[0];
    const bool ended = (packet.payload[1] & 0x80U) != 0;
    const std::uint16_t duration = load16(packet.payload, 2);
    if (any_ && packet.ssrc == ssrc_) {
        const auto later = static_cast<std::int32_t>(packet.timestamp - timestamp_);
        if (later == 0) {
            ended_ = ended_ || ended;
            duration_ = duration;
            at_ = now;
            return std::nullopt;
        }
        if (later < 0 && now - at_ < 5s) {
            return std::nullopt;  // a late packet of an earlier press
        }
        // A press over 8 s goes on in a new segment (RFC 4733 §2.5.1.3), and some senders move the
        // time stamp with every packet: unmarked, unended, growing or following on.
        const bool goes_on = !packet.marker && !ended_ && event == event_ && now - at_ < 200ms &&
                             (duration >= duration_ || duration_ > 0xF000);
        if (goes_on) {
            timestamp_ = packet.timestamp;
            duration_ = duration;
            ended_ = ended;
            at_ = now;
            return std::nullopt;
        }
    }
    any_ = true;
    ssrc_ = packet.ssrc;
    timestamp_ = packet.timestamp;
    event_ = event;
    duration_ = duration;
    ended_ = ended;
    at_ = now;
    return keys[event];
}

bool DtmfSender::add(std::string_view digits) {
    if (digits_.size() + digits.size() > digits_max) {
        return false;
    }
    for (const char digit : digits) {
        if (keys.find(digit) != std::string_view::npos) {
            digits_.push_back(digit);
        }
    }
    return true;
}

DtmfSender::Step DtmfSender::step(int clock_rate) {
    Step result;
    const int now = step_++;
    if (now < tone_steps + end_steps) {
        const bool end = now >= tone_steps;
        const int lasted = end ? tone_steps : now + 1;
        constexpr std::uint8_t volume = 10;  // -10 dBm0
        result.send = true;
        result.begins = now == 0;
        result.payload[0] = static_cast<std::uint8_t>(keys.find(digits_.front()));
        result.payload[1] = static_cast<std::uint8_t>((end ? 0x80U : 0U) | volume);
        store16(result.payload, 2, static_cast<std::uint16_t>(lasted * clock_rate / 50));
    }
    if (step_ == tone_steps + end_steps + pause_steps) {
        step_ = 0;
        digits_.pop_front();
    }
    return result;
}

}  // namespace linka::media
