#include "linka/runtime/clock.hpp"

#include "linka/base/slewed_clock.hpp"

#include <ctime>
#include <mutex>

namespace linka::runtime {
namespace {

// So often the machine's clock is looked at, at most.
constexpr Duration look_every = 250ms;

Instant read_clock(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return Instant{std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000};
}

// The process's wall clock. It counts the time in which the machine sleeps as well: nobody set its
// clock when it wakes.
class Wall {
  public:
    template <typename Use>
    auto use(Use use) {
        const std::lock_guard lock(mutex_);
        const Instant elapsed = read_clock(CLOCK_BOOTTIME);
        if (elapsed - looked_ >= look_every) {
            looked_ = elapsed;
            clock_.see(elapsed, read_clock(CLOCK_REALTIME));
        }
        return use(clock_, elapsed);
    }

  private:
    std::mutex mutex_;
    Instant looked_ = read_clock(CLOCK_BOOTTIME);
    SlewedClock clock_{looked_, read_clock(CLOCK_REALTIME)};
};

Wall& wall() {
    static Wall the_wall;
    return the_wall;
}

}  // namespace

Instant wall_now() {
    return wall().use([](const SlewedClock& clock, Instant elapsed) { return clock.at(elapsed); });
}

void wall_not_before(Instant earliest) {
    wall().use([&](SlewedClock& clock, Instant elapsed) { clock.not_before(elapsed, earliest); });
}

Duration until_wall(Instant due) {
    return wall().use(
        [&](const SlewedClock& clock, Instant elapsed) { return clock.until(elapsed, due); });
}

Duration wall_off() {
    return wall().use([](const SlewedClock& clock, Instant elapsed) { return clock.off(elapsed); });
}

Instant steady_now() {
    return read_clock(CLOCK_MONOTONIC);
}

}  // namespace linka::runtime
