// Budget: so many things a second, and as many at once after a second without any.
#pragma once

#include "linka/base/time.hpp"

#include <algorithm>

namespace linka::media {

class Budget {
  public:
    /// `per_second`: 1 to 1,000,000.
    explicit constexpr Budget(int per_second) : cost_(Duration(1s) / per_second) {}

    /// True if one more is within the limit at `now`, which never goes back.
    bool take(Instant now) {
        credit_ = last_ ? std::min<Duration>(1s, credit_ + (now - last_)) : Duration(1s);
        last_ = now;
        if (credit_ < cost_) {
            return false;
        }
        credit_ -= cost_;
        return true;
    }

  private:
    Duration cost_;
    Duration credit_{};
    Instant last_;
};

}  // namespace linka::media
