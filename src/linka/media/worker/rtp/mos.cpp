#include "linka/media/worker/rtp/mos.hpp"

#include <algorithm>

namespace linka::media {

double rating(const PathQuality& path) {
    constexpr double basic = 93.2;  // Ro - Is with the default values
    // Delay impairment in the usual simplification of G.107 §7.4 (Cole, Rosenbluth 2001).
    const double late = std::max(0.0, path.delay_ms - 177.3);
    const double delay_impairment = 0.024 * path.delay_ms + 0.11 * late;
    // G.113 appendix I: G.711 with loss concealment has Ie 0 and Bpl 25.1. There are no
    // narrow-band figures for G.722 and Opus; we take the same Ie and, for Opus with its own
    // concealment, a like robustness.
    const double robustness = path.codec == Codec::g722 ? 13.0 : 25.1;
    const double percent = std::clamp(path.loss, 0.0, 1.0) * 100.0;
    const double equipment = 95.0 * percent / (percent + robustness);
    return std::clamp(basic - delay_impairment - equipment, 0.0, basic);
}

double mos(const PathQuality& path) {
    const double r = rating(path);
    return std::max(1.0, 1.0 + 0.035 * r + r * (r - 60.0) * (100.0 - r) * 7e-6);
}

}  // namespace linka::media
