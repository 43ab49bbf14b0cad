#include "linka/media/worker/rtp/receive_stats.hpp"

#include <algorithm>
#include <cmath>

namespace linka::media {
namespace {

// A jump beyond these is a sender that started anew, not loss (RFC 3550 A.1: MAX_DROPOUT,
// MAX_MISORDER).
constexpr int dropout_max = 3000;
constexpr int late_max = 100;

}  // namespace

void ReceiveStats::start(const RtpPacket& packet) {
    if (started_) {
        earlier_received_ += received_;
        earlier_expected_ += expected();
    }
    started_ = true;
    ssrc_ = packet.ssrc;
    base_ = packet.sequence;
    highest_ = packet.sequence;
    received_ = 0;
    expected_prior_ = 0;
    received_prior_ = 0;
    jitter_ = 0.0;
    transit_known_ = false;
}

void ReceiveStats::received(const RtpPacket& packet, int clock_rate, Instant now) {
    if (!started_ || packet.ssrc != ssrc_) {
        start(packet);
    }
    const int step = sequence_distance(packet.sequence, static_cast<std::uint16_t>(highest_));
    if (step > dropout_max || step < -late_max) {
        start(packet);
    } else if (step > 0) {
        highest_ += static_cast<std::uint32_t>(step);
    }
    ++received_;
    if (clock_rate != clock_rate_) {
        clock_rate_ = clock_rate;
        transit_known_ = false;
        jitter_ = 0.0;
    }
    const std::int64_t arrival = now.us * clock_rate / 1'000'000;
    const std::int64_t transit = arrival - packet.timestamp;
    if (transit_known_) {
        // The difference on the circle of 32-bit time stamps.
        const auto difference =
            static_cast<std::int32_t>(static_cast<std::uint32_t>(transit - transit_));
        // A step of over 2 s is a talk spurt or a new clock, not jitter.
        if (std::abs(static_cast<double>(difference)) < 2.0 * clock_rate) {
            jitter_ += (std::abs(static_cast<double>(difference)) - jitter_) / 16.0;
        }
    }
    transit_ = transit;
    transit_known_ = true;
}

std::int64_t ReceiveStats::expected() const {
    return started_ ? std::int64_t{highest_} - base_ + 1 : 0;
}

ReceiveStats::Report ReceiveStats::report() {
    const std::int64_t expected_now = expected();
    const std::int64_t expected_interval = expected_now - expected_prior_;
    const std::int64_t lost_interval = expected_interval - (received_ - received_prior_);
    expected_prior_ = expected_now;
    received_prior_ = received_;
    Report report;
    report.ssrc = ssrc_;
    if (expected_interval > 0 && lost_interval > 0) {
        report.fraction_lost = static_cast<std::uint8_t>(
            std::min<std::int64_t>(255, lost_interval * 256 / expected_interval));
    }
    report.cumulative_lost = static_cast<std::int32_t>(
        std::clamp<std::int64_t>(expected_now - received_, -0x800000, 0x7FFFFF));
    report.highest_sequence = highest_;
    report.jitter = static_cast<std::uint32_t>(jitter_);
    return report;
}

double ReceiveStats::loss() const {
    const std::int64_t all = earlier_expected_ + expected();
    const std::int64_t lost = all - packets();
    return all > 0 && lost > 0 ? static_cast<double>(lost) / static_cast<double>(all) : 0.0;
}

double ReceiveStats::jitter_ms() const {
    return jitter_ * 1000.0 / clock_rate_;
}

}  // namespace linka::media
