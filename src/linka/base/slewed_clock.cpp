#include "linka/base/slewed_clock.hpp"

#include <algorithm>

namespace linka {

Instant SlewedClock::at(Instant elapsed) const {
    const Duration passed = elapsed - elapsed_;
    const Duration step = passed * slew_percent / 100;
    return base_ + passed + std::clamp(ahead_, -step, step);
}

void SlewedClock::rebase(Instant elapsed) {
    const Duration left = off(elapsed);
    base_ = at(elapsed);
    elapsed_ = elapsed;
    ahead_ = left;
}

void SlewedClock::see(Instant elapsed, Instant wall) {
    rebase(elapsed);
    ahead_ = wall - base_;
}

void SlewedClock::not_before(Instant elapsed, Instant earliest) {
    rebase(elapsed);
    const Duration missing = std::max(Duration{0}, earliest - base_);
    base_ = base_ + missing;
    ahead_ -= missing;
}

Duration SlewedClock::until(Instant elapsed, Instant due) const {
    const Duration passed = elapsed - elapsed_;
    const Duration target = due - base_;
    // Solves at(e) >= due for e: it goes by the slewed pace first, then by time.
    const Duration settled = target - ahead_;
    const Duration slewed = ahead_ >= Duration{0}
                                ? Duration{target.count() * 100 / (100 + slew_percent)}
                                : Duration{target.count() * 100 / (100 - slew_percent)};
    Duration needed = ahead_ >= Duration{0} ? std::max(settled, slewed) : std::min(settled, slewed);
    needed = std::max(needed, passed);
    while (at(elapsed_ + needed) < due) {
        needed += Duration{1};  // what the divisions rounded away
    }
    return needed - passed;
}

Duration SlewedClock::off(Instant elapsed) const {
    return base_ + (elapsed - elapsed_) + ahead_ - at(elapsed);
}

}  // namespace linka
