// Composes the music on hold: a calm loop of 48 s, soft bells over slow chords, made by additive
// synthesis from the tables below, so nobody else has rights to it. The same bytes every time.
//
//   linka-music OUT.wav     16 kHz mono 16 bit
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <numbers>
#include <vector>

namespace {

constexpr int rate = 16000;
constexpr double beat = 0.75;  // s
constexpr int beats_per_bar = 4;
constexpr int bars = 16;
constexpr std::size_t length =
    static_cast<std::size_t>(rate * beat * beats_per_bar * bars);  // 48 s

using Sound = std::vector<double>;

double frequency_of(int key) {  // MIDI numbers: 69 is 440 Hz
    return 440.0 * std::pow(2.0, (key - 69) / 12.0);
}

// Everything wraps around the end, so that the loop has no seam.
void add(Sound& sound, double start, std::size_t at, double value) {
    const auto begin = static_cast<std::size_t>(start * rate);
    sound[(begin + at) % length] += value;
}

// A bell: partials of a struck bar, the higher the shorter.
void bell(Sound& sound, int key, double start, double level) {
    constexpr std::array<double, 3> partial = {1.0, 2.0, 3.01};
    constexpr std::array<double, 3> strength = {1.0, 0.25, 0.1};
    constexpr std::array<double, 3> decay = {1.4, 0.7, 0.3};  // s
    const double base = frequency_of(key);
    const auto samples = static_cast<std::size_t>(5.0 * rate);
    for (std::size_t i = 0; i < samples; ++i) {
        const double t = static_cast<double>(i) / rate;
        const double attack = std::min(1.0, t / 0.008);
        double value = 0.0;
        for (std::size_t p = 0; p < partial.size(); ++p) {
            value += strength[p] * std::exp(-t / decay[p]) *
                     std::sin(2.0 * std::numbers::pi * base * partial[p] * t);
        }
        add(sound, start, i, level * attack * value);
    }
}

// A pad: two voices slightly apart, swelling and fading over a bar.
void pad(Sound& sound, int key, double start, double level) {
    const double base = frequency_of(key);
    const double lasts = beat * beats_per_bar;
    const auto samples = static_cast<std::size_t>((lasts + 1.5) * rate);
    for (std::size_t i = 0; i < samples; ++i) {
        const double t = static_cast<double>(i) / rate;
        const double swell = std::min(1.0, t / 1.2) * std::min(1.0, (lasts + 1.5 - t) / 1.5);
        double value = 0.0;
        for (const double apart : {0.9985, 1.0015}) {
            const double phase = 2.0 * std::numbers::pi * base * apart * t;
            value += std::sin(phase) + 0.3 * std::sin(2.0 * phase) + 0.1 * std::sin(3.0 * phase);
        }
        add(sound, start, i, level * swell * value);
    }
}

Sound compose() {
    // D, b minor, G, A: root and the notes over it.
    constexpr std::array<std::array<int, 4>, 8> chords = {{{50, 57, 62, 66},
                                                           {47, 54, 62, 66},
                                                           {43, 55, 59, 62},
                                                           {45, 57, 61, 64},
                                                           {50, 57, 62, 66},
                                                           {52, 55, 59, 64},
                                                           {43, 55, 59, 62},
                                                           {45, 57, 61, 64}}};
    // One note a beat, 0 rests; two phrases of eight bars.
    constexpr std::array<int, bars* beats_per_bar> melody = {
        74, 0,  78, 81, 78, 0, 74, 0,  71, 0,  74, 79, 76, 0, 73, 0,   //
        74, 0,  78, 81, 83, 0, 79, 0,  78, 74, 71, 0,  73, 0, 69, 0,   //
        74, 0,  78, 81, 78, 0, 85, 0,  83, 0,  79, 74, 76, 0, 81, 0,   //
        81, 78, 74, 0,  76, 0, 79, 78, 74, 0,  71, 0,  73, 0, 76, 0};  //
    Sound sound(length, 0.0);
    for (std::size_t bar = 0; bar < bars; ++bar) {
        const auto& chord = chords[bar % chords.size()];
        const double start = static_cast<double>(bar) * beats_per_bar * beat;
        for (const int key : chord) {
            pad(sound, key, start, 0.05);
        }
        for (std::size_t step = 0; step < beats_per_bar; ++step) {
            const double at = start + static_cast<double>(step) * beat;
            // A broken chord below, the melody above.
            bell(sound, chord[1 + step % 3] + 12, at + beat / 2.0, 0.06);
            if (const int key = melody[bar * beats_per_bar + step]; key != 0) {
                bell(sound, key, at, 0.22);
            }
        }
    }
    return sound;
}

void write_wav(const Sound& sound, const char* path) {
    double peak = 0.0;
    for (const double value : sound) {
        peak = std::max(peak, std::abs(value));
    }
    const double gain = 0.4 / peak;  // music stays behind speech
    std::vector<std::uint8_t> bytes;
    const auto put = [&](std::uint32_t value, int count) {
        for (int i = 0; i < count; ++i) {
            bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
        }
    };
    const auto tag = [&](const char* name) { bytes.insert(bytes.end(), name, name + 4); };
    const auto data = static_cast<std::uint32_t>(sound.size() * 2);
    tag("RIFF");
    put(36 + data, 4);
    tag("WAVE");
    tag("fmt ");
    put(16, 4);
    put(1, 2);
    put(1, 2);
    put(rate, 4);
    put(rate * 2, 4);
    put(2, 2);
    put(16, 2);
    tag("data");
    put(data, 4);
    for (const double value : sound) {
        put(static_cast<std::uint16_t>(std::lrint(32767.0 * gain * value)), 2);
    }
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: linka-music OUT.wav\n");
        return 2;
    }
    write_wav(compose(), argv[1]);
    return 0;
}
