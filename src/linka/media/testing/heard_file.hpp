// For tests: a recording as an independent decoder hears it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace linka::media::testing {

struct HeardFile {
    int channels = 0;
    double seconds = 0.0;
    std::vector<std::int16_t> left;  // 48 kHz
    std::vector<std::int16_t> right;

    /// Samples of a side from one second to another.
    [[nodiscard]] std::span<const std::int16_t> part(const std::vector<std::int16_t>& side,
                                                     double from, double to) const;
};

/// Empty if ffmpeg cannot decode it.
HeardFile decode_with_ffmpeg(const std::string& file);

}  // namespace linka::media::testing
