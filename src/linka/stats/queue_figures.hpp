// Queue figures: what one interaction adds to its queue, in the interval in which it entered, and
// what follows from the sums. `total = answered + unanswered + waiting`, always.
//
// Adding and taking away are exact opposites (but for the maximum, which only grows, as the wait of
// an interaction does), so figures are kept up to date by taking away what a row counted as and
// adding what it counts as now; counting all rows afresh gives the same.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/time.hpp"

#include <cstdint>
#include <string_view>

namespace linka::stats {

/// How an interaction stands in the count. Exactly one at a time.
enum class QueueResult {
    waiting,
    answered,
    abandoned,
    timed_out,
    left_by_key,
    left_empty,
    refused_full,
    refused_empty,
    refused_closed,
    closed,
    busy,
    no_answer,
    cancelled,
    failed
};
LINKA_DESCRIBE_ENUM(QueueResult, waiting, answered, abandoned, timed_out, left_by_key, left_empty,
                    refused_full, refused_empty, refused_closed, closed, busy, no_answer, cancelled,
                    failed)

/// What is counted of one interaction. `wait`: until answered, or until over if never answered.
/// The work times are sums over its activities, `talk` without `hold`.
struct InteractionFacts {
    QueueResult result = QueueResult::waiting;
    bool in_time = false;  // answered within the queue's N
    bool early = false;    // abandoned within the queue's M
    bool re_entry = false;
    std::int64_t attempts = 0;
    Duration wait{};
    Duration before_work{};
    Duration talk{};
    Duration hold{};
    Duration after_work{};
};

/// Sums over interactions. The work times are those of answered interactions.
struct QueueFigures {
    std::int64_t total = 0;
    std::int64_t answered = 0;
    std::int64_t waiting = 0;
    std::int64_t abandoned = 0;
    std::int64_t timed_out = 0;
    std::int64_t left_by_key = 0;
    std::int64_t left_empty = 0;
    std::int64_t refused_full = 0;
    std::int64_t refused_empty = 0;
    std::int64_t refused_closed = 0;
    std::int64_t closed = 0;
    std::int64_t busy = 0;
    std::int64_t no_answer = 0;
    std::int64_t cancelled = 0;
    std::int64_t failed = 0;
    std::int64_t in_time = 0;
    std::int64_t early = 0;
    std::int64_t re_entries = 0;
    std::int64_t attempts = 0;
    Duration wait_answered{};
    Duration wait_unanswered{};
    Duration wait_max{};
    Duration before_work{};
    Duration talk{};
    Duration hold{};
    Duration after_work{};
    bool operator==(const QueueFigures&) const = default;
};
LINKA_DESCRIBE(QueueFigures,
               (total, answered, waiting, abandoned, timed_out, left_by_key, left_empty,
                refused_full, refused_empty, refused_closed, closed, busy, no_answer, cancelled,
                failed, in_time, early, re_entries, attempts, wait_answered, wait_unanswered,
                wait_max, before_work, talk, hold, after_work))

void add(QueueFigures& figures, const InteractionFacts& facts);
/// Takes away what add() added; wait_max stays.
void subtract(QueueFigures& figures, const InteractionFacts& facts);
/// Sums of sums: of several intervals, or several queues.
void add(QueueFigures& figures, const QueueFigures& more);

std::int64_t unanswered(const QueueFigures& figures);

/// What is derived from sums. Ratios are NaN (null in JSON) where there is nothing to divide by.
struct QueueRatios {
    std::int64_t unanswered = 0;
    double asa = 0;            // seconds: mean wait of answered
    double aht = 0;            // seconds: (before-work + talk + hold + after-work) / answered
    double service_level = 0;  // 0..1: in_time / (total - early - waiting)
    double answer_rate = 0;    // 0..1: answered / (total - waiting)
    double abandon_rate = 0;   // 0..1: abandoned / (total - waiting)
};
LINKA_DESCRIBE(QueueRatios, (unanswered, asa, aht, service_level, answer_rate, abandon_rate))
QueueRatios ratios(const QueueFigures& figures);

}  // namespace linka::stats
