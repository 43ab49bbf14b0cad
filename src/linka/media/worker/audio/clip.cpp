#include "linka/media/worker/audio/clip.hpp"

#include <algorithm>

namespace linka::media {
namespace {

// An hour: what is longer is cut there.
constexpr std::size_t frames_max = 3600 * 1000 / frame_ms;
constexpr std::size_t entries_max = 1000;
constexpr std::size_t reader_frame = reader_rate * frame_ms / 1000;

}  // namespace

void Clip::start(Track& track, Codec codec) {
    track.started = true;
    track.reader = open_();
    track.resampler.emplace(reader_rate, info(codec).sample_rate);
    track.encoder.emplace(codec);
    track.complete = track.reader == nullptr;
}

void Clip::encode_next(Track& track, Codec codec) {
    const std::size_t need = frame_samples(codec);
    while (track.samples.size() < need && track.reader) {
        std::array<std::int16_t, reader_frame> piece{};
        const std::size_t got = track.reader->read(piece);
        track.resampler->process(std::span(piece).first(got), track.samples);
        if (got < piece.size()) {
            track.reader.reset();
        }
    }
    if (track.samples.empty() || track.ends.size() >= frames_max) {
        track.complete = true;
        track.reader.reset();
        track.encoder.reset();
        track.resampler.reset();
        track.samples = {};
        return;
    }
    track.samples.resize(std::max(need, track.samples.size()));  // the last frame ends in silence
    std::array<std::uint8_t, frame_bytes_max> encoded{};
    const std::size_t length = track.encoder->encode(std::span(track.samples).first(need), encoded);
    track.samples.erase(track.samples.begin(),
                        track.samples.begin() + static_cast<std::ptrdiff_t>(need));
    track.bytes.insert(track.bytes.end(), encoded.begin(),
                       encoded.begin() + static_cast<std::ptrdiff_t>(length));
    track.ends.push_back(track.bytes.size());
}

std::span<const std::uint8_t> Clip::frame(Codec codec, std::size_t index) {
    Track& track = tracks_[static_cast<std::size_t>(codec)];
    if (!track.started) {
        start(track, codec);
    }
    while (index >= track.ends.size() && !track.complete) {
        encode_next(track, codec);
    }
    if (index >= track.ends.size()) {
        return {};
    }
    const std::size_t begin = index == 0 ? 0 : track.ends[index - 1];
    return std::span(track.bytes).subspan(begin, track.ends[index] - begin);
}

std::size_t Clip::bytes() const {
    std::size_t sum = 0;
    for (const Track& track : tracks_) {
        sum += track.bytes.capacity() + track.ends.capacity() * sizeof(std::size_t);
    }
    return sum;
}

std::shared_ptr<Clip> ClipCache::get(const std::string& key, const Clip::Open& open) {
    Entry& entry = entries_[key];
    if (!entry.clip) {
        entry.clip = std::make_shared<Clip>(open);
    }
    entry.used = ++uses_;
    std::shared_ptr<Clip> clip = entry.clip;
    shrink();
    return clip;
}

void ClipCache::shrink() {
    std::size_t bytes = 0;
    for (const auto& [key, entry] : entries_) {
        bytes += entry.clip->bytes();
    }
    while (bytes > bytes_max_ || entries_.size() > entries_max) {
        auto oldest = entries_.end();
        for (auto it = entries_.begin(); it != entries_.end(); ++it) {
            const bool idle = it->second.clip.use_count() == 1;
            if (idle && (oldest == entries_.end() || it->second.used < oldest->second.used)) {
                oldest = it;
            }
        }
        if (oldest == entries_.end()) {
            return;
        }
        bytes -= std::min(bytes, oldest->second.clip->bytes());
        entries_.erase(oldest);
    }
}

}  // namespace linka::media
