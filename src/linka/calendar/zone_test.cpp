#include "linka/calendar/zone.hpp"

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

}  // namespace
}  // namespace linka::calendar
