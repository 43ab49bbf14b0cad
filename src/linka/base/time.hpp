// Instants and durations. The program counts whole microseconds since 1970-01-01T00:00:00Z; only
// surfaces turn them into local dates.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace linka {

using Duration = std::chrono::microseconds;
using namespace std::chrono_literals;

/// A point in time, microseconds UTC. The default value means "never / not yet".
struct Instant {
    std::int64_t us = 0;

    constexpr Instant() = default;
    constexpr explicit Instant(std::int64_t microseconds) : us(microseconds) {}
    constexpr explicit operator bool() const { return us != 0; }
    constexpr auto operator<=>(const Instant&) const = default;

    static constexpr Instant never() { return Instant{INT64_MAX}; }
};

constexpr Instant operator+(Instant at, Duration by) {
    return Instant{at.us + by.count()};
}
constexpr Instant operator-(Instant at, Duration by) {
    return Instant{at.us - by.count()};
}
constexpr Duration operator-(Instant late, Instant early) {
    return Duration{late.us - early.us};
}

constexpr std::int64_t whole_seconds(Duration duration) {
    return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

}  // namespace linka
