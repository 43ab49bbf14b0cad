#include "linka/media/worker/ticker.hpp"

#include "linka/base/assert.hpp"
#include "linka/runtime/clock.hpp"

#include <algorithm>

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace linka::media {
namespace {

constexpr long step_ns = 4'000'000;
// After a stall so many frames are made up for; the rest is lost.
constexpr std::uint64_t steps_late_max = 25;

}  // namespace

Ticker::Ticker(runtime::Loop& loop)
    : loop_(loop), timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
    LINKA_ASSERT(static_cast<bool>(timer_));
    loop_.watch(timer_.get(), EPOLLIN, [this](std::uint32_t) { expired(); });
}

Ticker::~Ticker() {
    loop_.unwatch(timer_.get());
}

void Ticker::arm(bool on) {
    if (on == armed_) {
        return;
    }
    armed_ = on;
    itimerspec spec{};
    if (on) {
        spec.it_value.tv_nsec = step_ns;
        spec.it_interval.tv_nsec = step_ns;
    }
    ::timerfd_settime(timer_.get(), 0, &spec, nullptr);
}

void Ticker::add(Leg& leg) {
    if (leg.ticking || !leg.needs_tick()) {
        return;
    }
    leg.ticking = true;
    const auto emptiest =
        std::min_element(legs_.begin(), legs_.end(),
                         [](const auto& a, const auto& b) { return a.size() < b.size(); });
    emptiest->push_back(&leg);
    arm(true);
}

void Ticker::remove(Leg& leg) {
    for (auto& legs : legs_) {
        std::erase(legs, &leg);
    }
    leg.ticking = false;
}

void Ticker::expired() {
    std::uint64_t steps = 0;
    if (::read(timer_.get(), &steps, sizeof steps) != sizeof steps) {
        return;
    }
    const Instant now = runtime::steady_now();
    for (std::uint64_t i = 0; i < std::min(steps, steps_late_max); ++i) {
        run_phase(legs_[phase_], now);
        phase_ = (phase_ + 1) % phases;
    }
    arm(std::any_of(legs_.begin(), legs_.end(), [](const auto& legs) { return !legs.empty(); }));
}

void Ticker::run_phase(std::vector<Leg*>& legs, Instant now) {
    // A tick may make other legs want ticks (they may land at our end), but closes none.
    for (std::size_t i = 0; i < legs.size();) {
        Leg& leg = *legs[i];
        leg.tick(now);
        if (leg.needs_tick()) {
            ++i;
        } else {
            leg.ticking = false;
            legs[i] = legs.back();
            legs.pop_back();
        }
    }
}

}  // namespace linka::media
