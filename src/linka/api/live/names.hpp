// How surfaces write ids and instants. Activities are "activities_17" (a bare "17" is understood
// too), instants ISO 8601 in UTC with milliseconds, durations seconds.
#pragma once

#include "linka/base/json_write.hpp"
#include "linka/core/ids.hpp"
#include "linka/core/work/channel.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linka::api {

std::string activity_name(core::ActivityId id);
/// 0 if `name` is none.
core::ActivityId activity_from_name(std::string_view name);

/// What the API calls the channels, "CALL", each with our name.
const std::vector<std::pair<std::string_view, std::string_view>>& channel_types();
/// The API's word for a channel, by our name; empty for none of them.
std::string_view channel_type(std::string_view channel);

/// What iso_time writes as JSON: the text in quotes, or null.
json::Raw iso_json(Instant at);
/// Seconds with three decimals, e.g. 12.5.
double seconds_of(Duration duration);

}  // namespace linka::api
