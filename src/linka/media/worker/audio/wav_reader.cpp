#include "linka/media/worker/audio/wav_reader.hpp"

#include "linka/media/worker/audio/g711.hpp"

#include <algorithm>
#include <array>

namespace linka::media {
namespace {

std::uint32_t little_endian(std::span<const std::uint8_t> bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = bytes.size(); i > 0; --i) {
        value = (value << 8) | bytes[i - 1];
    }
    return value;
}

bool is_tag(std::span<const std::uint8_t> bytes, std::string_view tag) {
    return std::equal(tag.begin(), tag.end(), bytes.begin(), [](char c, std::uint8_t byte) {
        return static_cast<std::uint8_t>(c) == byte;
    });
}

}  // namespace

std::optional<WavReader::Format> WavReader::parse_format(std::span<const std::uint8_t> chunk) {
    Format format;
    format.encoding = static_cast<int>(little_endian(chunk.subspan(0, 2)));
    format.channels = static_cast<int>(little_endian(chunk.subspan(2, 2)));
    format.rate = static_cast<int>(std::min(little_endian(chunk.subspan(4, 4)), 1000000U));
    format.bits = static_cast<int>(little_endian(chunk.subspan(14, 2)));
    if (format.encoding == 0xFFFE && chunk.size() >= 26) {  // WAVE_FORMAT_EXTENSIBLE
        format.encoding = static_cast<int>(little_endian(chunk.subspan(24, 2)));
    }
    const bool pcm = format.encoding == 1 && (format.bits == 8 || format.bits == 16);
    const bool law = (format.encoding == 6 || format.encoding == 7) && format.bits == 8;
    if (!(pcm || law) || format.channels < 1 || format.channels > 8 || format.rate < 4000 ||
        format.rate > 192000) {
        return std::nullopt;
    }
    return format;
}

Result<std::unique_ptr<AudioReader>> WavReader::open(FileBytes file) {
    const Error broken = fail(ErrorCode::invalid, "not a WAV file that can be read");
    std::optional<Format> format;
    constexpr int chunks_max = 64;
    for (int i = 0; i < chunks_max; ++i) {
        std::array<std::uint8_t, 8> header{};
        if (file.read(header) < header.size()) {
            return broken;
        }
        const std::uint32_t size = little_endian(std::span(header).subspan(4, 4));
        if (is_tag(header, "data")) {
            if (!format) {
                return broken;
            }
            return std::unique_ptr<AudioReader>(
                std::make_unique<WavReader>(std::move(file), *format, size));
        }
        std::int64_t rest = size + (size & 1U);
        if (is_tag(header, "fmt ") && size >= 16) {
            std::array<std::uint8_t, 40> chunk{};
            const std::size_t length = std::min<std::size_t>(size, chunk.size());
            if (file.read(std::span(chunk).first(length)) < length) {
                return broken;
            }
            format = parse_format(std::span(chunk).first(length));
            rest -= static_cast<std::int64_t>(length);
        }
        file.skip(rest);
    }
    return broken;
}

WavReader::WavReader(FileBytes file, Format format, std::int64_t data_bytes)
    : file_(std::move(file)),
      format_(format),
      left_(data_bytes),
      resampler_(format.rate, reader_rate) {
}

int WavReader::sample_at(std::span<const std::uint8_t> bytes) const {
    switch (format_.encoding) {
        case 6:
            return alaw_decode(bytes[0]);
        case 7:
            return ulaw_decode(bytes[0]);
        default:
            return format_.bits == 8 ? (bytes[0] - 128) * 256
                                     : static_cast<std::int16_t>(little_endian(bytes.first(2)));
    }
}

bool WavReader::refill() {
    constexpr std::size_t piece = 8192;
    std::array<std::uint8_t, piece> bytes{};
    const auto sample_bytes = static_cast<std::size_t>(format_.bits) / 8;
    const std::size_t frame = sample_bytes * static_cast<std::size_t>(format_.channels);
    const std::size_t want =
        std::min(static_cast<std::size_t>(std::max<std::int64_t>(left_, 0)), piece / frame * frame);
    const std::size_t got = file_.read(std::span(bytes).first(want)) / frame * frame;
    left_ = got < want ? 0 : left_ - static_cast<std::int64_t>(got);
    if (got == 0) {
        return false;
    }
    std::vector<std::int16_t> mono;
    mono.reserve(got / frame);
    for (std::size_t at = 0; at < got; at += frame) {
        int sum = 0;
        for (std::size_t c = 0; c < frame; c += sample_bytes) {
            sum += sample_at(std::span(bytes).subspan(at + c, sample_bytes));
        }
        mono.push_back(static_cast<std::int16_t>(sum / format_.channels));
    }
    ready_.clear();
    ready_from_ = 0;
    resampler_.process(mono, ready_);
    return true;
}

std::size_t WavReader::read(std::span<std::int16_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
        if (ready_from_ == ready_.size()) {
            if (!refill()) {
                break;
            }
            continue;
        }
        const std::size_t count = std::min(out.size() - done, ready_.size() - ready_from_);
        std::copy_n(ready_.begin() + static_cast<std::ptrdiff_t>(ready_from_), count,
                    out.begin() + static_cast<std::ptrdiff_t>(done));
        done += count;
        ready_from_ += count;
    }
    return done;
}

}  // namespace linka::media
