#include "linka/calendar/hours.hpp"

#include <algorithm>

namespace linka::calendar {

namespace {

using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::local_time;

constexpr std::chrono::days one_day{1};

// What a rule or a holiday says of some minutes of a day.
struct Span {
    int from = 0;
    int to = minutes_of_day;
    bool open = false;
    std::optional<std::size_t> rule;
    std::optional<Holiday> holiday;
};

bool begins_on(const Rule& rule, local_days day) {
    if (rule.date) {
        const std::chrono::year_month_day date(day);
        return *rule.date == Date{static_cast<int>(date.year()),
                                  static_cast<int>(static_cast<unsigned>(date.month())),
                                  static_cast<int>(static_cast<unsigned>(date.day()))};
    }
    const auto weekday = static_cast<int>(std::chrono::weekday(day).iso_encoding());
    return std::find(rule.days.begin(), rule.days.end(), weekday) != rule.days.end();
}

std::optional<Holiday> holiday_of(const Hours& hours, local_days day) {
    for (const std::string& country : hours.holidays) {
        if (const auto holiday = holiday_on(country, day)) {
            return holiday;
        }
    }
    return std::nullopt;
}

// The first rule that gives the date hours of its own.
std::optional<std::size_t> own_rule(const Hours& hours, local_days day) {
    for (std::size_t i = 0; i < hours.rules.size(); ++i) {
        const Rule& rule = hours.rules[i];
        if (rule.date && !rule.closed && begins_on(rule, day)) {
            return i;
        }
    }
    return std::nullopt;
}

// One day on the wall.
class Day {
  public:
    Day(const Hours& hours, local_days day) : hours_(hours), day_(day) {
        add(Of::date, true, true);
        add(Of::date, false, true);
        const auto own = own_rule(hours, day);
        const auto holiday = own ? std::nullopt : holiday_of(hours, day);
        if (own || holiday) {
            spans_.push_back({0, minutes_of_day, false, own, holiday});
            return;
        }
        const local_days before = day - one_day;
        const bool was_usual = !own_rule(hours, before) && !holiday_of(hours, before);
        add(Of::days, true, was_usual);
        add(Of::days, false, was_usual);
        const bool any_opens = std::any_of(hours.rules.begin(), hours.rules.end(),
                                           [](const Rule& rule) { return !rule.closed; });
        spans_.push_back({0, minutes_of_day, !any_opens, {}, {}});
    }

    [[nodiscard]] const Span& at(int minute) const {
        const auto found = std::find_if(spans_.begin(), spans_.end(), [&](const Span& span) {
            return span.from <= minute && minute < span.to;
        });
        return found == spans_.end() ? spans_.back() : *found;
    }
    // The minutes from which something else may hold, in order.
    [[nodiscard]] std::vector<int> edges() const {
        std::vector<int> minutes;
        for (const Span& span : spans_) {
            minutes.push_back(span.from);
            minutes.push_back(span.to);
        }
        std::sort(minutes.begin(), minutes.end());
        minutes.erase(std::unique(minutes.begin(), minutes.end()), minutes.end());
        return minutes;
    }

  private:
    enum class Of { date, days };

    // What these rules say of the day, those of the day before as well if `with_before`.
    void add(Of of, bool closed, bool with_before) {
        for (std::size_t i = 0; i < hours_.rules.size(); ++i) {
            const Rule& rule = hours_.rules[i];
            if (rule.closed != closed || rule.date.has_value() != (of == Of::date)) {
                continue;
            }
            const bool over_midnight = rule.to < rule.from;
            if (begins_on(rule, day_)) {
                spans_.push_back(
                    {rule.from, over_midnight ? minutes_of_day : rule.to, !closed, i, {}});
            }
            if (with_before && over_midnight && begins_on(rule, day_ - one_day)) {
                spans_.push_back({0, rule.to, !closed, i, {}});
            }
        }
    }

    const Hours& hours_;
    local_days day_;
    std::vector<Span> spans_;  // what beats comes first; the last is the whole day
};

Span span_at(const Hours& hours, const Zone& zone, Instant at) {
    const local_seconds wall = zone.wall(at);
    const local_days day = std::chrono::floor<std::chrono::days>(wall);
    return Day(hours, day).at(static_cast<int>((wall - day) / 1min));
}

// The first instant between the two, both excluded, that is not as `open` says. Clocks go on
// without a change from one to the other.
std::optional<Instant> turns_within(const Hours& hours, const Zone& zone, Instant from,
                                    Instant until, bool open) {
    const local_seconds first = zone.wall(from);
    const local_seconds last = first + std::chrono::ceil<std::chrono::seconds>(until - from);
    const Duration shift = first.time_since_epoch() - std::chrono::floor<std::chrono::seconds>(
                                                          std::chrono::microseconds(from.us));
    for (auto day = std::chrono::floor<std::chrono::days>(first); day <= last; day += one_day) {
        const Day rules(hours, day);
        for (const int minute : rules.edges()) {
            const local_time<Duration> wall = day + std::chrono::minutes(minute);
            const Instant at{(wall.time_since_epoch() - shift).count()};
            const bool is_between = from < at && at < until && minute < minutes_of_day;
            if (is_between && rules.at(minute).open != open) {
                return at;
            }
        }
    }
    return std::nullopt;
}

std::optional<Instant> turns_after(const Hours& hours, const Zone& zone, Instant at, bool open) {
    const Instant end = std::min(at, Instant::never() - ahead_max) + ahead_max;
    while (at < end) {
        const Instant until = std::min(zone.next_change(at), end);
        if (const auto found = turns_within(hours, zone, at, until, open)) {
            return found;
        }
        if (until < end && span_at(hours, zone, until).open != open) {
            return until;
        }
        at = until;
    }
    return std::nullopt;
}

}  // namespace

bool is_open(const Hours& hours, const Zone& zone, Instant at) {
    return span_at(hours, zone, at).open;
}

HoursState state_at(const Hours& hours, const Zone& zone, Instant at) {
    const Span now = span_at(hours, zone, at);
    return {now.open, turns_after(hours, zone, at, now.open), now.rule, now.holiday};
}

}  // namespace linka::calendar
