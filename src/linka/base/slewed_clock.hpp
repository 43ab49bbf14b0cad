// SlewedClock: wall time that never steps. It starts with what the machine's clock says and from
// then on counts elapsed time; when the machine's clock is set, it walks towards it, a little
// faster or slower than time. So ring times and waiting go on by real seconds whatever is done to
// the machine's clock, and time never runs backwards.
#pragma once

#include "linka/base/time.hpp"

namespace linka {

class SlewedClock {
  public:
    /// While it walks, a second lasts at most this much more or less: an hour takes 100 hours.
    static constexpr std::int64_t slew_percent = 1;

    /// `elapsed`: of a clock that only goes on, here and below never less than in a call before.
    SlewedClock(Instant elapsed, Instant wall) : elapsed_(elapsed), base_(wall) {}

    [[nodiscard]] Instant at(Instant elapsed) const;
    /// What the machine's clock says at `elapsed`.
    void see(Instant elapsed, Instant wall);
    /// From `elapsed` on it says `earliest` or more. For a start: what is written down is past.
    void not_before(Instant elapsed, Instant earliest);
    /// The time that has to pass after `elapsed` until it says `due`, if the machine's clock is not
    /// set meanwhile; 0 if that is past.
    [[nodiscard]] Duration until(Instant elapsed, Instant due) const;
    /// How much the machine's clock is ahead.
    [[nodiscard]] Duration off(Instant elapsed) const;

  private:
    void rebase(Instant elapsed);

    Instant elapsed_;
    Instant base_;       // what it says at elapsed_
    Duration ahead_{0};  // how much further the machine's clock was then
};

}  // namespace linka
