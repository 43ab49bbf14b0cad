// Reader: lists and single rows of the projections, as JSON objects ready for surfaces. One per
// thread.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/core/event.hpp"
#include "linka/store/query.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace linka::store {

/// Models that can be listed. Records as they are stored (users …), and what the events left.
enum class Model {
    users,
    queues,
    devices,
    pauses,
    routes,
    menus,
    ring_groups,
    statuses,
    activities,
    interactions,
    offers,
    recordings,
    legs,
    decisions,
    audit
};

/// One row: the projection's columns as one JSON object (`json`), instants and durations in
/// microseconds, ids as integers. The surface renders it.
struct Page {
    std::vector<std::string> rows;
    std::int64_t total = 0;
};

class Reader {
  public:
    virtual ~Reader() = default;
    /// Fields of the filter and the order must be columns of the model: `invalid` names an unknown
    /// one. Order is stable: ties are broken by id.
    virtual Result<Page> list(Model model, const Query& query) = 0;
    /// The columns that `list` knows for a model.
    virtual std::vector<std::string> fields(Model model) = 0;
    /// The decisions and offers about one interaction, oldest first.
    virtual Result<std::vector<core::Record>> events_about(core::InteractionId interaction,
                                                           std::size_t max) = 0;
    /// Figures by interval: rows of stats, see stats/.
    virtual Result<std::string> queue_figures(Instant from, Instant to, Duration step,
                                              const std::vector<core::QueueId>& queues) = 0;
    virtual Result<std::string> user_figures(Instant from, Instant to, Duration step,
                                             const std::vector<core::UserId>& users) = 0;
};

}  // namespace linka::store
