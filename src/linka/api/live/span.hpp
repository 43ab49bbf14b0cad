// Private to live/: the time that a report is of, as a request gives it.
#pragma once

#include "linka/api/server/http.hpp"
#include "linka/base/result.hpp"
#include "linka/base/time.hpp"

#include <utility>
#include <vector>

namespace linka::api {

/// A span of time and how it is cut: whole local days, or equal steps (0: not at all).
struct Span {
    std::vector<std::pair<Instant, Instant>> parts;  // never empty, in order, without gaps
    Duration step{};
};

/// From the parameters `from` and `to` (ISO 8601, or wall time of the zone in x-timezone-client;
/// today by default) and `step` (seconds, a multiple of 900, or "day"). Errors: `invalid` with the
/// field; over 400 days, too.
Result<Span> span_of(const Request& request, Instant now);

}  // namespace linka::api
