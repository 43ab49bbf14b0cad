#include "linka/calendar/hours.hpp"

#include "linka/base/iso_time.hpp"
#include "linka/base/json_read.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace linka::calendar {
namespace {

const std::vector<int> workdays{1, 2, 3, 4, 5};
const std::vector<int> all_week{1, 2, 3, 4, 5, 6, 7};

Rule on(std::vector<int> days, std::string_view from, std::string_view to) {
    Rule rule;
    rule.days = std::move(days);
    rule.from = *from_clock_text(from);
    rule.to = *from_clock_text(to);
    return rule;
}

Rule on(std::string_view date, std::string_view from, std::string_view to) {
    Rule rule = on(std::vector<int>(), from, to);
    rule.date = from_date_text(date);
    return rule;
}

Rule shut(Rule rule) {
    rule.closed = true;
    return rule;
}

Hours hours_of(std::vector<Rule> rules, std::vector<std::string> holidays = {}) {
    Hours hours;
    hours.rules = std::move(rules);
    hours.holidays = std::move(holidays);
    return hours;
}

const Zone& prague() {
    static const std::shared_ptr<const Zone> zone = Zone::find("Europe/Prague");
    return *zone;
}

struct Look {
    std::string_view at;
    bool open;
    std::string_view by;       // "0": that rule; or the holiday's name; empty: nothing
    std::string_view changes;  // empty: it does not
};

void expect(const Hours& hours, const std::vector<Look>& looks) {
    EXPECT_TRUE(check(hours).empty());
    for (const Look& look : looks) {
        const Instant at = *from_iso_time(look.at);
        const HoursState state = state_at(hours, prague(), at);
        EXPECT_EQ(state.open, look.open) << look.at;
        EXPECT_EQ(is_open(hours, prague(), at), look.open) << look.at;
        const std::string rule = state.rule ? std::to_string(*state.rule) : "";
        EXPECT_EQ(state.holiday ? std::string(state.holiday->cs) : rule, look.by) << look.at;
        const Instant wanted = look.changes.empty() ? Instant() : *from_iso_time(look.changes);
        EXPECT_EQ(iso_time(state.changes_at.value_or(Instant())), iso_time(wanted)) << look.at;
    }
}

// 2026-11-30 is a Monday, 2026-12-24 a Thursday.
TEST(Hours, open_and_close_on_workdays) {
    expect(hours_of({on(workdays, "08:00", "17:00")}, {"CZ"}),
           {{"2026-11-30T07:59:59+01:00", false, "", "2026-11-30T08:00:00+01:00"},
            {"2026-11-30T08:00:00+01:00", true, "0", "2026-11-30T17:00:00+01:00"},
            {"2026-11-30T16:59:59.999+01:00", true, "0", "2026-11-30T17:00:00+01:00"},
            {"2026-11-30T17:00:00+01:00", false, "", "2026-12-01T08:00:00+01:00"},
            {"2026-12-04T18:00:00+01:00", false, "", "2026-12-07T08:00:00+01:00"}});
}

TEST(Hours, holidays_beat_days) {
    expect(hours_of({on(workdays, "08:00", "17:00")}, {"CZ"}),
           {{"2026-12-23T18:00:00+01:00", false, "", "2026-12-28T08:00:00+01:00"},
            {"2026-12-24T10:00:00+01:00", false, "Štědrý den", "2026-12-28T08:00:00+01:00"}});
    expect(hours_of({on(workdays, "08:00", "17:00")}, {"DE", "SK"}),
           {{"2026-12-24T10:00:00+01:00", false, "Štědrý den", "2026-12-28T08:00:00+01:00"},
            {"2026-11-17T10:00:00+01:00", true, "0", "2026-11-17T17:00:00+01:00"}});
}

TEST(Hours, dates_beat_holidays_and_days) {
    expect(hours_of({on(workdays, "08:00", "17:00"), on("2026-12-24", "09:00", "12:00"),
                     on("2026-12-24", "13:00", "14:00"), on("2026-11-30", "10:00", "11:00")},
                    {"CZ"}),
           {{"2026-12-24T08:30:00+01:00", false, "1", "2026-12-24T09:00:00+01:00"},
            {"2026-12-24T10:00:00+01:00", true, "1", "2026-12-24T12:00:00+01:00"},
            {"2026-12-24T13:30:00+01:00", true, "2", "2026-12-24T14:00:00+01:00"},
            {"2026-12-24T14:00:00+01:00", false, "1", "2026-12-28T08:00:00+01:00"},
            {"2026-11-30T12:00:00+01:00", false, "3", "2026-12-01T08:00:00+01:00"}});
}

TEST(Hours, what_is_shut_is_taken_off) {
    expect(hours_of({on(workdays, "08:00", "12:15"), on(workdays, "12:10", "17:00"),
                     shut(on(workdays, "12:00", "12:30"))}),
           {{"2026-11-30T11:00:00+01:00", true, "0", "2026-11-30T12:00:00+01:00"},
            {"2026-11-30T12:12:00+01:00", false, "2", "2026-11-30T12:30:00+01:00"},
            {"2026-11-30T12:30:00+01:00", true, "1", "2026-11-30T17:00:00+01:00"}});
    // A date that only shuts keeps its usual hours but for that.
    expect(hours_of({on(workdays, "08:00", "17:00"), shut(on("2026-11-30", "12:00", "24:00"))}),
           {{"2026-11-30T09:00:00+01:00", true, "0", "2026-11-30T12:00:00+01:00"},
            {"2026-11-30T13:00:00+01:00", false, "1", "2026-12-01T08:00:00+01:00"}});
    // Of the rules of one date those that shut hold.
    expect(hours_of({on("2026-11-30", "08:00", "17:00"), shut(on("2026-11-30", "12:00", "13:00")),
                     shut(on(workdays, "15:00", "16:00"))}),
           {{"2026-11-30T12:30:00+01:00", false, "1", "2026-11-30T13:00:00+01:00"},
            {"2026-11-30T13:00:00+01:00", true, "0", "2026-11-30T17:00:00+01:00"}});
}

TEST(Hours, over_midnight_belong_to_the_day_on_which_they_begin) {
    expect(hours_of({on({5}, "22:00", "06:00")}),
           {{"2026-12-04T03:00:00+01:00", false, "", "2026-12-04T22:00:00+01:00"},
            {"2026-12-04T23:00:00+01:00", true, "0", "2026-12-05T06:00:00+01:00"},
            {"2026-12-05T03:00:00+01:00", true, "0", "2026-12-05T06:00:00+01:00"}});
    // A holiday takes the morning that belongs to the day before it, and its own night.
    expect(hours_of({on(all_week, "22:00", "06:00")}, {"CZ"}),
           {{"2026-10-27T23:00:00+01:00", true, "0", "2026-10-28T00:00:00+01:00"},
            {"2026-10-28T23:00:00+01:00", false, "Den vzniku samostatného československého státu",
             "2026-10-29T22:00:00+01:00"},
            {"2026-10-29T03:00:00+01:00", false, "", "2026-10-29T22:00:00+01:00"}});
    // The night of a date reaches into a holiday.
    expect(hours_of({on("2026-12-31", "18:00", "02:00")}, {"CZ"}),
           {{"2026-12-31T20:00:00+01:00", true, "0", "2027-01-01T02:00:00+01:00"},
            {"2027-01-01T01:00:00+01:00", true, "0", "2027-01-01T02:00:00+01:00"}});
    expect(hours_of({on(all_week, "00:00", "24:00"), shut(on("2026-11-30", "22:00", "06:00"))}),
           {{"2026-12-01T03:00:00+01:00", false, "1", "2026-12-01T06:00:00+01:00"}});
    // To midnight, and on from there on the next day: one stretch.
    expect(hours_of({on({1}, "20:00", "24:00"), on({2}, "00:00", "04:00")}),
           {{"2026-11-30T21:00:00+01:00", true, "0", "2026-12-01T04:00:00+01:00"}});
    expect(hours_of({on({1}, "20:00", "00:00")}),
           {{"2026-11-30T21:00:00+01:00", true, "0", "2026-12-01T00:00:00+01:00"}});
}

TEST(Hours, without_a_rule_that_opens_are_always) {
    expect(hours_of({}), {{"2026-11-30T12:00:00+01:00", true, "", ""}});
    expect(hours_of({}, {"CZ"}),
           {{"2026-11-30T12:00:00+01:00", true, "", "2026-12-24T00:00:00+01:00"},
            {"2026-12-24T12:00:00+01:00", false, "Štědrý den", "2026-12-27T00:00:00+01:00"}});
    expect(hours_of({shut(on("2026-12-31", "00:00", "24:00"))}),
           {{"2026-11-30T12:00:00+01:00", true, "", "2026-12-31T00:00:00+01:00"},
            {"2026-12-31T12:00:00+01:00", false, "0", "2027-01-01T00:00:00+01:00"}});
}

TEST(Hours, look_ahead_for_400_days) {
    expect(hours_of({on("2028-01-04", "00:00", "24:00")}),
           {{"2026-11-30T00:00:00+01:00", false, "", ""},
            {"2026-11-30T00:00:00.001+01:00", false, "", "2028-01-04T00:00:00+01:00"}});
    EXPECT_EQ(state_at(hours_of({}), prague(), Instant::never()).changes_at, std::nullopt);
}

// The clock goes from 2 to 3 on 2026-03-29 and from 3 to 2 on 2026-10-25, both at 01:00 UTC.
TEST(Hours, hold_in_the_nights_when_clocks_change) {
    expect(hours_of({on({7}, "01:00", "03:30")}),
           {{"2026-03-29T00:59:59Z", true, "0", "2026-03-29T01:30:00Z"}});
    expect(hours_of({on({7}, "02:30", "04:00")}),
           {{"2026-03-29T00:59:59Z", false, "", "2026-03-29T01:00:00Z"},
            {"2026-03-29T01:00:00Z", true, "0", "2026-03-29T02:00:00Z"}});
    expect(hours_of({on({7}, "02:00", "03:00")}),
           {{"2026-03-29T00:59:59Z", false, "", "2026-04-05T00:00:00Z"}});
    expect(hours_of({on({7}, "01:00", "02:30")}),
           {{"2026-10-24T23:30:00Z", true, "0", "2026-10-25T00:30:00Z"},
            {"2026-10-25T00:45:00Z", false, "", "2026-10-25T01:00:00Z"},
            {"2026-10-25T01:10:00Z", true, "0", "2026-10-25T01:30:00Z"}});
    expect(hours_of({on({6}, "22:00", "06:00")}),
           {{"2026-03-28T21:00:00Z", true, "0", "2026-03-29T04:00:00Z"},
            {"2026-10-24T20:00:00Z", true, "0", "2026-10-25T05:00:00Z"}});
}

Hours some_hours(std::mt19937& random, std::string_view first_day) {
    const auto up_to = [&](int most) { return std::uniform_int_distribution(0, most)(random); };
    const Instant first = *from_iso_time(std::string(first_day) + "T00:00:00Z");
    Hours hours;
    for (int count = up_to(6); count > 0; --count) {
        Rule rule;
        if (up_to(2) == 0) {
            const Instant day = first + up_to(20) * 24h;
            rule.date = from_date_text(iso_time(day).substr(0, 10));
        } else {
            for (const int day : all_week) {
                if (up_to(1) == 0) {
                    rule.days.push_back(day);
                }
            }
            rule.days.push_back(rule.days.empty() ? 7 : rule.days.front() % 7 + 1);
            std::sort(rule.days.begin(), rule.days.end());
            rule.days.erase(std::unique(rule.days.begin(), rule.days.end()), rule.days.end());
        }
        const bool by_night = up_to(2) == 0;  // where clocks change
        rule.from = by_night ? up_to(200) : up_to(minutes_of_day - 1);
        rule.to = by_night ? up_to(300) : up_to(minutes_of_day);
        rule.to += rule.to == rule.from ? 1 : 0;
        rule.closed = up_to(3) == 0;
        hours.rules.push_back(rule);
    }
    for (const std::string_view country : countries()) {
        if (up_to(4) == 0) {
            hours.holidays.emplace_back(country);
        }
    }
    return hours;
}

// Goal: `changes_at` is what somebody sees who looks at the door minute by minute. Weeks with
// changes of the clocks and holidays, in a zone on each side of UTC.
TEST(Hours, change_when_they_are_seen_to_change) {
    constexpr int minutes = 21 * 24 * 60;
    unsigned seed = 1;
    for (const std::string_view name : {"Europe/Prague", "America/New_York", "Asia/Kathmandu"}) {
        const auto zone = Zone::find(name);
        ASSERT_NE(zone, nullptr) << name;
        for (const std::string_view day :
             {"2026-02-27", "2026-03-20", "2026-10-16", "2026-12-18"}) {
            for (int time = 0; time < 4; ++time, ++seed) {
                std::mt19937 random(seed);
                const Hours hours = some_hours(random, day);
                ASSERT_TRUE(check(hours).empty()) << json::to_text(hours);
                const Instant first = *from_iso_time(std::string(day) + "T00:00:00Z");
                Instant next = Instant::never();  // seen so far, from the end to the beginning
                bool later = is_open(hours, *zone, first + minutes * 1min);
                for (int minute = minutes - 1; minute >= 0; --minute) {
                    const Instant at = first + minute * 1min;
                    const bool open = is_open(hours, *zone, at);
                    if (open != later) {
                        next = at + 1min;
                    }
                    if (next != Instant::never() && (open != later || minute % 61 == 0)) {
                        const HoursState state = state_at(hours, *zone, at + 30s);
                        ASSERT_EQ(state.open, open) << seed;
                        ASSERT_EQ(iso_time(state.changes_at.value_or(Instant())), iso_time(next))
                            << "seed " << seed << " at " << iso_time(at) << json::to_text(hours);
                    }
                    later = open;
                }
            }
        }
    }
}

TEST(Hours, are_kept_as_json) {
    const Hours hours = hours_of(
        {on(workdays, "08:00", "17:00"), shut(on("2026-12-24", "00:00", "24:00"))}, {"CZ"});
    const std::string text = json::to_text(hours);
    EXPECT_EQ(text,
              R"({"rules":[{"days":[1,2,3,4,5],"date":null,"from":480,"to":1020,"closed":false},)"
              R"({"days":[],"date":{"year":2026,"month":12,"day":24},"from":0,"to":1440,)"
              R"("closed":true}],"holidays":["CZ"],"zone":"Europe/Prague"})");
    const auto read = json::from_text<Hours>(text);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, hours);
}

}  // namespace
}  // namespace linka::calendar
