// Lists behind figures: for every figure that counts something, the filter of the list that it
// counts. The length of that list is the number.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::stats {

/// A comparison of a list's field: `op` is eq, neq, gt, gte, lt, contains or in.
struct Condition {
    std::string field;
    std::string op;
    std::vector<std::string> values;
};

/// All conditions hold. `model`: interactions, offers or activities.
struct ListFilter {
    std::string model;
    std::vector<Condition> all;
};

/// The list behind a member of QueueFigures or QueueRatios, e.g. "answered" or "unanswered", of one
/// queue in [from, to). None for figures that are no count.
std::optional<ListFilter> list_behind(std::string_view figure, core::QueueId queue, Instant from,
                                      Instant to);
/// The same for a member of UserFigures or UserRatios of one user.
std::optional<ListFilter> list_behind(std::string_view figure, core::UserId user, Instant from,
                                      Instant to);

}  // namespace linka::stats
