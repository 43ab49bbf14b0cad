// Instants as ISO 8601 text, in UTC: how surfaces and the log write them.
#pragma once

#include "linka/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace linka {

/// "2026-11-23T17:45:28.123Z"; empty for an instant that is none.
std::string iso_time(Instant at);
/// Reads what iso_time writes, with or without fraction, Z or an offset ±hh:mm.
std::optional<Instant> from_iso_time(std::string_view text);

}  // namespace linka
