// When the next transaction may begin. Each writes whole pages and waits for the disk, whatever is
// in it, so that calls which share one cost far less: in the long run one begins every 4 ms at
// most. What is urgent may take some of that time in advance; what is not waits a little longer and
// leaves it time to take. A quiet server never waits, since its last transaction is long past.
#pragma once

#include <algorithm>
#include <chrono>

namespace linka::store {

class CommitPace {
  public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::milliseconds every{4};
    static constexpr std::chrono::milliseconds every_if_nothing_is_urgent{8};
    static constexpr std::chrono::milliseconds in_advance_max{12};

    void begins(Time now) {
        last_ = now;
        paid_until_ = std::max(paid_until_, now) + every;
    }
    /// In the past: at once.
    [[nodiscard]] Time next(bool urgent) const {
        return urgent ? paid_until_ - in_advance_max
                      : std::max(paid_until_, last_ + every_if_nothing_is_urgent);
    }

  private:
    Time last_;
    Time paid_until_;
};

}  // namespace linka::store
