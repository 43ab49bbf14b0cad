#include "linka/calendar/hours.hpp"

#include <gtest/gtest.h>

namespace linka::calendar {
namespace {

Rule good_rule() {
    Rule rule;
    rule.days = {1, 7};
    rule.from = 480;
    return rule;
}

struct Wrong {
    Rule rule;
    std::string field;
    std::string value;
};

Wrong wrong(void (*spoil)(Rule&), std::string field, std::string value) {
    Rule rule = good_rule();
    spoil(rule);
    return {rule, std::move(field), std::move(value)};
}

TEST(CheckOfHours, names_what_is_wrong_in_a_rule) {
    const std::vector<Wrong> table{
        wrong([](Rule& r) { r.days = {}; }, "days", ""),
        wrong(
            [](Rule& r) {
                r.days = {1, 0};
            },
            "days.1", "0"),
        wrong([](Rule& r) { r.days = {8}; }, "days.0", "8"),
        wrong(
            [](Rule& r) {
                r.days = {2, 3, 2};
            },
            "days.2", "2"),
        wrong(
            [](Rule& r) {
                r.date = Date{2026, 12, 24};
            },
            "date", "2026-12-24"),
        wrong(
            [](Rule& r) {
                r.days = {}, r.date = Date{2026, 2, 29};
            },
            "date", "2026-02-29"),
        wrong(
            [](Rule& r) {
                r.days = {}, r.date = Date{2026, 13, 1};
            },
            "date", "2026-13-01"),
        wrong(
            [](Rule& r) {
                r.days = {}, r.date = Date{26, 1, 1};
            },
            "date", "0026-01-01"),
        wrong([](Rule& r) { r.from = 1440; }, "from", "24:00"),
        wrong([](Rule& r) { r.from = -1; }, "from", "-1"),
        wrong([](Rule& r) { r.to = 1441; }, "to", "24:01"),
        wrong([](Rule& r) { r.to = -5; }, "to", "-5"),
        wrong([](Rule& r) { r.to = 480; }, "to", "08:00"),
    };
    for (const Wrong& row : table) {
        Hours hours;
        hours.rules = {good_rule(), row.rule};
        const auto faults = check(hours);
        ASSERT_EQ(faults.size(), 1U) << row.field << row.value;
        EXPECT_EQ(faults[0].field, "rules.1." + row.field);
        EXPECT_EQ(faults[0].value, row.value);
        EXPECT_FALSE(faults[0].limit.empty());
    }
    Hours leap_day;
    leap_day.rules = {good_rule()};
    leap_day.rules[0].days = {};
    leap_day.rules[0].date = Date{2028, 2, 29};
    EXPECT_TRUE(check(leap_day).empty());
}

TEST(CheckOfHours, names_unknown_countries_and_counts_rules) {
    Hours hours;
    hours.holidays = {"CZ", "XX"};
    const std::vector<Fault> wanted{{"holidays.1", "XX", "AT, CZ, DE, PL, SK, each once"}};
    EXPECT_EQ(check(hours), wanted);
    hours.holidays = {"CZ", "CZ"};
    EXPECT_EQ(check(hours).at(0).field, "holidays.1");
    hours.holidays = {};
    hours.rules.assign(rules_max, good_rule());
    EXPECT_TRUE(check(hours).empty());
    hours.rules.push_back(good_rule());
    const std::vector<Fault> many{{"rules", "101 rules", "at most 100 rules"}};
    EXPECT_EQ(check(hours), many);
}

TEST(ClockText, is_read_and_written) {
    for (const int minutes : {0, 1, 480, 1439, 1440}) {
        EXPECT_EQ(from_clock_text(clock_text(minutes)), minutes);
    }
    EXPECT_EQ(clock_text(485), "08:05");
    for (const std::string_view text :
         {"", "8:00", "08:60", "24:01", "25:00", "0800", "08:00:00", "-1:00", "08:0x"}) {
        EXPECT_EQ(from_clock_text(text), std::nullopt) << text;
    }
}

TEST(DateText, is_read_and_written) {
    EXPECT_EQ(from_date_text("2026-02-03"), (Date{2026, 2, 3}));
    EXPECT_EQ(date_text(Date{2026, 2, 3}), "2026-02-03");
    for (const std::string_view text :
         {"", "2026-2-3", "26-02-03", "2026-02-03T", "2026-02", "+026-02-03"}) {
        EXPECT_EQ(from_date_text(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace linka::calendar
