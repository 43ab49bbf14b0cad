#include "linka/media/worker/rtp/out_stream.hpp"

#include <algorithm>
#include <cstdlib>

namespace linka::media {
namespace {

// So many packets after a source was switched to, none is from before any more.
constexpr int settled = 1000;
// A time stamp further ahead of the clock than this has leapt, beyond what lost packets explain.
constexpr Duration leap_ahead = 200ms;
// One so far behind the clock has stood still. What the network held up for a moment comes in one
// burst after it and is no leap; a marker says that the sound begins anew anyway.
constexpr Duration leap_behind = 10s;
constexpr Duration leap_behind_marked = 200ms;

std::int64_t ticks_of(Duration time, int clock_rate) {
    return time.count() * clock_rate / 1'000'000;
}

}  // namespace

OutStream::OutStream(std::uint64_t seed, bool announced)
    : announced_(announced),
      ssrc_(static_cast<std::uint32_t>(seed)),
      next_sequence_(static_cast<std::uint16_t>((seed >> 32) & 0x7FFFU)),
      last_timestamp_(static_cast<std::uint32_t>(seed >> 16)) {
}

void OutStream::set_clock(int clock_rate) {
    if (clock_rate == clock_rate_) {
        return;
    }
    if (clock_rate_ != 0 && announced_) {
        last_ticks_ =
            static_cast<std::uint32_t>(std::int64_t{last_ticks_} * clock_rate / clock_rate_);
    } else if (clock_rate_ != 0) {
        // RFC 7160 §4.1: another clock rate wants another SSRC.
        ssrc_ = ssrc_ * 1664525U + 1013904223U;
        last_at_ = {};
        packets_ = 0;
        bytes_ = 0;
    }
    clock_rate_ = clock_rate;
    source_ = 0;
}

std::uint32_t OutStream::resume(Instant now) const {
    if (!last_at_) {
        return last_timestamp_;
    }
    const std::int64_t elapsed = (now - last_at_).count() * clock_rate_ / 1'000'000;
    return last_timestamp_ +
           static_cast<std::uint32_t>(std::max<std::int64_t>(elapsed, last_ticks_));
}

std::uint32_t OutStream::timestamp_at(Instant now) const {
    const std::int64_t elapsed = last_at_ ? (now - last_at_).count() * clock_rate_ / 1'000'000 : 0;
    return last_timestamp_ + static_cast<std::uint32_t>(elapsed);
}

void OutStream::advance(const RtpPacket& packet, std::uint32_t ticks, Instant now) {
    if (last_at_ && sequence_distance(packet.sequence, next_sequence_) < 0) {
        return;  // a late one, passed on out of order
    }
    next_sequence_ = static_cast<std::uint16_t>(packet.sequence + 1);
    if (last_at_ && static_cast<std::int32_t>(packet.timestamp - last_timestamp_) < 0) {
        return;  // of a press that began before speech that was passed on meanwhile
    }
    last_timestamp_ = packet.timestamp;
    last_ticks_ = ticks;
    last_at_ = now;
}

RtpPacket OutStream::own(Format format, std::uint32_t ticks, Instant now) {
    set_clock(format.clock_rate);
    RtpPacket packet;
    packet.payload_type = format.payload_type;
    packet.ssrc = ssrc_;
    packet.sequence = next_sequence_;
    const std::uint32_t next = last_timestamp_ + last_ticks_;
    // The clock of our frames runs by itself; only a real pause makes a gap.
    const auto behind = static_cast<std::int32_t>(resume(now) - next);
    const bool paused = behind > clock_rate_ / 10;
    packet.marker = source_ != own_source || paused;
    packet.timestamp = packet.marker ? resume(now) : next;
    source_ = own_source;
    advance(packet, ticks, now);
    return packet;
}

std::optional<RtpPacket> OutStream::forward(const RtpPacket& in, std::int64_t source, Format format,
                                            Instant now) {
    return pass(in, source, format, Kind::speech, now);
}

std::optional<RtpPacket> OutStream::forward_event(const RtpPacket& in, std::int64_t source,
                                                  Format format, Instant now) {
    return pass(in, source, format, Kind::event, now);
}

bool OutStream::leaps(const RtpPacket& in, Instant now) const {
    const auto timestamp = static_cast<std::uint32_t>(in.timestamp + timestamp_offset_);
    if (static_cast<std::int32_t>(timestamp - last_timestamp_) < 0) {
        return true;
    }
    const auto sequence = static_cast<std::uint16_t>(in.sequence + sequence_offset_);
    const std::int64_t lost =
        std::int64_t{sequence_distance(sequence, next_sequence_)} * last_ticks_;
    const auto ahead = std::int64_t{static_cast<std::int32_t>(timestamp - timestamp_at(now))};
    return ahead > ticks_of(leap_ahead, clock_rate_) + std::max<std::int64_t>(lost, 0) ||
           ahead < -ticks_of(in.marker ? leap_behind_marked : leap_behind, clock_rate_);
}

std::optional<RtpPacket> OutStream::pass(const RtpPacket& in, std::int64_t source, Format format,
                                         Kind kind, Instant now) {
    set_clock(format.clock_rate);
    if (source != source_) {
        run_.forget();
    }
    const Continuity::Step step = run_.step(in);
    const bool anew = step == Continuity::Step::anew ||
                      (step == Continuity::Step::next && kind == Kind::speech && leaps(in, now));
    RtpPacket packet;
    packet.payload_type = format.payload_type;
    packet.payload = in.payload;
    packet.marker = in.marker;
    if (anew) {
        source_ = source;
        source_ssrc_ = in.ssrc;
        source_base_ = in.sequence;
        sequence_offset_ = static_cast<std::uint16_t>(next_sequence_ - in.sequence);
        timestamp_offset_ = resume(now) - in.timestamp;
        packet.marker = true;
        forwarded_ = 0;
    } else if (++forwarded_ < settled && sequence_distance(in.sequence, source_base_) < 0) {
        return std::nullopt;
    }
    packet.ssrc = ssrc_;
    packet.sequence = static_cast<std::uint16_t>(in.sequence + sequence_offset_);
    packet.timestamp = in.timestamp + timestamp_offset_;
    advance(packet, static_cast<std::uint32_t>(clock_rate_ / 50), now);
    return packet;
}

void OutStream::leave_out(const RtpPacket& in, std::int64_t source) {
    if (source != source_ || in.ssrc != source_ssrc_) {
        return;
    }
    switch (run_.step(in)) {
        case Continuity::Step::next:
            --sequence_offset_;
            break;
        case Continuity::Step::late:
            break;
        case Continuity::Step::anew:
            run_.forget();  // the next one passed on begins the new run
            break;
    }
}

RtpPacket OutStream::event(Format format, bool begins, Instant now) {
    set_clock(format.clock_rate);
    if (begins) {
        event_timestamp_ = resume(now);
    }
    RtpPacket packet;
    packet.payload_type = format.payload_type;
    packet.marker = begins;
    packet.ssrc = ssrc_;
    packet.sequence = next_sequence_++;
    packet.timestamp = event_timestamp_;
    source_ = event_source;
    if (begins) {
        last_timestamp_ = event_timestamp_;
        last_ticks_ = static_cast<std::uint32_t>(clock_rate_ / 50);
        last_at_ = now;
    }
    return packet;
}

}  // namespace linka::media
