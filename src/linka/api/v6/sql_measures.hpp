// Private to v6: comparisons of instants and durations. The tables keep microseconds and v6 shows
// seconds, so one shown value stands for a stretch of kept ones.
#pragma once

#include "linka/api/v6/sql_fields.hpp"

namespace linka::api::v6 {

/// `from` in the words of the table, for a field of kind instant or seconds: compared as it is
/// shown, to the second, wall times in `zone`. A lower bound means the earlier instant of a wall
/// time that comes twice, an upper one the later. Errors: `invalid` names the field.
Result<store::Filter> measured(const store::Filter& from, const SqlField& field,
                               const calendar::Zone& zone);

}  // namespace linka::api::v6
