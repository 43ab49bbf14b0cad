#include "linka/media/worker/audio/g711.hpp"

#include <array>

namespace linka::media {
namespace {

constexpr std::int16_t expand_alaw(std::uint8_t code) {
    const int value = code ^ 0x55;
    const int exponent = (value >> 4) & 7;
    int magnitude = ((value & 15) << 4) + 8;
    if (exponent > 0) {
        magnitude = (magnitude + 0x100) << (exponent - 1);
    }
    return static_cast<std::int16_t>((value & 0x80) != 0 ? magnitude : -magnitude);
}

constexpr std::int16_t expand_ulaw(std::uint8_t code) {
    const int value = ~code & 0xFF;
    const int magnitude = ((((value & 15) << 3) + 0x84) << ((value >> 4) & 7)) - 0x84;
    return static_cast<std::int16_t>((value & 0x80) != 0 ? -magnitude : magnitude);
}

constexpr std::uint8_t compress_alaw(int sample) {
    const int sign = sample >= 0 ? 0x80 : 0;
    int magnitude = sample >= 0 ? sample : -sample - 1;
    magnitude >>= 4;  // steps of the smallest segments
    int exponent = 0;
    for (int high = magnitude >> 4; high > 0; high >>= 1) {
        ++exponent;
    }
    int mantissa = exponent > 0 ? magnitude >> (exponent - 1) : magnitude;
    mantissa &= 15;
    return static_cast<std::uint8_t>((sign | (exponent << 4) | mantissa) ^ 0x55);
}

constexpr std::uint8_t compress_ulaw(int sample) {
    constexpr int bias = 0x84;
    constexpr int clip = 32635;
    const int sign = sample < 0 ? 0x80 : 0;
    int magnitude = sample < 0 ? -sample : sample;
    magnitude = (magnitude > clip ? clip : magnitude) + bias;
    int exponent = 0;
    for (int high = magnitude >> 8; high > 0; high >>= 1) {
        ++exponent;
    }
    const int mantissa = (magnitude >> (exponent + 3)) & 15;
    return static_cast<std::uint8_t>(~(sign | (exponent << 4) | mantissa));
}

template <typename F>
constexpr auto expansion_table(F expand) {
    std::array<std::int16_t, 256> table{};
    for (std::size_t code = 0; code < table.size(); ++code) {
        table[code] = expand(static_cast<std::uint8_t>(code));
    }
    return table;
}

// A-law looks at 12 bits of the sample and µ-law at 14: one entry for each such value.
template <int shift, typename F>
auto compression_table(F compress) {
    std::array<std::uint8_t, (65536 >> shift)> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto bits = static_cast<std::uint16_t>(i << shift);
        table[i] = compress(static_cast<std::int16_t>(bits));
    }
    return table;
}

constexpr auto alaw_values = expansion_table(expand_alaw);
constexpr auto ulaw_values = expansion_table(expand_ulaw);
const auto alaw_codes = compression_table<4>(compress_alaw);
const auto ulaw_codes = compression_table<2>(compress_ulaw);

}  // namespace

std::int16_t alaw_decode(std::uint8_t code) {
    return alaw_values[code];
}

std::int16_t ulaw_decode(std::uint8_t code) {
    return ulaw_values[code];
}

std::uint8_t alaw_encode(std::int16_t sample) {
    return alaw_codes[static_cast<std::uint16_t>(sample) >> 4];
}

std::uint8_t ulaw_encode(std::int16_t sample) {
    return ulaw_codes[static_cast<std::uint16_t>(sample) >> 2];
}

}  // namespace linka::media
