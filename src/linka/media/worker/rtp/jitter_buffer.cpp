#include "linka/media/worker/rtp/jitter_buffer.hpp"

#include <algorithm>

namespace linka::media {
namespace {

constexpr int window_pulls = 100;      // two seconds of 20 ms packets
constexpr int empty_pulls_pause = 10;  // the sender has stopped talking
constexpr int calm_windows_max = 5;

}  // namespace

void JitterBuffer::clear() {
    for (Slot& each : slots_) {
        each.used = false;
    }
    any_ = false;
    filling_ = true;
    count_ = 0;
    depth_ms_ = 0;
    empty_pulls_ = 0;
    window_pulls_ = 0;
}

void JitterBuffer::restart(const RtpPacket& packet) {
    clear();
    any_ = true;
    next_ = packet.sequence;
    highest_ = packet.sequence;
}

void JitterBuffer::put(const RtpPacket& packet, Codec codec) {
    const std::uint32_t ticks = payload_ticks(codec, packet.payload);
    if (ticks == 0 || packet.payload.size() > payload_bytes_max) {
        return;
    }
    const bool anew = run_.step(packet) == Continuity::Step::anew;
    if (!any_ || anew) {
        restart(packet);
    }
    const int ahead = sequence_distance(packet.sequence, next_);
    if (ahead < 0 && ahead > -Continuity::misorder_max) {
        if (filling_ && highest_ == static_cast<std::uint16_t>(next_ + count_ - 1) &&
            -ahead < static_cast<int>(slots_max) - count_) {
            next_ = packet.sequence;  // nothing is played yet: there is still time for it
        } else {
            ++late_;
            return;
        }
    } else if (ahead < 0 || ahead >= static_cast<int>(slots_max)) {
        restart(packet);
    }
    Slot& place = slot(packet.sequence);
    if (place.used) {
        return;
    }
    place.used = true;
    place.sequence = packet.sequence;
    place.codec = codec;
    place.length = static_cast<std::uint16_t>(packet.payload.size());
    place.duration_ms = std::max(
        1, static_cast<int>(ticks * 1000 / static_cast<std::uint32_t>(info(codec).clock_rate)));
    std::copy(packet.payload.begin(), packet.payload.end(), place.payload.begin());
    ++count_;
    depth_ms_ += place.duration_ms;
    if (sequence_distance(packet.sequence, highest_) > 0) {
        highest_ = packet.sequence;
    }
}

void JitterBuffer::release(Slot& taken) {
    taken.used = false;
    --count_;
    depth_ms_ -= taken.duration_ms;
}

void JitterBuffer::consider_shrinking() {
    if (window_pulls_ == 0) {
        window_depth_min_ = depth_ms_;
    }
    window_depth_min_ = std::min(window_depth_min_, depth_ms_);
    if (++window_pulls_ < window_pulls) {
        return;
    }
    window_pulls_ = 0;
    if (++calm_windows_ >= calm_windows_max && target_ms_ > target_ms_min) {
        calm_windows_ = 0;
        target_ms_ -= 20;
    }
    Slot& next = slot(next_);
    if (window_depth_min_ >= target_ms_ + 20 && next.used && next.sequence == next_) {
        release(next);
        ++next_;
    }
}

JitterBuffer::Pulled JitterBuffer::pull() {
    if (!any_ || (filling_ && depth_ms_ < target_ms_)) {
        return {};
    }
    filling_ = false;
    if (count_ == 0) {
        if (empty_pulls_ == 0) {
            target_ms_ = std::min(target_ms_ + 20, target_ms_max);
            calm_windows_ = 0;
        }
        filling_ = ++empty_pulls_ >= empty_pulls_pause;
        return {};
    }
    empty_pulls_ = 0;
    consider_shrinking();
    Slot& next = slot(next_);
    ++next_;
    if (!next.used) {
        ++lost_;
        return {.kind = Kind::lost, .payload = {}};
    }
    release(next);
    return {.kind = Kind::packet,
            .codec = next.codec,
            .payload = std::span(next.payload).first(next.length)};
}

}  // namespace linka::media
