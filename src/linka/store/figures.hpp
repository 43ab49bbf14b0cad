// Figures: rows of the interval tables added up over steps, as JSON. See Reader.
#pragma once

#include "linka/core/ids.hpp"
#include "linka/store/db/db.hpp"

#include <string>
#include <vector>

namespace linka::store {

/// [from, to) in steps; `step` 0: one.
struct Span {
    Instant from;
    Instant to;
    Duration step{};
};

/// The span as the intervals see it, or why it cannot be.
Result<Span> aligned(Span span, std::size_t owners);

Result<std::string> queue_figures(Db& db, const Span& span,
                                  const std::vector<core::QueueId>& queues);
/// States that go on count up to `now`.
Result<std::string> user_figures(Db& db, const Span& span, const std::vector<core::UserId>& users,
                                 Instant now);

}  // namespace linka::store
