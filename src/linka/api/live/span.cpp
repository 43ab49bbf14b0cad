#include "linka/api/live/span.hpp"

#include "linka/api/server/url.hpp"
#include "linka/base/iso_time.hpp"
#include "linka/base/text.hpp"
#include "linka/calendar/zone.hpp"

namespace linka::api {

namespace {

using calendar::Zone;

constexpr Duration quarter = 15min;
constexpr std::size_t days_max = 400;

Instant floor_quarter(Instant at) {
    const std::int64_t size = quarter.count();
    std::int64_t rest = at.us % size;
    rest += rest < 0 ? size : 0;
    return Instant{at.us - rest};
}

std::optional<Instant> read_time(const Zone& zone, const std::string& text) {
    if (const auto iso = text.size() > 19 ? from_iso_time(text) : std::nullopt) {
        return iso;
    }
    return zone.instant(text);
}

Instant next_day(const Zone& zone, Instant day) {
    const std::string date = zone.text(day + 36h).substr(0, 10);
    const Instant next = zone.instant(date).value_or(day + 24h);
    return next > day ? next : day + 24h;
}

Instant start_of_day(const Zone& zone, Instant at) {
    return zone.instant(zone.text(at).substr(0, 10)).value_or(floor_quarter(at));
}

Result<Span> whole_days(const Zone& zone, Instant from, Instant to) {
    Span span;
    for (Instant day = start_of_day(zone, from); day < to; day = next_day(zone, day)) {
        if (span.parts.size() >= days_max) {
            return fail(ErrorCode::invalid, text::format("at most {} days at once", days_max),
                        "to");
        }
        span.parts.emplace_back(day, next_day(zone, day));
    }
    return span;
}

std::shared_ptr<const Zone> zone_of(const Request& request) {
    const std::string* wanted = request.header("x-timezone-client");
    auto zone = wanted != nullptr ? Zone::find(*wanted) : nullptr;
    return zone ? zone : Zone::standard();
}

}  // namespace

Result<Span> span_of(const Request& request, Instant now) {
    const std::shared_ptr<const Zone> zone_used = zone_of(request);
    const Zone& zone = *zone_used;
    const auto pairs = parse_form(request.query);
    if (!pairs) {
        return pairs.error();
    }
    Instant from = start_of_day(zone, now);
    Instant to = floor_quarter(now) + quarter;
    for (const auto& [name, target] : {std::pair("from", &from), std::pair("to", &to)}) {
        const std::string* text = find_pair(*pairs, name);
        if (text == nullptr || text->empty()) {
            continue;
        }
        const auto at = read_time(zone, *text);
        if (!at || at->us <= 0 || *at > now + 10 * 365 * 24h) {
            return fail(ErrorCode::invalid, std::string(name) + ": not a date and time", name);
        }
        *target = *at;
    }
    if (to <= from) {
        return fail(ErrorCode::invalid, "to must be after from", "to");
    }
    const std::string* step = find_pair(*pairs, "step");
    if (step != nullptr && *step == "day") {
        return whole_days(zone, from, to);
    }
    Span span;
    span.parts.emplace_back(floor_quarter(from), to);
    if (step != nullptr && !step->empty()) {
        const auto seconds = text::to_int(*step);
        if (!seconds || *seconds <= 0 || *seconds % 900 != 0 || *seconds > 366 * 86'400) {
            return fail(ErrorCode::invalid, "step: a multiple of 900 seconds, or day", "step");
        }
        span.step = std::chrono::seconds(*seconds);
    }
    return span;
}

}  // namespace linka::api
