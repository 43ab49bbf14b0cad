#include "linka/media/worker/audio/codec.hpp"

#include "linka/base/text.hpp"
#include "linka/media/worker/audio/g711.hpp"
#include "linka/media/worker/audio/opus_codec.hpp"

#include <algorithm>

#define SPANDSP_EXPOSE_INTERNAL_STRUCTURES
#include <spandsp.h>

namespace linka::media {
namespace {

constexpr std::array<CodecInfo, codec_count> codecs = {{
    {Codec::pcma, "PCMA", 8000, 8000, 8},
    {Codec::pcmu, "PCMU", 8000, 8000, 0},
    {Codec::g722, "G722", 8000, 16000, 9},
    {Codec::opus, "opus", 48000, 16000, 111},
}};

constexpr std::uint32_t packet_ms_max = 120;

}  // namespace

const CodecInfo& info(Codec codec) {
    return codecs[static_cast<std::size_t>(codec)];
}

std::optional<Codec> codec_named(std::string_view name) {
    for (const CodecInfo& known : codecs) {
        if (text::equal_ignoring_case(known.name, name)) {
            return known.codec;
        }
    }
    return std::nullopt;
}

std::size_t frame_samples(Codec codec) {
    return static_cast<std::size_t>(info(codec).sample_rate) * frame_ms / 1000;
}

std::uint32_t frame_ticks(Codec codec) {
    return static_cast<std::uint32_t>(info(codec).clock_rate) * frame_ms / 1000;
}

std::uint32_t payload_ticks(Codec codec, std::span<const std::uint8_t> payload) {
    // One byte of G.711 and of 64 kbit/s G.722 lasts one tick of their 8 kHz clock.
    const std::uint32_t ticks = codec == Codec::opus
                                    ? static_cast<std::uint32_t>(opus_packet_ticks(payload))
                                    : static_cast<std::uint32_t>(payload.size());
    const auto ticks_max =
        static_cast<std::uint32_t>(info(codec).clock_rate) * packet_ms_max / 1000;
    return ticks <= ticks_max ? ticks : 0;
}

struct Decoder::State {
    std::unique_ptr<g722_decode_state_t, int (*)(g722_decode_state_t*)> g722{nullptr,
                                                                             g722_decode_free};
    std::optional<OpusDecoding> opus;
    // The last frame heard, repeated ever quieter in the place of lost ones.
    std::array<std::int16_t, 320> last{};
    int concealed = 0;
};

Decoder::Decoder(Codec codec) : codec_(codec), state_(std::make_unique<State>()) {
    if (codec == Codec::g722) {
        state_->g722.reset(g722_decode_init(nullptr, 64000, 0));
    } else if (codec == Codec::opus) {
        state_->opus.emplace(info(codec).sample_rate, 1);
    }
}

Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

std::size_t Decoder::decode(std::span<const std::uint8_t> payload, std::span<std::int16_t> out) {
    if (payload_ticks(codec_, payload) == 0) {
        return 0;
    }
    state_->concealed = 0;
    std::size_t samples = payload.size();
    switch (codec_) {
        case Codec::pcma:
            std::transform(payload.begin(), payload.end(), out.begin(), alaw_decode);
            break;
        case Codec::pcmu:
            std::transform(payload.begin(), payload.end(), out.begin(), ulaw_decode);
            break;
        case Codec::g722:
            samples = static_cast<std::size_t>(g722_decode(
                state_->g722.get(), out.data(), payload.data(), static_cast<int>(payload.size())));
            break;
        case Codec::opus:
            return state_->opus->decode(payload, out);
    }
    const std::size_t kept = std::min(samples, frame_samples(codec_));
    std::copy_n(out.begin() + static_cast<std::ptrdiff_t>(samples - kept), kept,
                state_->last.begin());
    return samples;
}

std::size_t Decoder::conceal(std::span<std::int16_t> out) {
    const std::size_t samples = frame_samples(codec_);
    if (codec_ == Codec::opus) {
        return state_->opus->conceal(out.first(samples));
    }
    constexpr int steps = 4;
    const int gain = std::max(0, steps - 1 - state_->concealed);
    for (std::size_t i = 0; i < samples; ++i) {
        out[i] = static_cast<std::int16_t>(state_->last[i] * gain / steps);
    }
    state_->concealed = std::min(state_->concealed + 1, steps);
    return samples;
}

struct Encoder::State {
    std::unique_ptr<g722_encode_state_t, int (*)(g722_encode_state_t*)> g722{nullptr,
                                                                             g722_encode_free};
    std::optional<OpusEncoding> opus;
};

Encoder::Encoder(Codec codec) : codec_(codec), state_(std::make_unique<State>()) {
    if (codec == Codec::g722) {
        state_->g722.reset(g722_encode_init(nullptr, 64000, 0));
    } else if (codec == Codec::opus) {
        state_->opus.emplace(OpusSettings{.rate = info(codec).sample_rate});
    }
}

Encoder::~Encoder() = default;
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;

std::size_t Encoder::encode(std::span<const std::int16_t> frame, std::span<std::uint8_t> out) {
    switch (codec_) {
        case Codec::pcma:
            std::transform(frame.begin(), frame.end(), out.begin(), alaw_encode);
            return frame.size();
        case Codec::pcmu:
            std::transform(frame.begin(), frame.end(), out.begin(), ulaw_encode);
            return frame.size();
        case Codec::g722:
            return static_cast<std::size_t>(g722_encode(
                state_->g722.get(), out.data(), frame.data(), static_cast<int>(frame.size())));
        case Codec::opus:
            return state_->opus->encode(frame, out.first(std::min(out.size(), frame_bytes_max)));
    }
    return 0;
}

}  // namespace linka::media
