#include "linka/calendar/zone.hpp"

#include "linka/base/iso_time.hpp"

#include <gtest/gtest.h>

namespace linka::calendar {
namespace {

TEST(Zone, writes_and_reads_wall_time) {
    const auto prague = Zone::find("Europe/Prague");
    ASSERT_NE(prague, nullptr);
    const Instant winter{1'767'265'200'000'000};  // 2026-01-01T11:00:00Z
    EXPECT_EQ(prague->text(winter), "2026-01-01 12:00:00");
    EXPECT_EQ(*prague->instant("2026-01-01 12:00:00"), winter);
    EXPECT_EQ(prague->text(*prague->instant("2026-07-01")), "2026-07-01 00:00:00");
    EXPECT_EQ(prague->text(*prague->instant("2026-03-29 02:30:00")), "2026-03-29 03:00:00");
    for (const std::string_view bad : {"../../etc/passwd", "/etc/passwd", "Nowhere/Land", ""}) {
        EXPECT_EQ(Zone::find(bad), nullptr) << bad;
    }
    EXPECT_FALSE(prague->instant("2026-13-01").has_value());
    EXPECT_EQ(Zone::parse("x", "TZif2"), nullptr);
}

// Goal: bounds by wall time hold in the nights when clocks change. The hours of 2026 in Prague.
TEST(Zone, knows_hours_that_come_twice_and_never) {
    const auto prague = Zone::find("Europe/Prague");
    ASSERT_NE(prague, nullptr);
    const auto twice = prague->seconds("2026-10-25 02:30:00");
    ASSERT_EQ(twice.size(), 2U);
    EXPECT_EQ(twice[1].from - twice[0].from, 1h);
    EXPECT_EQ(twice[0].until - twice[0].from, 1s);
    const auto never = prague->seconds("2026-03-29 02:30:00");
    ASSERT_EQ(never.size(), 1U);
    EXPECT_EQ(never[0].from, never[0].until);
    EXPECT_EQ(prague->text(never[0].from), "2026-03-29 03:00:00");
    EXPECT_EQ(prague->seconds("2026-07-01 12:00:00").size(), 1U);
    EXPECT_TRUE(prague->seconds("2026-07-01 12:60:00").empty());
}

std::chrono::local_seconds wall_time(int year, unsigned month, unsigned day, Duration time) {
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(year), std::chrono::month(month),
                              std::chrono::day(day)};
    return local_seconds(local_days(date)) + floor<seconds>(time);
}

TEST(Zone, shows_what_the_clock_on_the_wall_shows) {
    const auto prague = Zone::find("Europe/Prague");
    ASSERT_NE(prague, nullptr);
    struct Row {
        std::string_view instant;
        std::chrono::local_seconds wall;
    };
    for (const Row& row :
         {Row{"2026-01-01T11:00:00.999Z", wall_time(2026, 1, 1, 12h)},
          Row{"2026-12-31T23:00:00Z", wall_time(2027, 1, 1, 0h)},
          Row{"2026-03-29T00:59:59Z", wall_time(2026, 3, 29, 1h + 59min + 59s)},
          Row{"2026-03-29T01:00:00Z", wall_time(2026, 3, 29, 3h)},
          Row{"2026-10-25T00:59:59Z", wall_time(2026, 10, 25, 2h + 59min + 59s)},
          Row{"2026-10-25T01:00:00Z", wall_time(2026, 10, 25, 2h)},
          Row{"1969-12-31T22:59:59.500Z", wall_time(1969, 12, 31, 23h + 59min + 59s)}}) {
        EXPECT_EQ(prague->wall(*from_iso_time(row.instant)), row.wall) << row.instant;
    }
    // There and back, but for the hour that comes twice and the one that is skipped.
    EXPECT_EQ(prague->instant(wall_time(2026, 7, 1, 12h)), *from_iso_time("2026-07-01T10:00:00Z"));
    EXPECT_EQ(prague->instant(wall_time(2026, 10, 25, 2h)), *from_iso_time("2026-10-25T00:00:00Z"));
    EXPECT_EQ(prague->instant(wall_time(2026, 3, 29, 2h + 30min)),
              *from_iso_time("2026-03-29T01:00:00Z"));
}

TEST(Zone, knows_when_clocks_change_next) {
    const auto prague = Zone::find("Europe/Prague");
    ASSERT_NE(prague, nullptr);
    const Instant spring = *from_iso_time("2026-03-29T01:00:00Z");
    const Instant autumn = *from_iso_time("2026-10-25T01:00:00Z");
    EXPECT_EQ(prague->next_change(*from_iso_time("2026-01-01T00:00:00Z")), spring);
    EXPECT_EQ(prague->next_change(spring - 1us), spring);
    EXPECT_EQ(prague->next_change(spring), autumn);
    EXPECT_EQ(Zone::find("UTC")->next_change(spring), Instant::never());
}

}  // namespace
}  // namespace linka::calendar
