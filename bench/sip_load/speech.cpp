#include "speech.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <random>

namespace linka::bench {
namespace {

constexpr std::size_t rate = 8000;
constexpr double turn = 6.283185307179586;

// ITU-T G.711, table 1a: sign, three bits of segment, four of the step within it; even bits
// inverted.
unsigned char a_law(int sample) {
    const int sign = sample >= 0 ? 0x80 : 0;
    int magnitude = std::min(std::abs(sample), 32767) >> 4;  // 0..2047
    int segment = 0;
    for (int rest = magnitude >> 4; rest > 0; rest >>= 1) {
        ++segment;
    }
    magnitude = segment < 2 ? magnitude : magnitude >> (segment - 1);
    return static_cast<unsigned char>((sign | segment << 4 | (magnitude & 0x0f)) ^ 0x55);
}

std::array<unsigned char, rate> second_of_speech() {
    std::array<unsigned char, rate> out{};
    std::mt19937 random(1);
    std::uniform_real_distribution<double> noise(-300, 300);
    for (std::size_t i = 0; i < rate; ++i) {
        const double t = static_cast<double>(i) / rate;
        double sum = 0;
        for (int harmonic = 1; harmonic <= 8; ++harmonic) {
            sum += std::sin(turn * 130 * harmonic * t + harmonic) / harmonic;
        }
        const double envelope = std::max(0.0, std::sin(turn * 4 * t));
        out[i] = a_law(static_cast<int>(5000 * sum * envelope + noise(random)));
    }
    return out;
}

}  // namespace

void speech(std::uint32_t time, std::span<unsigned char> out) {
    static const std::array<unsigned char, rate> table = second_of_speech();
    for (unsigned char& sample : out) {
        sample = table[time++ % rate];
    }
}

}  // namespace linka::bench
