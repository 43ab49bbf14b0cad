// libopus behind our own types; nothing else names it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace linka::media {

/// Largest Opus packet that we make or take.
constexpr std::size_t opus_bytes_max = 1275;

struct OpusSettings {
    int rate = 16000;  // 8000, 16000 or 48000
    int channels = 1;
    int bitrate = 24000;
    int complexity = 3;
    /// True: the library's mode for speech (SILK); false: its mode for any sound (CELT), which
    /// keeps two talkers on their channels and costs a third, but wants 20 kbit/s a channel.
    bool speech = true;
};

class OpusEncoding {
  public:
    explicit OpusEncoding(OpusSettings settings);
    ~OpusEncoding();
    OpusEncoding(OpusEncoding&&) noexcept;
    OpusEncoding& operator=(OpusEncoding&&) noexcept;

    /// One frame of 2.5 to 60 ms, interleaved. Bytes written; 0 if the library refuses.
    std::size_t encode(std::span<const std::int16_t> samples, std::span<std::uint8_t> out);
    /// Samples at 48 kHz by which the decoded sound is late (the pre-skip of RFC 7845 §4.2).
    [[nodiscard]] int lookahead() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

class OpusDecoding {
  public:
    OpusDecoding(int rate, int channels);
    ~OpusDecoding();
    OpusDecoding(OpusDecoding&&) noexcept;
    OpusDecoding& operator=(OpusDecoding&&) noexcept;

    /// Samples a channel; 0 if the packet is no Opus packet or does not fit.
    std::size_t decode(std::span<const std::uint8_t> packet, std::span<std::int16_t> out);
    /// Invents `out` in the place of a lost packet. Samples a channel.
    std::size_t conceal(std::span<std::int16_t> out);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Duration of an Opus packet in samples at 48 kHz; 0 if it is none.
int opus_packet_ticks(std::span<const std::uint8_t> packet);

}  // namespace linka::media
