#include "linka/media/worker/rtp/dtmf.hpp"

namespace linka::media {
namespace {

constexpr std::string_view keys = "0123456789*#ABCD";
// A packet with a number so far back is no late one: the sender has begun anew (RFC 3550 A.1).
constexpr int misorder_max = 100;
constexpr std::uint16_t segment_end = 0xF000;
// The three packets of an end lie within this; the shortest pause between two presses is about as
// long (40 ms by ITU-T Q.24), and they take time themselves.
constexpr Duration end_spread = 100ms;
constexpr int tone_steps = 5;  // 100 ms
constexpr int end_steps = 3;
constexpr int pause_steps = 2;

}  // namespace

bool DtmfReceiver::repeats_end(const RtpPacket& packet, Instant now) const {
    const bool ended = (packet.payload[1] & 0x80U) != 0;
    return ended_ && ended && !packet.marker && packet.payload[0] == event_ &&
           now - at_ < end_spread && load16(packet.payload, 2) >= duration_;
}

DtmfReceiver::Is DtmfReceiver::judge(const RtpPacket& packet, Instant now) const {
    if (!any_ || packet.ssrc != ssrc_) {
        return Is::press;
    }
    const std::uint8_t event = packet.payload[0];
    const auto later = static_cast<std::int32_t>(packet.timestamp - timestamp_);
    if (later == 0) {
        // Digits of a queue that were given one time stamp are still digits.
        return event == event_                     ? Is::same
               : (events_here_ >> event & 1U) != 0 ? Is::late
                                                   : Is::press;
    }
    const int step = sequence_distance(packet.sequence, sequence_);
    if (later < 0) {
        // By its number it is late; else the sender's clock has jumped.
        return step <= 0 && step > -misorder_max ? Is::late : Is::press;
    }
    // A press over 8 s goes on in a new segment (RFC 4733 §2.5.1.3), and some senders move the time
    // stamp with every packet: unmarked, unended, growing or following on. Others move it between
    // the three packets of the end (§2.5.1.4): no key is pressed and let go so soon after.
    const std::uint16_t duration = load16(packet.payload, 2);
    const bool goes_on = !packet.marker && !ended_ && event == event_ && now - at_ < 200ms &&
                         (duration >= duration_ || duration_ > segment_end);
    return goes_on || repeats_end(packet, now) ? Is::same : Is::press;
}

std::optional<char> DtmfReceiver::received(const RtpPacket& packet, Instant now) {
    late_ = packet.payload.size() < 4 || packet.payload[0] >= keys.size();
    if (late_) {
        return std::nullopt;
    }
    const std::uint8_t event = packet.payload[0];
    const bool ended = (packet.payload[1] & 0x80U) != 0;
    const std::uint16_t duration = load16(packet.payload, 2);
    const Is is = judge(packet, now);
    if (is == Is::late) {
        late_ = true;
        return std::nullopt;
    }
    const bool same_stamp = any_ && packet.ssrc == ssrc_ && packet.timestamp == timestamp_;
    if (is == Is::press) {
        events_here_ = same_stamp ? events_here_ : 0;
        begun_ = same_stamp ? begun_ + 1 : packet.timestamp;
        ended_ = false;
    } else if (duration < duration_ && !same_stamp) {
        begun_ = packet.timestamp;  // a new segment
    }
    events_here_ = static_cast<std::uint16_t>(events_here_ | 1U << event);
    any_ = true;
    ssrc_ = packet.ssrc;
    sequence_ = packet.sequence;
    timestamp_ = packet.timestamp;
    event_ = event;
    duration_ = duration;
    ended_ = ended_ || ended;
    at_ = now;
    return is == Is::press ? std::optional<char>(keys[event]) : std::nullopt;
}

std::optional<std::uint32_t> DtmfReceiver::begun() const {
    return late_ ? std::nullopt : std::optional<std::uint32_t>(begun_);
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
