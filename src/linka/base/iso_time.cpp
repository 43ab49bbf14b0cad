#include "linka/base/iso_time.hpp"

#include "linka/base/text.hpp"

#include <cstdint>

namespace linka {

namespace {

std::optional<std::int64_t> number_at(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) {
        return std::nullopt;
    }
    const std::string_view part = text.substr(at, count);
    if (part.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    return text::to_int(part);
}

// Seconds east of UTC; none if malformed.
std::optional<std::int64_t> offset_of(std::string_view zone) {
    if (zone.empty() || zone == "Z" || zone == "z") {
        return 0;
    }
    const auto hours = number_at(zone, 1, 2);
    const auto minutes = number_at(zone, zone.size() == 6 ? 4 : 3, 2);
    if ((zone[0] != '+' && zone[0] != '-') || !hours || !minutes || zone.size() > 6 ||
        *hours > 23 || *minutes > 59) {
        return std::nullopt;
    }
    return (zone[0] == '-' ? -1 : 1) * (*hours * 3600 + *minutes * 60);
}

}  // namespace

std::string iso_time(Instant at) {
    using namespace std::chrono;
    if (!at || at == Instant::never()) {
        return {};
    }
    const sys_time<microseconds> point{microseconds(at.us)};
    const auto day = floor<days>(point);
    const year_month_day date(day);
    const hh_mm_ss<microseconds> time(point - day);
    return text::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                        time.hours().count(), time.minutes().count(), time.seconds().count(),
                        time.subseconds().count() / 1000);
}

std::optional<Instant> from_iso_time(std::string_view text) {
    using namespace std::chrono;
    const auto y = number_at(text, 0, 4);
    const auto mo = number_at(text, 5, 2);
    const auto d = number_at(text, 8, 2);
    const auto h = number_at(text, 11, 2);
    const auto mi = number_at(text, 14, 2);
    const auto s = number_at(text, 17, 2);
    if (!y || !mo || !d || !h || !mi || !s || text[4] != '-' || text[7] != '-' ||
        (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':' || *h > 23 ||
        *mi > 59 || *s > 60) {
        return std::nullopt;
    }
    const year_month_day date{year(static_cast<int>(*y)), month(static_cast<unsigned>(*mo)),
                              day(static_cast<unsigned>(*d))};
    std::string_view rest = text.substr(19);
    std::int64_t micros = 0;
    if (!rest.empty() && rest[0] == '.') {
        const std::size_t end = rest.find_first_not_of("0123456789", 1);
        const std::string_view part = rest.substr(1, end == std::string_view::npos ? end : end - 1);
        if (part.empty() || part.size() > 9) {
            return std::nullopt;
        }
        std::string six(part.substr(0, 6));
        six.append(6 - six.size(), '0');
        micros = *text::to_int(six);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end);
    }
    const auto offset = offset_of(rest);
    if (!date.ok() || !offset) {
        return std::nullopt;
    }
    const std::int64_t days_since = sys_days(date).time_since_epoch().count();
    const std::int64_t seconds_since = days_since * 86'400 + *h * 3600 + *mi * 60 + *s - *offset;
    return Instant{seconds_since * 1'000'000 + micros};
}

}  // namespace linka
