#include "linka/calendar/holidays.hpp"

#include "linka/base/iso_time.hpp"

#include <gtest/gtest.h>

namespace linka::calendar {
namespace {

std::string iso_date(std::chrono::local_days day) {
    return iso_time(Instant{day.time_since_epoch() / 1us}).substr(0, 10);
}

std::vector<std::string> dates_of(std::string_view country, int year) {
    std::vector<std::string> dates;
    for (const Holiday& holiday : holidays(country, year)) {
        dates.push_back(iso_date(holiday.day));
    }
    return dates;
}

// Years of the earliest and the latest Easter among them.
TEST(Easter, falls_on_known_days) {
    for (const std::string_view date :
         {"1961-04-02", "1981-04-19", "1999-04-04", "2000-04-23", "2008-03-23", "2011-04-24",
          "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16",
          "2029-04-01", "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28",
          "2285-03-22"}) {
        EXPECT_EQ(iso_date(easter(std::stoi(std::string(date.substr(0, 4))))), date);
    }
}

struct Year {
    std::string_view country;
    int year;
    std::vector<std::string> dates;
};

TEST(Holidays, are_those_of_the_laws) {
    for (const Year& row : {
             Year{"CZ",
                  2026,
                  {"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-08",
                   "2026-07-05", "2026-07-06", "2026-09-28", "2026-10-28", "2026-11-17",
                   "2026-12-24", "2026-12-25", "2026-12-26"}},
             Year{"SK",
                  2026,
                  {"2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01",
                   "2026-07-05", "2026-08-29", "2026-11-01", "2026-12-24", "2026-12-25",
                   "2026-12-26"}},
             Year{"AT",
                  2026,
                  {"2026-01-01", "2026-01-06", "2026-04-06", "2026-05-01", "2026-05-14",
                   "2026-05-25", "2026-06-04", "2026-08-15", "2026-10-26", "2026-11-01",
                   "2026-12-08", "2026-12-25", "2026-12-26"}},
             Year{"DE",
                  2026,
                  {"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14",
                   "2026-05-25", "2026-10-03", "2026-12-25", "2026-12-26"}},
             Year{"PL",
                  2026,
                  {"2026-01-01", "2026-01-06", "2026-04-05", "2026-04-06", "2026-05-01",
                   "2026-05-03", "2026-05-24", "2026-06-04", "2026-08-15", "2026-11-01",
                   "2026-11-11", "2026-12-24", "2026-12-25", "2026-12-26"}},
             Year{"cz", 2026, {}},
             Year{"FR", 2026, {}},
         }) {
        EXPECT_EQ(dates_of(row.country, row.year), row.dates) << row.country;
    }
}

struct DayOff {
    std::string_view country;
    std::string_view date;
    std::string_view cs;  // empty: no holiday
};

TEST(Holidays, come_and_go_with_the_laws) {
    for (const DayOff& row : {
             DayOff{"SK", "2023-09-01", "Den Ústavy Slovenské republiky"},
             DayOff{"SK", "2024-09-01", ""},
             DayOff{"SK", "2024-11-17", "Den boje za svobodu a demokracii"},
             DayOff{"SK", "2025-11-17", ""},
             DayOff{"SK", "2025-05-08", "Den vítězství nad fašismem"},
             DayOff{"SK", "2026-05-08", ""},
             DayOff{"SK", "2027-05-08", "Den vítězství nad fašismem"},
             DayOff{"SK", "2025-09-15", "Panna Marie Sedmibolestná"},
             DayOff{"SK", "2026-09-15", ""},
             DayOff{"SK", "2027-09-15", "Panna Marie Sedmibolestná"},
             DayOff{"SK", "2026-10-28", ""},
             DayOff{"PL", "2024-12-24", ""},
             DayOff{"PL", "2025-12-24", "Štědrý den"},
             DayOff{"CZ", "2025-04-18", "Velký pátek"},
             DayOff{"AT", "2025-04-18", ""},
             DayOff{"DE", "2026-10-31", ""},
             DayOff{"CZ", "2026-12-31", ""},
         }) {
        const auto day =
            std::chrono::floor<std::chrono::days>(std::chrono::local_seconds(std::chrono::seconds(
                from_iso_time(std::string(row.date) + " 00:00:00")->us / 1'000'000)));
        const auto holiday = holiday_on(row.country, day);
        EXPECT_EQ(holiday ? holiday->cs : "", row.cs) << row.country << row.date;
    }
}

TEST(Holidays, have_names_in_both_languages) {
    for (const std::string_view country : countries()) {
        const auto all = holidays(country, 2030);
        EXPECT_GE(all.size(), 9U) << country;
        for (const Holiday& holiday : all) {
            EXPECT_FALSE(holiday.cs.empty() || holiday.en.empty()) << country;
        }
    }
}

}  // namespace
}  // namespace linka::calendar
