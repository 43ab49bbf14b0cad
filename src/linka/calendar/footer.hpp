// The last line of a zone's file: by which rule clocks change after the last change that the file
// lists (POSIX TZ, RFC 8536 §3.3), as "CET-1CEST,M3.5.0,M10.5.0/3".
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace linka::calendar {

struct Change {
    std::int64_t at = 0;      // seconds since 1970
    std::int64_t offset = 0;  // seconds east of UTC, from then on
};

/// What the rule says is worked out until the end of this year.
inline constexpr int last_year_of_rules = 2200;

/// The changes later than `after`, in order. None where clocks do not change any more, or where
/// `footer` is malformed.
std::vector<Change> changes_by(std::string_view footer, std::int64_t after);

}  // namespace linka::calendar
