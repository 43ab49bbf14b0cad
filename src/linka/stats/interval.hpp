// Intervals: the 15-minute pieces of UTC in which everything is counted. Reports add them up.
#pragma once

#include "linka/base/time.hpp"

#include <algorithm>

namespace linka::stats {

inline constexpr Duration interval_length = 15min;

/// The beginning of the interval that `at` lies in.
constexpr Instant interval_of(Instant at) {
    const std::int64_t length = interval_length.count();
    const std::int64_t into = ((at.us % length) + length) % length;
    return Instant{at.us - into};
}

constexpr bool is_border(Instant at) {
    return interval_of(at) == at;
}

/// Cuts [from, to) at the borders: calls `piece(interval, duration)` for each interval touched.
/// Nothing for an empty stretch, or one that runs backwards.
template <typename Piece>
void cut(Instant from, Instant to, Piece&& piece) {
    while (from < to) {
        const Instant interval = interval_of(from);
        const Instant end = std::min(to, interval + interval_length);
        piece(interval, end - from);
        from = end;
    }
}

/// As reports and the API give durations.
constexpr double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

}  // namespace linka::stats
