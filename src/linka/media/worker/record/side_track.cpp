#include "linka/media/worker/record/side_track.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace linka::media {
namespace {

// A packet that came so far from its place belongs to a new spurt whose time stamps jumped.
constexpr Duration jump = 200ms;
// A clock that is wrong by this much over a window is set right.
constexpr Duration drift = 30ms;
constexpr int drift_window = 250;  // packets

}  // namespace

Duration SideTrack::place(const SpoolPacket& packet) {
    if (!any_ || packet.ssrc != ssrc_ || packet.codec != codec_) {
        any_ = true;
        ssrc_ = packet.ssrc;
        codec_ = packet.codec;
        timestamp_ = packet.timestamp;
        place_ = packet.at;
        deviations_ = 0;
        return place_;
    }
    const auto ticks = static_cast<std::int32_t>(packet.timestamp - timestamp_);
    const Duration at =
        place_ + Duration(std::int64_t{ticks} * 1'000'000 / info(codec_).clock_rate);
    const Duration deviation = packet.at - at;
    if (std::chrono::abs(deviation) > jump) {
        timestamp_ = packet.timestamp;
        place_ = packet.at;
        deviations_ = 0;
        return place_;
    }
    deviation_min_ = deviations_ == 0 ? deviation : std::min(deviation_min_, deviation);
    // The reference moves along, so that the difference never comes near the 32-bit circle.
    timestamp_ = packet.timestamp;
    place_ = at;
    if (++deviations_ >= drift_window) {
        deviations_ = 0;
        if (std::chrono::abs(deviation_min_) > drift) {
            place_ += deviation_min_;
        }
    }
    return place_;
}

void SideTrack::packet(const SpoolPacket& packet) {
    if (payload_ticks(packet.codec, packet.payload) == 0) {
        return;
    }
    waiting_.emplace(place(packet),
                     Waiting{packet.codec, {packet.payload.begin(), packet.payload.end()}});
    if (waiting_.size() > waiting_max) {
        decode_first();
    }
}

void SideTrack::decode(Duration until) {
    while (!waiting_.empty() && waiting_.begin()->first < until) {
        decode_first();
    }
}

void SideTrack::decode_first() {
    const auto node = waiting_.extract(waiting_.begin());
    const Waiting& packet = node.mapped();
    if (!decoder_ || decoder_->codec() != packet.codec) {
        decoder_.emplace(packet.codec);
        resampler_.emplace(info(packet.codec).sample_rate, rate_);
    }
    std::array<std::int16_t, packet_samples_max> decoded{};
    const std::size_t count = decoder_->decode(packet.payload, decoded);
    std::vector<std::int16_t> samples;
    resampler_->process(std::span(decoded).first(count), samples);

    std::int64_t at = node.key().count() * rate_ / 1'000'000;
    // Rounding and the resampler's first samples must not tear what belongs together.
    if (std::abs(at - written_) <= rate_ / 200) {
        at = written_;
    }
    // What overlaps with sound that is there, or with time that is over, is cut.
    const std::int64_t from = std::max(written_, taken_);
    const std::int64_t cut =
        std::clamp<std::int64_t>(from - at, 0, static_cast<std::int64_t>(samples.size()));
    at += cut;
    if (at > taken_ + static_cast<std::int64_t>(line_.size())) {
        line_.resize(static_cast<std::size_t>(at - taken_), 0);
    }
    line_.insert(line_.end(), samples.begin() + cut, samples.end());
    written_ = std::max(written_, at + static_cast<std::int64_t>(samples.size()) - cut);
}

void SideTrack::take(std::span<std::int16_t> out) {
    const std::size_t count = std::min(out.size(), line_.size());
    std::copy_n(line_.begin(), count, out.begin());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), std::int16_t{0});
    line_.erase(line_.begin(), line_.begin() + static_cast<std::ptrdiff_t>(count));
    taken_ += static_cast<std::int64_t>(out.size());
}

}  // namespace linka::media
