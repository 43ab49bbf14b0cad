#include "linka/media/worker/record/side_track.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>

namespace linka::media {
namespace {

// A packet that came so far from its place belongs to a new spurt whose time stamps jumped.
constexpr Duration jump = 200ms;
// A clock that is wrong by this much over a window is set right.
constexpr Duration drift = 30ms;
constexpr int drift_window = 250;  // packets

// Forgets the first `used` of `queue`, now and then: to do it each time would move all others.
template <class T>
void drop_front(std::vector<T>& queue, std::size_t& used) {
    if (used == queue.size()) {
        queue.clear();
        used = 0;
    } else if (used >= 1024) {
        queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(used));
        used = 0;
    }
}

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
    Waiting next{.place = place(packet), .codec = packet.codec, .payload = {}};
    if (!spare_.empty()) {
        next.payload = std::move(spare_.back());
        spare_.pop_back();
    }
    next.payload.assign(packet.payload.begin(), packet.payload.end());
    auto at = waiting_.end();
    const auto first = waiting_.begin() + static_cast<std::ptrdiff_t>(waiting_first_);
    while (at != first && std::prev(at)->place > next.place) {
        --at;
    }
    waiting_.insert(at, std::move(next));
    if (waiting_.size() - waiting_first_ > waiting_max) {
        decode_first();
    }
}

void SideTrack::decode(Duration until) {
    while (waiting_first_ < waiting_.size() && waiting_[waiting_first_].place < until) {
        decode_first();
    }
}

void SideTrack::decode_first() {
    Waiting& packet = waiting_[waiting_first_];
    lay(packet.place, sound_of(packet));
    spare_.push_back(std::move(packet.payload));
    drop_front(waiting_, ++waiting_first_);
}

std::span<const std::int16_t> SideTrack::sound_of(const Waiting& packet) {
    if (!decoder_ || decoder_->codec() != packet.codec) {
        decoder_.emplace(packet.codec);
        resampler_.emplace(info(packet.codec).sample_rate, rate_);
    }
    const std::size_t count = decoder_->decode(packet.payload, decoded_);
    const auto samples = std::span(decoded_).first(count);
    if (resampler_->from() == resampler_->to()) {
        return samples;
    }
    resampled_.clear();
    resampler_->process(samples, resampled_);
    return resampled_;
}

void SideTrack::lay(Duration place, std::span<const std::int16_t> samples) {
    const auto count = static_cast<std::int64_t>(samples.size());
    std::int64_t at = place.count() * rate_ / 1'000'000;
    // Rounding and the resampler's first samples must not tear what belongs together.
    if (std::abs(at - written_) <= rate_ / 200) {
        at = written_;
    }
    // What overlaps with sound that is there, or with time that is over, is cut.
    const std::int64_t from = std::max(written_, taken_);
    const std::int64_t cut = std::clamp<std::int64_t>(from - at, 0, count);
    at += cut;
    const auto laid = static_cast<std::int64_t>(line_.size() - line_first_);
    if (at > taken_ + laid) {
        line_.resize(line_first_ + static_cast<std::size_t>(at - taken_), 0);
    }
    line_.insert(line_.end(), samples.begin() + cut, samples.end());
    written_ = std::max(written_, at + count - cut);
}

void SideTrack::take(std::span<std::int16_t> out) {
    const std::size_t count = std::min(out.size(), line_.size() - line_first_);
    std::copy_n(line_.begin() + static_cast<std::ptrdiff_t>(line_first_), count, out.begin());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), std::int16_t{0});
    line_first_ += count;
    drop_front(line_, line_first_);
    taken_ += static_cast<std::int64_t>(out.size());
}

}  // namespace linka::media
