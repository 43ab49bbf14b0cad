// When the next transaction may begin. Each writes whole pages and waits for the disk, whatever is
// in it, so that calls which share one cost far less: in the long run one begins every 4 ms at
// most, and less often the more there is to write, up to 10 ms. What is urgent may take some of
// that time in advance; what is not waits a little longer and leaves it time to take, much longer
// where a log ahead of the database keeps it. A quiet server never waits, since its last
// transaction is long past.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace linka::store {

class CommitPace {
  public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::milliseconds every_least{4};
    static constexpr std::chrono::milliseconds every_most{10};
    static constexpr std::chrono::milliseconds in_advance_max{12};
    /// Between transactions of what is kept already: an answer or a page may wait so long.
    static constexpr std::chrono::milliseconds every_kept{20};

    /// `kept`: what is not urgent is kept without the transaction.
    explicit CommitPace(bool kept = false) : calm_(kept ? every_kept : Time::duration{}) {}

    /// `events`: how many the transaction holds.
    void begins(Time now, std::size_t events) {
        const double since = std::chrono::duration<double, std::milli>(now - last_).count();
        events_per_ms_ = (events_per_ms_ * remembered_ms + static_cast<double>(events)) /
                         (remembered_ms + since);
        last_ = now;
        paid_until_ = std::max(paid_until_, now) + every();
    }
    /// In the past: at once.
    [[nodiscard]] Time next(bool urgent) const {
        return urgent ? paid_until_ - in_advance_max
                      : std::max(paid_until_, last_ + std::max(2 * every(), calm_));
    }

  private:
    // Up to 5 events a millisecond (250 direct calls a second, 140 through queues) 4 ms, from 9 on
    // 10 ms.
    static constexpr double usual_events_per_ms = 5;
    static constexpr double ms_for_one_more = 1.5;
    static constexpr double remembered_ms = 200;

    [[nodiscard]] Time::duration every() const {
        const std::chrono::duration<double, std::milli> longer{
            (events_per_ms_ - usual_events_per_ms) * ms_for_one_more};
        const auto wanted = every_least + std::chrono::duration_cast<Time::duration>(longer);
        return std::clamp<Time::duration>(wanted, every_least, every_most);
    }

    Time::duration calm_;
    double events_per_ms_ = 0;
    Time last_;
    Time paid_until_;
};

}  // namespace linka::store
