// Rules of a right to call: which numbers whoever has it may call. Knows nothing of who that is.
#pragma once

#include "linka/core/records/records.hpp"

#include <string_view>

namespace linka::core {

/// Is it one: what is_pattern() takes, perhaps behind `!`, of at most limits::call_rule_bytes_max.
bool is_call_rule(std::string_view rule);
/// May `number` be called by whoever has this right? It is in the normal form (voice/number.hpp);
/// rules name it so, or as it is dialled within the country.
bool may_call(const RightToCall& right, std::string_view number, std::string_view country);

}  // namespace linka::core
