// Admission of new calls: a token bucket (calls a second, bursts of one second's worth) and a
// limit of legs. What is refused gets 503 with Retry-After. Emergency calls only mind the legs.
#pragma once

#include "linka/base/time.hpp"

#include <algorithm>
#include <cstddef>

namespace linka::sip {

class Admission {
  public:
    Admission(int calls_per_second_max, int legs_max, Instant now)
        : rate_(calls_per_second_max), legs_max_(legs_max), tokens_(rate_), at_(now) {}

    /// Takes a token if there is one and `legs` leaves room for a call (two legs).
    bool admit(std::size_t legs, Instant now, bool emergency = false) {
        const double seconds = static_cast<double>((now - at_).count()) / 1e6;
        tokens_ = std::min(rate_, tokens_ + std::max(0.0, seconds) * rate_);
        at_ = now;
        if (static_cast<int>(legs) + 2 > legs_max_ || (!emergency && (draining || tokens_ < 1.0))) {
            return false;
        }
        tokens_ = std::max(0.0, tokens_ - 1.0);
        return true;
    }

    bool draining = false;

  private:
    const double rate_;
    const int legs_max_;
    double tokens_;
    Instant at_;
};

}  // namespace linka::sip
