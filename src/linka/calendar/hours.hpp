// When a company is open: the rules of a time group, judged at an instant. It knows no clock, and
// the zone is given.
//
// What the clock on the wall shows decides, so hours over midnight are an hour shorter or longer in
// the nights when clocks change, and an hour that comes twice counts twice. Of two things that say
// something of a minute the first of these holds:
//   1. a rule of a date that shuts, then one that opens. A date for which rules open has no other
//      hours than theirs; one for which rules shut only keeps its usual hours but for that;
//   2. holidays, which are shut from midnight to midnight;
//   3. a rule of days that shuts, then one that opens.
// Hours over midnight belong to the day on which they begin, and there must apply; of the next day
// they take what nothing above them takes. Where no rule opens at all (no rule, or some that only
// shut), it is open but for what is shut.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/calendar/holidays.hpp"
#include "linka/calendar/zone.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::calendar {

inline constexpr int minutes_of_day = 24 * 60;
inline constexpr std::size_t rules_max = 100;
/// How far changes are looked for.
inline constexpr Duration ahead_max = 400 * 24h;

struct Date {
    int year = 0;
    int month = 0;
    int day = 0;
    bool operator==(const Date&) const = default;
};
LINKA_DESCRIBE(Date, (year, month, day))

/// Of days of the week or of one date. `from` and `to` are minutes of the day; `to` before `from`:
/// over midnight, into the next day.
struct Rule {
    std::vector<int> days;  // 1 Monday .. 7
    std::optional<Date> date;
    int from = 0;
    int to = minutes_of_day;  // excluded
    bool closed = false;      // shuts instead of opening
    bool operator==(const Rule&) const = default;
};
LINKA_DESCRIBE(Rule, (days, date, from, to, closed))

struct Hours {
    std::vector<Rule> rules;
    std::vector<std::string> holidays;  // of these countries, as countries() has them
    std::string zone = "Europe/Prague";
    bool operator==(const Hours&) const = default;
};
LINKA_DESCRIBE(Hours, (rules, holidays, zone))

struct HoursState {
    bool open = false;
    std::optional<Instant> changes_at;  // none: not within ahead_max
    /// What decides: one of these, or none where it is so because no rule speaks.
    std::optional<std::size_t> rule;  // its place in Hours::rules
    std::optional<Holiday> holiday;
};

/// Of hours that have passed check(); `zone` is theirs.
bool is_open(const Hours& hours, const Zone& zone, Instant at);
/// The same with what decides and until when; looking ahead is the dear part of it.
HoursState state_at(const Hours& hours, const Zone& zone, Instant at);

/// What is wrong: where ("rules.3.from"), what is there, and what may be.
struct Fault {
    std::string field;
    std::string value;
    std::string limit;
    bool operator==(const Fault&) const = default;
};
/// All that is wrong but for the zone, of which only whoever may read files knows whether there is
/// one of that name.
std::vector<Fault> check(const Hours& hours);
inline constexpr const char* zone_rule = "a time zone as Europe/Prague";

/// "08:00", "24:00"; how people write minutes of the day.
std::string clock_text(int minutes);
std::optional<int> from_clock_text(std::string_view text);
/// "2026-12-24".
std::string date_text(const Date& date);
/// As it is written, whether there is such a day or not.
std::optional<Date> from_date_text(std::string_view text);

}  // namespace linka::calendar
