#include "linka/stats/queue_figures.hpp"

#include "linka/stats/interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace linka::stats {

namespace {

std::int64_t& count_of(QueueFigures& figures, QueueResult result) {
    switch (result) {
        case QueueResult::waiting:
            return figures.waiting;
        case QueueResult::answered:
            return figures.answered;
        case QueueResult::abandoned:
            return figures.abandoned;
        case QueueResult::timed_out:
            return figures.timed_out;
        case QueueResult::left_by_key:
            return figures.left_by_key;
        case QueueResult::left_empty:
            return figures.left_empty;
        case QueueResult::refused_full:
            return figures.refused_full;
        case QueueResult::refused_empty:
            return figures.refused_empty;
        case QueueResult::refused_closed:
            return figures.refused_closed;
        case QueueResult::closed:
            return figures.closed;
        case QueueResult::busy:
            return figures.busy;
        case QueueResult::no_answer:
            return figures.no_answer;
        case QueueResult::cancelled:
            return figures.cancelled;
        case QueueResult::failed:
            break;
    }
    return figures.failed;
}

void count(QueueFigures& figures, const InteractionFacts& facts, int sign) {
    figures.total += sign;
    count_of(figures, facts.result) += sign;
    figures.in_time += facts.in_time ? sign : 0;
    figures.early += facts.early ? sign : 0;
    figures.re_entries += facts.re_entry ? sign : 0;
    figures.attempts += sign * facts.attempts;
    if (facts.result == QueueResult::answered) {
        figures.wait_answered += sign * facts.wait;
        figures.before_work += sign * facts.before_work;
        figures.talk += sign * facts.talk;
        figures.hold += sign * facts.hold;
        figures.after_work += sign * facts.after_work;
    } else if (facts.result != QueueResult::waiting) {
        figures.wait_unanswered += sign * facts.wait;
    }
}

double divide(double value, std::int64_t by) {
    return by > 0 ? value / static_cast<double>(by) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

void add(QueueFigures& figures, const InteractionFacts& facts) {
    count(figures, facts, 1);
    figures.wait_max = std::max(figures.wait_max, facts.wait);
}

void subtract(QueueFigures& figures, const InteractionFacts& facts) {
    count(figures, facts, -1);
}

void add(QueueFigures& figures, const QueueFigures& more) {
    const Duration wait_max = std::max(figures.wait_max, more.wait_max);
    using Members = boost::describe::describe_members<QueueFigures, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>(
        [&](auto member) { figures.*member.pointer += more.*member.pointer; });
    figures.wait_max = wait_max;
}

std::int64_t unanswered(const QueueFigures& figures) {
    return figures.total - figures.answered - figures.waiting;
}

QueueRatios ratios(const QueueFigures& figures) {
    const std::int64_t settled = figures.total - figures.waiting;
    const auto ratio = [](std::int64_t part, std::int64_t whole) {
        return divide(static_cast<double>(part), whole);
    };
    return {.unanswered = unanswered(figures),
            .asa = divide(seconds(figures.wait_answered), figures.answered),
            .aht = divide(
                seconds(figures.before_work + figures.talk + figures.hold + figures.after_work),
                figures.answered),
            .service_level = ratio(figures.in_time, settled - figures.early),
            .answer_rate = ratio(figures.answered, settled),
            .abandon_rate = ratio(figures.abandoned, settled)};
}

}  // namespace linka::stats
