// Public holidays: the days off work by law in a whole country, computed. What a part of a country
// keeps beside them is not in the tables; a rule for a date says it (hours.hpp).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace linka::calendar {

struct Holiday {
    std::chrono::local_days day;
    std::string_view cs;
    std::string_view en;
    bool operator==(const Holiday&) const = default;
};

/// The tables hold from this year on.
inline constexpr int first_year_of_holidays = 2019;

/// The countries that there are tables of, ISO 3166 codes in capital letters, in order.
const std::vector<std::string_view>& countries();
/// In order of their days; none of a country that there is no table of.
std::vector<Holiday> holidays(std::string_view country, int year);
/// The country's holiday on that day.
std::optional<Holiday> holiday_on(std::string_view country, std::chrono::local_days day);

/// Easter Sunday of the Gregorian calendar.
std::chrono::local_days easter(int year);

}  // namespace linka::calendar
