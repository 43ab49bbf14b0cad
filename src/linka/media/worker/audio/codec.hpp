// The audio codecs of a leg: names, clocks, and one encoder and decoder for all of them. Everything
// in the worker counts in frames of 20 ms.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace linka::media {

enum class Codec : std::uint8_t { pcma, pcmu, g722, opus };
constexpr std::size_t codec_count = 4;
constexpr std::array<Codec, codec_count> all_codecs = {Codec::pcma, Codec::pcmu, Codec::g722,
                                                       Codec::opus};

struct CodecInfo {
    Codec codec;
    std::string_view name;  // as in SDP and in LegOpen.codecs
    int clock_rate;         // of RTP time stamps; G.722 says 8000 by mistake (RFC 3551 §4.5.2)
    int sample_rate;        // at which we decode and encode
    int payload_type;       // the static one, or ours for a dynamic one
};

const CodecInfo& info(Codec codec);
/// Case does not matter.
std::optional<Codec> codec_named(std::string_view name);

constexpr int frame_ms = 20;
/// Samples of a frame at the codec's sample rate, and its RTP ticks.
std::size_t frame_samples(Codec codec);
std::uint32_t frame_ticks(Codec codec);
/// Most samples that one packet may decode to: 120 ms at 16 kHz.
constexpr std::size_t packet_samples_max = 1920;
/// Most bytes that one encoded frame takes.
constexpr std::size_t frame_bytes_max = 400;

/// RTP ticks that a payload lasts; 0 if it cannot be of this codec or lasts over 120 ms.
std::uint32_t payload_ticks(Codec codec, std::span<const std::uint8_t> payload);

class Decoder {
  public:
    explicit Decoder(Codec codec);
    ~Decoder();
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;

    [[nodiscard]] Codec codec() const { return codec_; }
    /// Samples written at info().sample_rate; 0 if the payload is broken. `out` has room for
    /// packet_samples_max.
    std::size_t decode(std::span<const std::uint8_t> payload, std::span<std::int16_t> out);
    /// Invents one frame for what was lost, fading to silence when called again and again.
    std::size_t conceal(std::span<std::int16_t> out);

  private:
    struct State;
    Codec codec_;
    std::unique_ptr<State> state_;
};

class Encoder {
  public:
    explicit Encoder(Codec codec);
    ~Encoder();
    Encoder(Encoder&&) noexcept;
    Encoder& operator=(Encoder&&) noexcept;

    [[nodiscard]] Codec codec() const { return codec_; }
    /// One frame of frame_samples(codec). Bytes written, at most frame_bytes_max.
    std::size_t encode(std::span<const std::int16_t> frame, std::span<std::uint8_t> out);

  private:
    struct State;
    Codec codec_;
    std::unique_ptr<State> state_;
};

}  // namespace linka::media
