// RateLimit: so many a second, and a burst of them at once (a token bucket). Pure: time comes in.
// Not thread-safe.
#pragma once

#include "linka/base/time.hpp"

#include <algorithm>

namespace linka::api {

class RateLimit {
  public:
    struct Limits {
        double per_second = 1;
        double burst = 1;
    };
    explicit RateLimit(Limits limits) : limits_(limits), left_(limits.burst) {}

    /// One more now: false if that is too many. Time that goes backwards counts as none.
    bool take(Instant now) {
        const Duration passed = std::max(Duration{}, last_ ? now - last_ : Duration{});
        last_ = now;
        left_ = std::min(limits_.burst, left_ + limits_.per_second *
                                                    std::chrono::duration<double>(passed).count());
        if (left_ < 1) {
            return false;
        }
        left_ -= 1;
        return true;
    }

  private:
    const Limits limits_;
    double left_;
    Instant last_;
};

}  // namespace linka::api
