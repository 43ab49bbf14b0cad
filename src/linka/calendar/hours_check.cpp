#include "linka/base/text.hpp"
#include "linka/calendar/hours.hpp"

#include <algorithm>

namespace linka::calendar {

namespace {

using Faults = std::vector<Fault>;

std::string all_countries() {
    std::string all;
    for (const std::string_view country : countries()) {
        all += (all.empty() ? "" : ", ") + std::string(country);
    }
    return all;
}

// A number of so many digits and nothing else.
std::optional<int> number_of(std::string_view text, std::size_t digits_least,
                             std::size_t digits_most) {
    if (text.size() < digits_least || text.size() > digits_most ||
        text.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    return static_cast<int>(*text::to_int(text));
}

bool exists(const Date& date) {
    using namespace std::chrono;
    return date.year >= 1970 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= 31 &&
           year_month_day{year(date.year), month(static_cast<unsigned>(date.month)),
                          day(static_cast<unsigned>(date.day))}
               .ok();
}

void check_days(Faults& faults, const std::string& path, const Rule& rule) {
    for (std::size_t i = 0; i < rule.days.size(); ++i) {
        const auto here = rule.days.begin() + static_cast<std::ptrdiff_t>(i);
        const bool again = std::find(rule.days.begin(), here, *here) != here;
        if (again || *here < 1 || *here > 7) {
            faults.push_back({text::format("{}.days.{}", path, i), std::to_string(*here),
                              "1 (Monday) to 7, each once"});
            return;
        }
    }
}

void check_rule(Faults& faults, const std::string& path, const Rule& rule) {
    if (rule.days.empty() && !rule.date) {
        faults.push_back({path + ".days", "", "days or a date"});
    } else if (!rule.days.empty() && rule.date) {
        faults.push_back({path + ".date", date_text(*rule.date), "days or a date, not both"});
    }
    check_days(faults, path, rule);
    if (rule.date && !exists(*rule.date)) {
        faults.push_back({path + ".date", date_text(*rule.date),
                          "a day that there is, YYYY-MM-DD, from 1970 on"});
    }
    if (rule.from < 0 || rule.from >= minutes_of_day) {
        faults.push_back({path + ".from", clock_text(rule.from), "HH:MM, 00:00 to 23:59"});
    }
    if (rule.to < 0 || rule.to > minutes_of_day) {
        faults.push_back({path + ".to", clock_text(rule.to), "HH:MM, 00:00 to 24:00"});
    } else if (rule.to == rule.from && rule.from != minutes_of_day) {
        faults.push_back({path + ".to", clock_text(rule.to),
                          "not the same as from; the whole day is 00:00 to 24:00"});
    }
}

}  // namespace

std::vector<Fault> check(const Hours& hours) {
    Faults faults;
    if (hours.rules.size() > rules_max) {
        faults.push_back({"rules", text::format("{} rules", hours.rules.size()),
                          text::format("at most {} rules", rules_max)});
        return faults;  // not as many faults as somebody likes
    }
    for (std::size_t i = 0; i < hours.rules.size(); ++i) {
        check_rule(faults, text::format("rules.{}", i), hours.rules[i]);
    }
    const auto& known = countries();
    for (std::size_t i = 0; i < hours.holidays.size(); ++i) {
        const auto here = hours.holidays.begin() + static_cast<std::ptrdiff_t>(i);
        const bool again = std::find(hours.holidays.begin(), here, *here) != here;
        if (again || std::find(known.begin(), known.end(), *here) == known.end()) {
            faults.push_back(
                {text::format("holidays.{}", i), *here, all_countries() + ", each once"});
            break;
        }
    }
    return faults;
}

std::string clock_text(int minutes) {
    return minutes < 0 ? std::to_string(minutes)
                       : text::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::optional<int> from_clock_text(std::string_view text) {
    const auto parts = text::split(text, ':');
    const auto hour = number_of(parts.front(), 2, 2);
    const auto minute = number_of(parts.back(), 2, 2);
    if (parts.size() != 2 || !hour || !minute || *minute > 59 ||
        *hour * 60 + *minute > minutes_of_day) {
        return std::nullopt;
    }
    return *hour * 60 + *minute;
}

std::string date_text(const Date& date) {
    return text::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<Date> from_date_text(std::string_view text) {
    const auto parts = text::split(text, '-');
    if (parts.size() != 3) {
        return std::nullopt;
    }
    const auto year = number_of(parts[0], 4, 4);
    const auto month = number_of(parts[1], 2, 2);
    const auto day = number_of(parts[2], 2, 2);
    if (!year || !month || !day) {
        return std::nullopt;
    }
    return Date{*year, *month, *day};
}

}  // namespace linka::calendar
