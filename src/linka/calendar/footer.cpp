#include "linka/calendar/footer.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace linka::calendar {

namespace {

constexpr std::chrono::year first_year(1900);
constexpr std::chrono::year last_year(last_year_of_rules);

// A day of each year and a time of it on the wall, which may lie outside the day.
struct Yearly {
    enum class Kind { weekday, day_without_leap_days, day };
    Kind kind = Kind::weekday;
    int month = 1;
    int week = 1;  // 5: the last
    int day = 0;   // 0 Sunday; or the day of the year
    int time = 2 * 3600;

    [[nodiscard]] std::int64_t wall_in(std::chrono::year in) const {
        using namespace std::chrono;
        sys_days date = in / January / 1;
        if (kind == Kind::weekday) {
            const weekday which(static_cast<unsigned>(day));
            const auto m = std::chrono::month(static_cast<unsigned>(month));
            date = week == 5 ? sys_days(in / m / which[last])
                             : sys_days(in / m / which[static_cast<unsigned>(week)]);
        } else {
            const bool leap_day_before =
                kind == Kind::day_without_leap_days && in.is_leap() && day >= 60;
            date += days(kind == Kind::day ? day : day - 1 + (leap_day_before ? 1 : 0));
        }
        return sys_seconds(date).time_since_epoch().count() + time;
    }
};

// Reads piece by piece; what is not there makes it not ok.
class Footer {
  public:
    explicit Footer(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    bool skip(char c) {
        const bool is_there = rest_.starts_with(c);
        rest_.remove_prefix(is_there ? 1 : 0);
        return is_there;
    }
    void skip_name() {
        const bool quoted = skip('<');
        const auto is_part = [quoted](char c) {
            const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            return letter || (quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'));
        };
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_part);
        need(end - rest_.begin() >= 3);
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.begin()));
        need(!quoted || skip('>'));
    }
    int number(int least, int most) {
        int value = 0;
        std::size_t count = 0;
        while (count < rest_.size() && count < 3 && rest_[count] >= '0' && rest_[count] <= '9') {
            value = value * 10 + (rest_[count] - '0');
            ++count;
        }
        rest_.remove_prefix(count);
        need(count > 0 && value >= least && value <= most);
        return value;
    }
    // "-1", "3", "-4:30": seconds.
    int time() {
        const int sign = skip('-') ? -1 : 1;
        if (sign > 0) {
            skip('+');
        }
        int seconds = number(0, 167) * 3600;
        if (skip(':')) {
            seconds += number(0, 59) * 60;
            seconds += skip(':') ? number(0, 59) : 0;
        }
        return sign * seconds;
    }
    Yearly yearly() {
        Yearly rule;
        if (skip('M')) {
            rule.month = number(1, 12);
            need(skip('.'));
            rule.week = number(1, 5);
            need(skip('.'));
            rule.day = number(0, 6);
        } else if (skip('J')) {
            rule.kind = Yearly::Kind::day_without_leap_days;
            rule.day = number(1, 365);
        } else {
            rule.kind = Yearly::Kind::day;
            rule.day = number(0, 365);
        }
        if (skip('/')) {
            rule.time = time();
        }
        return rule;
    }
    void need(bool is_there) { ok_ = ok_ && is_there; }

  private:
    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace

std::vector<Change> changes_by(std::string_view footer, std::int64_t after) {
    Footer in(footer);
    in.skip_name();
    const std::int64_t standard = -in.time();  // POSIX counts what is to be added for UTC
    if (!in.ok() || in.at_end()) {
        return {};
    }
    in.skip_name();
    const bool named = in.ok() && !in.at_end() && !in.skip(',');
    const std::int64_t summer = named ? -in.time() : standard + 3600;
    in.need(!named || in.skip(','));
    const Yearly begin = in.yearly();
    in.need(in.skip(','));
    const Yearly end = in.yearly();
    if (!in.ok() || !in.at_end()) {
        return {};
    }
    std::vector<Change> changes;
    for (std::chrono::year year(first_year); year <= last_year; ++year) {
        for (const Change& change : {Change{begin.wall_in(year) - standard, summer},
                                     Change{end.wall_in(year) - summer, standard}}) {
            if (change.at > after) {
                changes.push_back(change);
            }
        }
    }
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return a.at < b.at; });
    return changes;
}

}  // namespace linka::calendar
