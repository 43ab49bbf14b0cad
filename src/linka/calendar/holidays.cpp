#include "linka/calendar/holidays.hpp"

#include <algorithm>
#include <span>

namespace linka::calendar {

namespace {

constexpr int from_easter = 0;  // instead of a month: the day is counted from Easter Sunday

// One line of a country's table.
struct Entry {
    int month;
    int day;
    std::string_view cs;
    std::string_view en;
    int first_year = 0;
    int last_year = 9999;

    [[nodiscard]] bool is_in(int year) const { return first_year <= year && year <= last_year; }
    [[nodiscard]] std::chrono::local_days in(int year, std::chrono::local_days easter_day) const {
        if (month == from_easter) {
            return easter_day + std::chrono::days(day);
        }
        return std::chrono::local_days(std::chrono::year(year) /
                                       std::chrono::month(static_cast<unsigned>(month)) /
                                       std::chrono::day(static_cast<unsigned>(day)));
    }
};

// Feiertagsruhegesetz 1957 (BGBl. 153/1957) and § 7 Arbeitsruhegesetz. Good Friday is one's own
// choice since 2019.
constexpr Entry austria[] = {
    {1, 1, "Nový rok", "New Year's Day"},
    {1, 6, "Zjevení Páně", "Epiphany"},
    {from_easter, 1, "Velikonoční pondělí", "Easter Monday"},
    {5, 1, "Státní svátek", "National Holiday"},
    {from_easter, 39, "Nanebevstoupení Páně", "Ascension Day"},
    {from_easter, 50, "Svatodušní pondělí", "Whit Monday"},
    {from_easter, 60, "Boží tělo", "Corpus Christi"},
    {8, 15, "Nanebevzetí Panny Marie", "Assumption Day"},
    {10, 26, "Národní svátek", "National Day"},
    {11, 1, "Svátek všech svatých", "All Saints' Day"},
    {12, 8, "Neposkvrněné početí Panny Marie", "Immaculate Conception"},
    {12, 25, "1. svátek vánoční", "Christmas Day"},
    {12, 26, "Svátek svatého Štěpána", "St. Stephen's Day"},
};

// Law 245/2000 Sb.; Good Friday by 359/2015 Sb.
constexpr Entry czechia[] = {
    {1, 1, "Nový rok, Den obnovy samostatného českého státu",
     "New Year's Day, Restoration Day of the Independent Czech State"},
    {from_easter, -2, "Velký pátek", "Good Friday"},
    {from_easter, 1, "Velikonoční pondělí", "Easter Monday"},
    {5, 1, "Svátek práce", "Labour Day"},
    {5, 8, "Den vítězství", "Victory Day"},
    {7, 5, "Den slovanských věrozvěstů Cyrila a Metoděje", "Saints Cyril and Methodius Day"},
    {7, 6, "Den upálení mistra Jana Husa", "Jan Hus Day"},
    {9, 28, "Den české státnosti", "Czech Statehood Day"},
    {10, 28, "Den vzniku samostatného československého státu",
     "Independent Czechoslovak State Day"},
    {11, 17, "Den boje za svobodu a demokracii a Mezinárodní den studentstva",
     "Struggle for Freedom and Democracy Day and International Students' Day"},
    {12, 24, "Štědrý den", "Christmas Eve"},
    {12, 25, "1. svátek vánoční", "Christmas Day"},
    {12, 26, "2. svátek vánoční", "St. Stephen's Day"},
};

// The nine that the laws of all sixteen states have in common: 3 October by the Unification Treaty
// (Art. 2 (2)), the others by each state's own law.
constexpr Entry germany[] = {
    {1, 1, "Nový rok", "New Year's Day"},
    {from_easter, -2, "Velký pátek", "Good Friday"},
    {from_easter, 1, "Velikonoční pondělí", "Easter Monday"},
    {5, 1, "Svátek práce", "Labour Day"},
    {from_easter, 39, "Nanebevstoupení Páně", "Ascension Day"},
    {from_easter, 50, "Svatodušní pondělí", "Whit Monday"},
    {10, 3, "Den německé jednoty", "German Unity Day"},
    {12, 25, "1. svátek vánoční", "Christmas Day"},
    {12, 26, "2. svátek vánoční", "Second Day of Christmas"},
};

// Law of 18 January 1951 on days off work (Dz.U. 1951 nr 4 poz. 28); Christmas Eve by
// Dz.U. 2024 poz. 1965.
constexpr Entry poland[] = {
    {1, 1, "Nový rok", "New Year's Day"},
    {1, 6, "Zjevení Páně", "Epiphany"},
    {from_easter, 0, "Velikonoční neděle", "Easter Sunday"},
    {from_easter, 1, "Velikonoční pondělí", "Easter Monday"},
    {5, 1, "Svátek práce", "Labour Day"},
    {5, 3, "Den ústavy 3. května", "3 May Constitution Day"},
    {from_easter, 49, "Letnice", "Pentecost"},
    {from_easter, 60, "Boží tělo", "Corpus Christi"},
    {8, 15, "Nanebevzetí Panny Marie", "Assumption Day"},
    {11, 1, "Svátek všech svatých", "All Saints' Day"},
    {11, 11, "Den nezávislosti", "Independence Day"},
    {12, 24, "Štědrý den", "Christmas Eve", 2025},
    {12, 25, "1. svátek vánoční", "Christmas Day"},
    {12, 26, "2. svátek vánoční", "Second Day of Christmas"},
};

// Law 241/1993 Z. z.: its days off work, not all of its holidays (28 October is none). 530/2023
// Z. z. took 1 September off the list, 261/2025 Z. z. 17 November for good, 8 May and 15 September
// for the year 2026.
constexpr Entry slovakia[] = {
    {1, 1, "Den vzniku Slovenské republiky", "Day of the Establishment of the Slovak Republic"},
    {1, 6, "Zjevení Páně", "Epiphany"},
    {from_easter, -2, "Velký pátek", "Good Friday"},
    {from_easter, 1, "Velikonoční pondělí", "Easter Monday"},
    {5, 1, "Svátek práce", "Labour Day"},
    {5, 8, "Den vítězství nad fašismem", "Day of Victory over Fascism", 0, 2025},
    {5, 8, "Den vítězství nad fašismem", "Day of Victory over Fascism", 2027},
    {7, 5, "Svátek svatého Cyrila a Metoděje", "Saints Cyril and Methodius Day"},
    {8, 29, "Výročí Slovenského národního povstání", "Slovak National Uprising Anniversary"},
    {9, 1, "Den Ústavy Slovenské republiky", "Constitution Day", 0, 2023},
    {9, 15, "Panna Marie Sedmibolestná", "Day of Our Lady of Sorrows", 0, 2025},
    {9, 15, "Panna Marie Sedmibolestná", "Day of Our Lady of Sorrows", 2027},
    {11, 1, "Svátek všech svatých", "All Saints' Day"},
    {11, 17, "Den boje za svobodu a demokracii", "Struggle for Freedom and Democracy Day", 0, 2024},
    {12, 24, "Štědrý den", "Christmas Eve"},
    {12, 25, "1. svátek vánoční", "Christmas Day"},
    {12, 26, "2. svátek vánoční", "St. Stephen's Day"},
};

struct Table {
    std::string_view country;
    std::span<const Entry> entries;
};
constexpr Table tables[] = {
    {"AT", austria}, {"CZ", czechia}, {"DE", germany}, {"PL", poland}, {"SK", slovakia}};

std::span<const Entry> table_of(std::string_view country) {
    for (const Table& table : tables) {
        if (table.country == country) {
            return table.entries;
        }
    }
    return {};
}

}  // namespace

const std::vector<std::string_view>& countries() {
    static const std::vector<std::string_view> codes = [] {
        std::vector<std::string_view> all;
        for (const Table& table : tables) {
            all.push_back(table.country);
        }
        return all;
    }();
    return codes;
}

std::vector<Holiday> holidays(std::string_view country, int year) {
    const std::chrono::local_days easter_day = easter(year);
    std::vector<Holiday> found;
    for (const Entry& entry : table_of(country)) {
        if (entry.is_in(year)) {
            found.push_back({entry.in(year, easter_day), entry.cs, entry.en});
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Holiday& a, const Holiday& b) { return a.day < b.day; });
    return found;
}

std::optional<Holiday> holiday_on(std::string_view country, std::chrono::local_days day) {
    const auto year = static_cast<int>(std::chrono::year_month_day(day).year());
    const std::chrono::local_days easter_day = easter(year);
    for (const Entry& entry : table_of(country)) {
        if (entry.is_in(year) && entry.in(year, easter_day) == day) {
            return Holiday{day, entry.cs, entry.en};
        }
    }
    return std::nullopt;
}

// The algorithm of Meeus, Jones and Butcher.
std::chrono::local_days easter(int year) {
    const int golden = year % 19;
    const int century = year / 100;
    const int of_century = year % 100;
    const int correction = (century - (century + 8) / 25 + 1) / 3;
    const int moon = (19 * golden + century - century / 4 - correction + 15) % 30;
    const int sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    const int back = (golden + 11 * moon + 22 * sunday) / 451;
    const int count = moon + sunday - 7 * back + 114;
    return std::chrono::local_days(std::chrono::year(year) /
                                   std::chrono::month(static_cast<unsigned>(count / 31)) /
                                   std::chrono::day(static_cast<unsigned>(count % 31 + 1)));
}

}  // namespace linka::calendar
