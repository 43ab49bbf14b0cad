// What a simulated colleague does at the desk: signs in, becomes ready, closes the form after each
// call, takes a break now and then, goes home. Looks at the state as a person looks at the page,
// and answers with the same inputs, which the core checks as it checks a person's. Pure.
#pragma once

#include "linka/app/demo/cast.hpp"
#include "linka/core/input.hpp"
#include "linka/core/state.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace linka::app {

/// A whole number from 0 up to and not with the bound.
using Chance = std::function<std::int64_t(std::int64_t bound)>;

/// What a colleague has in mind; nothing of it matters after a restart.
struct DeskPlan {
    Instant close_at;  // when the form is filled in; 0: there is none
    Instant break_at;  // the next break; 0: not thought of yet
    Instant back_at;   // end of the break that is on; 0: none is
    bool operator==(const DeskPlan&) const = default;
};

struct DeskView {
    const core::State& state;
    Instant now;
    const Colleague& colleague;
    bool working = true;                // false: finish and go home
    std::vector<std::string> statuses;  // that a form can be closed with
};

/// The next thing to do, or nothing for now. Ask again when it is done.
std::optional<core::Input> next_deed(const DeskView& view, DeskPlan& plan, const Chance& chance);

/// Has this colleague gone home?
bool is_at_home(const core::State& state, const Colleague& colleague);

}  // namespace linka::app
