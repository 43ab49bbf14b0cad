// What a leg's peer says: RTP, telephone events and RTCP.
#include "linka/media/worker/leg.hpp"

namespace linka::media {
namespace {

constexpr std::uint8_t comfort_noise = 13;

}  // namespace

void Leg::transport_up() {
    host_.wants_ticks(*this);
}

const AgreedEvents* Leg::events_received(std::uint8_t payload_type) const {
    for (const AgreedEvents& each : receivable_events_) {
        if (each.payload_type == payload_type) {
            return &each;
        }
    }
    return nullptr;
}

const AgreedCodec* Leg::codec_received(std::uint8_t payload_type) const {
    for (const AgreedCodec& each : receivable_) {
        if (each.payload_type == payload_type) {
            return &each;
        }
    }
    return nullptr;
}

void Leg::take_rtp(std::span<const std::uint8_t> datagram, const Endpoint& from, Instant now) {
    const auto packet = parse_rtp(datagram);
    if (!packet || !agreement_) {
        return;
    }
    const AgreedEvents* events = events_received(packet->payload_type);
    const AgreedCodec* codec = codec_received(packet->payload_type);
    const bool noise = packet->payload_type == comfort_noise;
    if ((events == nullptr && codec == nullptr && !noise) ||
        !options_.transport->accept(from, *packet, now)) {
        return;
    }
    if (!packets_budget_.take(now)) {
        ++excess_;
        return;
    }
    const Codec clock = codec != nullptr ? codec->codec : own_codec();
    received_.received(*packet, info(clock).clock_rate, now);
    heard_at_ = now;
    quiet_told_ = 0;
    if (!may_receive()) {
        return;
    }
    if (events != nullptr) {
        take_events(*packet, *events, now);
    } else if (codec != nullptr) {
        take_speech(*packet, codec->codec, now);
    } else if (peer_ != nullptr) {
        peer_->hear_nothing(*packet);
    }
}

void Leg::take_events(RtpPacket packet, const AgreedEvents& events, Instant now) {
    auto digit = dtmf_in_.received(packet, now);
    if (digit && !digits_budget_.take(now)) {
        ++excess_digits_;
        digit.reset();
        press_is_bridged_ = false;
    } else if (digit) {
        host_.notice(Dtmf{.leg = id(), .digit = std::string(1, *digit)});
        press_is_bridged_ = peer_ != nullptr;
    }
    if (peer_ == nullptr || muted_) {
        return;
    }
    // Of a press that began before the two were connected nothing is passed on: it was a menu's
    // choice, not a digit for the one who answers.
    const auto begun = dtmf_in_.begun();
    if (press_is_bridged_ && begun) {
        packet.timestamp = *begun;
        peer_->hear_events(packet, events.clock_rate, digit, now);
    } else {
        peer_->hear_nothing(packet);
    }
}

void Leg::take_speech(const RtpPacket& packet, Codec codec, Instant now) {
    if (payload_ticks(codec, packet.payload) == 0) {
        return;
    }
    heard_codec_ = codec;
    heard_any_ = true;
    if (muted_) {
        return;
    }
    for (const Sink& each : sinks_) {
        each.sink->speech(each.side, packet, codec, now);
    }
    if (source_ == Source::echo) {
        hear(*this, packet, codec, now);
    } else if (peer_ != nullptr) {
        peer_->hear(*this, packet, codec, now);
    }
}

void Leg::hear(Leg& from, const RtpPacket& packet, Codec codec, Instant now) {
    if ((source_ != Source::bridge && source_ != Source::echo) || !may_send()) {
        return;
    }
    filling_ = false;
    if (dtmf_out_.active()) {
        return;
    }
    const AgreedCodec* same = agreement_->codec_of(codec);
    if (same == nullptr) {
        if (!from.audio_in_) {
            from.audio_in_ = std::make_unique<AudioIn>();
        }
        from.audio_in_->put(packet, codec);
        transcoding_ = true;
        host_.wants_ticks(*this);
        return;
    }
    transcoding_ = false;
    const auto header = out_.forward(
        packet, from.id(),
        {.payload_type = same->payload_type, .clock_rate = info(codec).clock_rate}, now);
    if (header) {
        sent_at_ = now;
        send(*header, packet.payload);
    }
}

void Leg::hear_events(const RtpPacket& packet, int clock_rate, std::optional<char> digit,
                      Instant now) {
    if (source_ != Source::bridge || !may_send()) {
        return;
    }
    const AgreedEvents* events = agreement_->events_at(clock_rate);
    const bool same_clock = clock_rate == info(own_codec()).clock_rate;
    if (events == nullptr || !same_clock || transcoding_ || dtmf_out_.active()) {
        hear_nothing(packet);
        if (digit) {
            (void)send_dtmf(std::string_view(&*digit, 1));
        }
        return;
    }
    const auto header = out_.forward_event(
        packet, peer_->id(), {.payload_type = events->payload_type, .clock_rate = clock_rate}, now);
    if (header) {
        sent_at_ = now;
        send(*header, packet.payload);
    }
}

void Leg::hear_nothing(const RtpPacket& packet) {
    if (peer_ != nullptr) {
        out_.leave_out(packet, peer_->id());
    }
}

void Leg::take_rtcp(std::span<const std::uint8_t> datagram, Instant now) {
    const auto report = parse_rtcp(datagram, out_.ssrc());
    if (!report) {
        return;
    }
    if (report->sender) {
        peer_report_ = static_cast<std::uint32_t>(report->sender->ntp >> 16);
        peer_report_at_ = now;
    }
    if (!report->block || !agreement_) {
        return;
    }
    const ReportBlock& block = *report->block;
    peer_loss_ = out_.packets() > 0 ? std::clamp(static_cast<double>(block.stats.cumulative_lost) /
                                                     static_cast<double>(out_.packets()),
                                                 0.0, 1.0)
                                    : 0.0;
    peer_jitter_ms_ = block.stats.jitter * 1000.0 / info(own_codec()).clock_rate;
    if (block.last_report != 0) {
        // RFC 3550 §6.4.1: round trip = now - LSR - DLSR, in 1/65536 s.
        const auto middle = static_cast<std::uint32_t>(ntp_from(host_.wall_now()) >> 16);
        const auto trip =
            static_cast<std::int32_t>(middle - block.last_report - block.since_last_report);
        if (trip >= 0 && trip < 10 * 65536) {
            round_trip_ms_ = trip * 1000.0 / 65536.0;
        }
    }
}

}  // namespace linka::media
