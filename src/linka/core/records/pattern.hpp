// Patterns of dialled numbers, and the inbound rule that fits a call best.
#pragma once

#include "linka/core/records/records.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace linka::core {

/// Does `pattern` fit? Exact text, or behind a leading `_`: X 0-9, Z 1-9, N 2-9, [1237-9] a set,
/// `.` one or more characters, everything else itself.
bool matches(std::string_view pattern, std::string_view number);
/// Is it fit to be saved: digits, or behind `_` digits, X, Z, N, sets of digits and ranges of
/// digits, and `.` at the end; of at most limits::call_rule_bytes_max.
bool is_pattern(std::string_view pattern);

/// The rule with the best DID (exact, then the longest literal prefix, then any), within that the
/// best caller (in any of the forms given), then the lowest position and id; null if none fits.
const Route* best_route(const std::map<RouteId, Route>& routes, std::string_view did,
                        const std::vector<std::string>& callers);

}  // namespace linka::core
