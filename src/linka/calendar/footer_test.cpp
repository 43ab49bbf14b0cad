#include "linka/calendar/footer.hpp"

#include "linka/base/iso_time.hpp"
#include "linka/calendar/zone.hpp"

#include <gtest/gtest.h>

namespace linka::calendar {
namespace {

std::int64_t unix_seconds(std::string_view iso) {
    return from_iso_time(iso)->us / 1'000'000;
}

struct Turn {
    std::string_view footer;
    std::string_view first;   // change after the beginning of 2038
    std::int64_t offset;      // from then on
    std::string_view second;  // and the one after it
};

// The instants are those that the zoneinfo of Python gives for the zones named.
TEST(Footer, says_when_clocks_change) {
    for (const Turn& row : {
             Turn{"CET-1CEST,M3.5.0,M10.5.0/3", "2038-03-28T01:00:00Z", 7'200,
                  "2038-10-31T01:00:00Z"},  // Europe/Prague
             Turn{"EST5EDT,M3.2.0,M11.1.0", "2038-03-14T07:00:00Z", -14'400,
                  "2038-11-07T06:00:00Z"},  // America/New_York
             Turn{"AEST-10AEDT,M10.1.0,M4.1.0/3", "2038-04-03T16:00:00Z", 36'000,
                  "2038-10-02T16:00:00Z"},  // Australia/Sydney
             Turn{"IST-1GMT0,M10.5.0,M3.5.0/1", "2038-03-28T01:00:00Z", 3'600,
                  "2038-10-31T01:00:00Z"},  // Europe/Dublin
             Turn{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2038-03-28T01:00:00Z", -3'600,
                  "2038-10-31T01:00:00Z"},  // America/Nuuk
             Turn{"XXX-1YYY,J60/0,300/24", "2038-02-28T23:00:00Z", 7'200, "2038-10-28T22:00:00Z"},
         }) {
        const auto changes = changes_by(row.footer, unix_seconds("2038-01-01T00:00:00Z"));
        ASSERT_GT(changes.size(), 300U) << row.footer;
        EXPECT_EQ(changes[0].at, unix_seconds(row.first)) << row.footer;
        EXPECT_EQ(changes[0].offset, row.offset) << row.footer;
        EXPECT_EQ(changes[1].at, unix_seconds(row.second)) << row.footer;
    }
}

TEST(Footer, says_nothing_where_clocks_stay_or_it_is_malformed) {
    for (const std::string_view footer :
         {"CET-1", "<+04>-4", "", "C-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0",
          "CET-1CEST,M13.5.0,M10.5.0/3", "CET-1CEST,M3.0.0,M10.5.0/3", "CET-1CEST,M3.5.7,M10.5.0/3",
          "CET-1CEST,M3.5.0,M10.5.0/3 ", "CET-1CEST,J0,J366", "<CET-1CEST,M3.5.0,M10.5.0/3",
          "CET-999CEST,M3.5.0,M10.5.0/3"}) {
        EXPECT_TRUE(changes_by(footer, 0).empty()) << footer;
    }
}

// Goal: what the file lists and what its last line says are one: summers after 2037 are there.
TEST(Footer, goes_on_where_the_list_of_a_zone_ends) {
    const auto prague = Zone::find("Europe/Prague");
    ASSERT_NE(prague, nullptr);
    EXPECT_EQ(prague->text(*from_iso_time("2037-07-01T10:00:00Z")), "2037-07-01 12:00:00");
    EXPECT_EQ(prague->text(*from_iso_time("2038-07-01T10:00:00Z")), "2038-07-01 12:00:00");
    EXPECT_EQ(prague->text(*from_iso_time("2100-03-28T00:59:59Z")), "2100-03-28 01:59:59");
    EXPECT_EQ(prague->text(*from_iso_time("2100-03-28T01:00:00Z")), "2100-03-28 03:00:00");
    EXPECT_EQ(prague->next_change(*from_iso_time("2037-10-25T01:00:00Z")),
              *from_iso_time("2038-03-28T01:00:00Z"));
}

}  // namespace
}  // namespace linka::calendar
