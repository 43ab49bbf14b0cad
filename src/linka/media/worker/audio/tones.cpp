#include "linka/media/worker/audio/tones.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

namespace linka::media {
namespace {

constexpr std::int64_t tone_ms_max = 600'000;

double wave(double frequency, std::int64_t sample, int rate) {
    return std::sin(2.0 * std::numbers::pi * frequency * static_cast<double>(sample) / rate);
}

}  // namespace

std::optional<Tone> tone_named(std::string_view value) {
    const auto space = value.find(' ');
    const std::string_view name = value.substr(0, space);
    Tone tone;
    if (name == "ringback") {
        tone = {.on_ms = 1000, .off_ms = 4000, .length_ms = 5000};
    } else if (name == "busy") {
        tone = {.on_ms = 330, .off_ms = 330, .length_ms = 660};
    } else if (name == "congestion") {
        tone = {.on_ms = 165, .off_ms = 165, .length_ms = 330};
    } else if (name == "beep") {
        tone = {.low = 1000.0, .on_ms = 400, .off_ms = 0, .length_ms = 400};
    } else {
        return std::nullopt;
    }
    if (space != std::string_view::npos) {
        const auto length = text::to_int(value.substr(space + 1));
        if (!length || *length < 1 || *length > tone_ms_max) {
            return std::nullopt;
        }
        tone.length_ms = static_cast<int>(*length);
        if (tone.off_ms == 0) {
            tone.on_ms = tone.length_ms;
        }
    }
    return tone;
}

std::optional<Tone> dtmf_tone(char digit, int length_ms) {
    constexpr std::string_view keys = "123A456B789C*0#D";
    constexpr std::array<double, 4> rows = {697.0, 770.0, 852.0, 941.0};
    constexpr std::array<double, 4> columns = {1209.0, 1336.0, 1477.0, 1633.0};
    const auto key = keys.find(digit);
    if (key == std::string_view::npos) {
        return std::nullopt;
    }
    return Tone{.low = rows[key / 4],
                .high = columns[key % 4],
                .level = 0.22,
                .on_ms = length_ms,
                .off_ms = 0,
                .length_ms = length_ms};
}

std::size_t ToneGenerator::read(std::span<std::int16_t> out) {
    const std::int64_t length = std::int64_t{rate_} * tone_.length_ms / 1000;
    const std::int64_t on = std::int64_t{rate_} * tone_.on_ms / 1000;
    const std::int64_t round = on + std::int64_t{rate_} * tone_.off_ms / 1000;
    const std::int64_t edge = std::max<std::int64_t>(1, rate_ / 250);
    std::size_t done = 0;
    for (; done < out.size() && position_ < length; ++done, ++position_) {
        const std::int64_t at = position_ % round;
        if (at >= on) {
            out[done] = 0;
            continue;
        }
        const std::int64_t to_edge = std::min({at, on - 1 - at, length - 1 - position_, edge});
        const double gain = tone_.level * static_cast<double>(to_edge) / static_cast<double>(edge);
        double value = wave(tone_.low, position_, rate_);
        if (tone_.high > 0.0) {
            value += wave(tone_.high, position_, rate_);
        }
        out[done] = static_cast<std::int16_t>(std::lrint(32767.0 * gain * value));
    }
    return done;
}

}  // namespace linka::media
