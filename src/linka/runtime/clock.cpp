#include "linka/runtime/clock.hpp"

#include <ctime>

namespace linka::runtime {
namespace {

Instant read_clock(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return Instant{std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000};
}

}  // namespace

Instant wall_now() {
    return read_clock(CLOCK_REALTIME);
}

Instant steady_now() {
    return read_clock(CLOCK_MONOTONIC);
}

}  // namespace linka::runtime
