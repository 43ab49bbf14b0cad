// Reader: lists and single rows of the projections, as JSON objects ready for surfaces. One per
// thread.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/core/journal/event.hpp"
#include "linka/store/files.hpp"
#include "linka/store/query.hpp"

#include <cstdint>
#include <functional>
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
    records,  // of every model that the core does not decide by; filter by `model`
    activities,
    interactions,
    offers,
    recordings,
    legs,
    decisions,
    audit,
    calls,
    states  // what users did when: stretches of one state
};

/// One row: the projection's columns as one JSON object, instants and durations in microseconds,
/// ids as integers, 0 and "" for none (the structs of rows.hpp). Records (users, queues, devices,
/// pauses, routes, menus, ring_groups, statuses, records) are the record as it was saved. The
/// surface renders it.
struct Page {
    std::vector<std::string> rows;
    std::int64_t total = 0;
};

/// Calls and recordings that go with somebody's past, and that stay.
struct PastAmounts {
    std::int64_t calls_go = 0;
    std::int64_t calls_stay = 0;
    std::int64_t recordings_go = 0;
    std::int64_t recordings_stay = 0;
};

/// A call's way is looked for among so many events before its first interaction.
inline constexpr std::int64_t way_events_max = 20'000;

class Reader {
  public:
    virtual ~Reader() = default;
    /// Fields of the filter and the order must be columns of the model: `invalid` names an unknown
    /// one. Of interactions a filter may name columns of their activities and recordings too:
    /// `activities.note`, `recordings.status`; one that meets it is enough. Values are written as
    /// in rows: integers, true/false, text. Order is stable: ties are broken by id; with no order,
    /// newest first (records: by id). Removed records are left out unless the filter speaks of
    /// `removed`. `like` without % means contains; text operators ignore case, as does eq with
    /// ignore_case. `search`: every word must be in one of the model's texts,
    /// whatever its case and accents.
    virtual Result<Page> list(Model model, const Query& query) = 0;
    /// The columns that `list` knows for a model.
    virtual std::vector<std::string> fields(Model model) = 0;
    /// The decisions and offers about one interaction, oldest first.
    virtual Result<std::vector<core::Record>> events_about(core::InteractionId interaction,
                                                           std::size_t max) = 0;
    /// How a call came to where it was at `before` (an event's number): its start and the steps
    /// until then, oldest first. Looks no further back than `way_events_max` events.
    virtual Result<std::vector<core::Record>> way_of_call(core::CallId call,
                                                          std::int64_t before) = 0;
    /// Figures of queues in [from, to), added up over `step`s: a JSON array of
    /// {"queue", "at", "until", members of stats::QueueFigures, members of stats::QueueRatios},
    /// ordered by queue and time, only where something happened. Instants and durations are
    /// microseconds; of the ratios, asa and aht are seconds, the rest 0..1, null where there is
    /// nothing to divide by. `from` lies on a quarter of an hour, `to` is raised to one; `step` is
    /// a multiple of it, or 0 for one row over all. No queues: all. The list behind a figure:
    /// stats::list_behind(name, queue, at, until). Errors: `invalid`, `full` (over 100,000 rows).
    virtual Result<std::string> queue_figures(Instant from, Instant to, Duration step,
                                              const std::vector<core::QueueId>& queues) = 0;
    /// The same of users: {"user", "at", "until", members of stats::UserFigures, members of
    /// stats::UserRatios, "pauses": [{"pause", "paid", "time"}]}; wrap-up is among the pauses and
    /// has its own time. States that go on are counted up to now.
    virtual Result<std::string> user_figures(Instant from, Instant to, Duration step,
                                             const std::vector<core::UserId>& users) = 0;
    /// See store/past.hpp.
    virtual Result<PastAmounts> past_amounts(const core::Past& past) = 0;
    /// The recordings up to `last` that there are, ascending.
    virtual Result<std::vector<core::RecordingId>> recordings_until(core::RecordingId last) = 0;
};

/// A reader of its own over the store at `place`, which may be open elsewhere. `clock`: see
/// Options. A call that takes longer than 10 s ends with `timed_out`.
Result<std::unique_ptr<Reader>> open_reader(const Place& place,
                                            std::function<Instant()> clock = {});

}  // namespace linka::store
