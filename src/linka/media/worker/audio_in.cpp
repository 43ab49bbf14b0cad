#include "linka/media/worker/audio_in.hpp"

#include <algorithm>
#include <array>

namespace linka::media {

void AudioIn::clear() {
    buffer_.clear();
    ready_.clear();
}

void AudioIn::refill(int rate) {
    const JitterBuffer::Pulled pulled = buffer_.pull();
    if (pulled.kind == JitterBuffer::Kind::packet &&
        (!decoder_ || decoder_->codec() != pulled.codec)) {
        decoder_.emplace(pulled.codec);
        resampler_.reset();
    }
    if (!decoder_) {
        ready_.resize(ready_.size() + static_cast<std::size_t>(rate * frame_ms / 1000), 0);
        return;
    }
    const int from = info(decoder_->codec()).sample_rate;
    if (!resampler_ || resampler_->from() != from || resampler_->to() != rate) {
        resampler_.emplace(from, rate);
    }
    std::array<std::int16_t, packet_samples_max> samples{};
    std::size_t count = 0;
    if (pulled.kind == JitterBuffer::Kind::packet) {
        count = decoder_->decode(pulled.payload, samples);
    }
    if (count == 0) {
        count = decoder_->conceal(samples);
    }
    resampler_->process(std::span(samples).first(count), ready_);
}

void AudioIn::read(std::span<std::int16_t> frame, int rate) {
    // Each refill brings at least something, except for a resampler's first few samples.
    for (int tries = 0; ready_.size() < frame.size() && tries < 20; ++tries) {
        refill(rate);
    }
    const std::size_t count = std::min(frame.size(), ready_.size());
    std::copy_n(ready_.begin(), count, frame.begin());
    std::fill(frame.begin() + static_cast<std::ptrdiff_t>(count), frame.end(), std::int16_t{0});
    ready_.erase(ready_.begin(), ready_.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace linka::media
