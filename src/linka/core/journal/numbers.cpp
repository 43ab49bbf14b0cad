#include "linka/core/journal/numbers.hpp"

#include "linka/core/journal/evolve.hpp"

#include <algorithm>

namespace linka::core {

std::int64_t number_after_start(std::int64_t last) {
    const std::int64_t least = std::max<std::int64_t>(last, 0) + numbers_step / 2;
    return (least + numbers_step - 1) / numbers_step * numbers_step;
}

std::int64_t first_leg_in(const State& state) {
    const std::int64_t last = std::max(state.last.leg_in, state.last.leg_in_start);
    return state.starts == 0 ? last + 2 : number_after_start(last) + 1;
}

void fold(State& s, Instant /*at*/, const ProgramStarted& e) {
    s.last.leg_in_start = first_leg_in(s) - 2;
    s.starts = e.start;
    if (e.start == 1) {
        return;  // nothing was given before
    }
    for (std::int64_t* last :
         {&s.last.call, &s.last.leg_out, &s.last.interaction, &s.last.offer, &s.last.activity,
          &s.last.recording, &s.last.play, &s.last.decision, &s.last.missed}) {
        *last = number_after_start(*last);
    }
}

}  // namespace linka::core
