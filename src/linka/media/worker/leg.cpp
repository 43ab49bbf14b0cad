#include "linka/media/worker/leg.hpp"

#include "linka/media/worker/rtp/mos.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>
#include <array>

namespace linka::media {
namespace {

constexpr int report_seconds = 5;
constexpr std::int64_t quiet_seconds = 30;
// A bridged leg that hears nothing for so long is sent silence: NAT bindings and peers that hang
// up on missing media live on. A browser gets every frame of it, for it takes a gap for a fault. A
// telephone gets one a second, as from a source that sends nothing while it is silent (RFC 3551
// §4.1); nobody listens to it.
constexpr Duration silence_after = 900ms;
// Between a prompt and what follows it every frame is sent, for so many frames.
constexpr int silence_frames_max = 50;

}  // namespace

Leg::Leg(LegHost& host, LegOptions options)
    : host_(host), options_(std::move(options)), out_(options_.seed, options_.announces_ssrc) {
    options_.transport->start(*this);
}

Leg::~Leg() = default;

void Leg::connect(Leg& peer) {
    player_.stop();
    peer_ = &peer;
    source_ = Source::bridge;
    transcoding_ = false;
    filling_ = false;
    if (peer.audio_in_) {
        peer.audio_in_->clear();
    }
}

void Leg::disconnect() {
    peer_ = nullptr;
    transcoding_ = false;
    if (source_ != Source::play) {
        go_on();
    }
}

void Leg::play(PlayId play, std::vector<std::shared_ptr<Clip>> clips, bool loop) {
    player_.start(play, std::move(clips), loop);
    source_ = Source::play;
    host_.wants_ticks(*this);
}

void Leg::stop_play() {
    player_.stop();
    if (source_ == Source::play) {
        go_on();
    }
}

void Leg::go_on() {
    source_ = peer_ != nullptr ? Source::bridge : Source::silence;
    silence_frames_ = 0;
    host_.wants_ticks(*this);
}

void Leg::echo() {
    player_.stop();
    source_ = Source::echo;
}

bool Leg::send_dtmf(std::string_view digits) {
    const bool taken = dtmf_out_.add(digits);
    host_.wants_ticks(*this);
    return taken;
}

void Leg::add_sink(SpeechSink& sink, int side) {
    sinks_.push_back({&sink, side});
}

bool Leg::has_sink(const SpeechSink& sink) const {
    return std::any_of(sinks_.begin(), sinks_.end(),
                       [&](const Sink& each) { return each.sink == &sink; });
}

void Leg::remove_sink(const SpeechSink& sink) {
    std::erase_if(sinks_, [&](const Sink& each) { return each.sink == &sink; });
}

bool Leg::needs_tick() const {
    if (source_ == Source::play) {
        return true;  // it must come to its end though nobody may hear it
    }
    if (!may_send()) {
        return false;
    }
    if (dtmf_out_.active() || (source_ == Source::bridge && transcoding_)) {
        return true;
    }
    return hears_silence() && !silence_is_sparse();
}

bool Leg::hears_silence() const {
    return source_ == Source::silence || (source_ == Source::bridge && !transcoding_ &&
                                          (filling_ || (peer_ != nullptr && peer_->muted_)));
}

bool Leg::silence_is_sparse() const {
    if (options_.transport->profile() != Profile::plain) {
        return false;
    }
    if (source_ == Source::silence) {
        return silence_frames_ >= silence_frames_max;
    }
    // The first packet goes at once: behind NAT the peer's side learns from it where we are. A
    // muted peer is in the middle of a talk.
    return out_.packets() > 0 && (peer_ == nullptr || !peer_->muted_);
}

void Leg::send(const RtpPacket& header, std::span<const std::uint8_t> payload) {
    std::array<std::uint8_t, rtp_header_bytes> head{};
    write_rtp_header(header, head);
    out_.sent(payload.size());
    options_.transport->send_rtp(head, payload);
}

void Leg::send_own(std::span<const std::uint8_t> frame, Codec codec, Instant now) {
    const AgreedCodec* agreed = agreement_->codec_of(codec);
    if (agreed == nullptr || frame.empty()) {
        return;
    }
    const RtpPacket header =
        out_.own({.payload_type = agreed->payload_type, .clock_rate = info(codec).clock_rate},
                 frame_ticks(codec), now);
    sent_at_ = now;
    send(header, frame);
}

void Leg::send_samples(std::span<const std::int16_t> frame, Codec codec, Instant now) {
    if (!encoder_ || encoder_->codec() != codec) {
        encoder_.emplace(codec);
    }
    std::array<std::uint8_t, frame_bytes_max> encoded{};
    const std::size_t length = encoder_->encode(frame, encoded);
    send_own(std::span(encoded).first(length), codec, now);
}

void Leg::tick(Instant now) {
    if (source_ == Source::play) {
        tick_play(now);
        return;
    }
    if (!may_send()) {
        return;
    }
    if (dtmf_out_.active()) {
        tick_dtmf(now);
    } else if (source_ == Source::bridge && transcoding_) {
        tick_transcoding(now);
    } else if (hears_silence() && !silence_is_sparse()) {
        send_silence(now);
    }
}

void Leg::send_silence(Instant now) {
    ++silence_frames_;
    send_own(host_.silence(own_codec()), own_codec(), now);
}

void Leg::tick_dtmf(Instant now) {
    const Codec codec = own_codec();
    const int clock_rate = info(codec).clock_rate;
    const AgreedEvents* events = agreement_->events_for(clock_rate);
    const char digit = dtmf_out_.digit();
    const DtmfSender::Step step =
        dtmf_out_.step(events != nullptr ? events->clock_rate : clock_rate);
    if (events != nullptr) {
        if (step.send) {
            // At the stream's clock even where the events have another: one SSRC has one clock (RFC
            // 7160 §4.1), and what tells presses apart is that their time stamps differ at all.
            const RtpPacket header = out_.event(
                {.payload_type = events->payload_type, .clock_rate = clock_rate}, step.begins, now);
            sent_at_ = now;
            send(header, step.payload);
        }
        return;
    }
    // No telephone-event was agreed: the tone itself, RFC 4733 §1.
    if (step.begins) {
        constexpr int tone_ms = 100;
        dtmf_tone_.emplace(*dtmf_tone(digit, tone_ms), info(codec).sample_rate);
    }
    std::array<std::int16_t, packet_samples_max> samples{};
    const auto frame = std::span(samples).first(frame_samples(codec));
    if (dtmf_tone_) {
        (void)dtmf_tone_->read(frame);  // past its end: silence
    }
    send_samples(frame, codec, now);
}

void Leg::tick_play(Instant now) {
    const Codec codec = agreement_ ? own_codec() : Codec::pcma;
    const auto frame = player_.next(codec);
    if (frame.empty()) {
        const PlayId ended = player_.play();
        go_on();
        host_.notice(PlayDone{.leg = id(), .play = ended, .error = {}});
        return;
    }
    if (may_send()) {
        if (dtmf_out_.active()) {
            tick_dtmf(now);
        } else {
            send_own(frame, codec, now);
        }
    }
}

void Leg::tick_transcoding(Instant now) {
    if (peer_ == nullptr || !peer_->audio_in_) {
        return;
    }
    const Codec codec = own_codec();
    std::array<std::int16_t, packet_samples_max> samples{};
    const auto frame = std::span(samples).first(frame_samples(codec));
    peer_->audio_in_->read(frame, info(codec).sample_rate);
    send_samples(frame, codec, now);
}

void Leg::second(Instant now) {
    ++seconds_;
    if (source_ == Source::bridge && may_send() && !transcoding_ && !filling_ &&
        now - sent_at_ > silence_after) {
        filling_ = true;
    }
    if (hears_silence() && may_send()) {
        host_.wants_ticks(*this);
        if (silence_is_sparse() && now - sent_at_ > silence_after) {
            send_silence(now);
        }
    }
    watch_quiet(now);
    // Spread over the seconds, so that not all legs report in one.
    if ((seconds_ + id()) % report_seconds == 0 && agreement_) {
        send_report(now, false);
        host_.notice(quality(false));
    }
}

void Leg::watch_quiet(Instant now) {
    if (!may_receive()) {
        quiet_since_ = now;
        quiet_told_ = 0;
        return;
    }
    const Instant since = std::max(quiet_since_, heard_at_);
    if (!since) {
        quiet_since_ = now;
        return;
    }
    const std::int64_t seconds = whole_seconds(now - since);
    if (seconds >= quiet_told_ + quiet_seconds) {
        quiet_told_ = seconds / quiet_seconds * quiet_seconds;
        host_.notice(Quiet{.leg = id(), .seconds = quiet_told_});
    }
}

void Leg::send_report(Instant now, bool bye) {
    RtcpOut report;
    report.ssrc = out_.ssrc();
    report.cname = "linka";
    if (out_.packets() > sent_reported_) {
        report.sender = SenderInfo{.ntp = ntp_from(host_.wall_now()),
                                   .timestamp = out_.timestamp_at(now),
                                   .packets = static_cast<std::uint32_t>(out_.packets()),
                                   .bytes = static_cast<std::uint32_t>(out_.bytes())};
    }
    sent_reported_ = out_.packets();
    if (received_.any()) {
        ReportBlock block;
        block.stats = received_.report();
        block.last_report = peer_report_;
        if (peer_report_ != 0) {
            block.since_last_report =
                static_cast<std::uint32_t>((now - peer_report_at_).count() * 65536 / 1'000'000);
        }
        report.block = block;
    }
    report.bye = bye;
    std::array<std::uint8_t, rtcp_bytes_max> bytes{};
    const std::size_t length = write_rtcp(report, bytes);
    options_.transport->send_rtcp(std::span(bytes).first(length));
}

Quality Leg::quality(bool last) const {
    Quality quality;
    quality.leg = id();
    quality.last = last;
    quality.received = received_.packets();
    quality.sent = out_.packets();
    quality.strangers = options_.transport->strangers();
    quality.excess = excess_;
    quality.excess_digits = excess_digits_;
    quality.loss_in = received_.loss();
    quality.loss_out = peer_loss_;
    quality.jitter_ms = received_.jitter_ms();
    quality.round_trip_ms = round_trip_ms_;
    if (!agreement_) {
        return quality;
    }
    const Codec codec = own_codec();
    quality.codec = info(codec).name;
    // Mouth to ear: the way, the packet, and a jitter buffer of twice the jitter.
    const double way_ms = round_trip_ms_ / 2.0 + 2.0 * frame_ms;
    if (received_.packets() > 0) {
        quality.mos_in = mos({.codec = codec,
                              .loss = quality.loss_in,
                              .delay_ms = way_ms + 2.0 * quality.jitter_ms});
    }
    if (out_.packets() > 0) {
        quality.mos_out = mos(
            {.codec = codec, .loss = quality.loss_out, .delay_ms = way_ms + 2.0 * peer_jitter_ms_});
    }
    return quality;
}

void Leg::close(Instant now) {
    if (agreement_) {
        send_report(now, true);
    }
    const Quality last = quality(true);
    if (last.strangers + last.excess + last.excess_digits > 0) {
        log::info("packets of a leg were dropped", {{"leg", id()},
                                                    {"strangers", last.strangers},
                                                    {"excess", last.excess},
                                                    {"excess_digits", last.excess_digits}});
    }
    host_.notice(last);
}

}  // namespace linka::media
