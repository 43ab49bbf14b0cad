#include "linka/api/v6/sql_measures.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace linka::api::v6 {

namespace {

using calendar::Zone;
using store::Filter;
using store::Operator;
using Kind = SqlField::Kind;

// What is shown as one value: microseconds from, and until (excluded).
struct Stretch {
    std::int64_t from = 0;
    std::int64_t until = 0;
};

// "1" stands for all that lasted one second and less than two.
std::vector<Stretch> stretches_of_seconds(const std::string& seconds) {
    double number = 0;
    const auto [end, ec] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), number);
    if (ec != std::errc() || end != seconds.data() + seconds.size() || !(number < 1e12) ||
        !(number > -1e12)) {
        return {};
    }
    return {{static_cast<std::int64_t>(std::ceil(number) * 1e6),
             static_cast<std::int64_t>((std::floor(number) + 1) * 1e6)}};
}

std::vector<Stretch> stretches_of_time(const std::string& time, const Zone& zone) {
    std::vector<Stretch> found;
    for (const Zone::Second& second : zone.seconds(time)) {
        found.push_back({second.from.us, second.until.us});
    }
    return found;
}

bool is_textual(Operator op) {
    switch (op) {
        case Operator::like:
        case Operator::contains:
        case Operator::startswith:
        case Operator::notlike:
        case Operator::doesnotcontain:
        case Operator::doesnotstartwith:
        case Operator::endswith:
        case Operator::doesnotendwith:
            return true;
        default:
            return false;
    }
}

Filter compared(const std::string& column, Operator op, std::int64_t with) {
    Filter out = is_equal(column, std::to_string(with));
    out.op = op;
    return out;
}

Filter bounded(Operator op, const SqlField& field, const std::vector<Stretch>& stretches) {
    const std::string column(field.column);
    const auto below = [&](std::int64_t at) { return compared(column, Operator::lt, at); };
    const auto from = [&](std::int64_t at) { return compared(column, Operator::gte, at); };
    switch (op) {
        case Operator::lt:
            return below(stretches.back().from);
        case Operator::lte:
            return below(stretches.back().until);
        case Operator::gt:
            return from(stretches.front().until);
        case Operator::gte:
            return from(stretches.front().from);
        default:
            break;
    }
    const bool denied = op == Operator::neq || op == Operator::notin;
    std::vector<Filter> parts;
    for (const Stretch& each : stretches) {
        if (!denied) {
            parts.push_back(all_of({from(each.from), below(each.until)}));
            continue;
        }
        std::vector<Filter> other{below(each.from), from(each.until)};
        if (field.kind == Kind::instant) {
            other.push_back(is_equal(column, "0"));  // none is not that one
        }
        parts.push_back(any_of(std::move(other)));
    }
    return denied ? all_of(std::move(parts)) : any_of(std::move(parts));
}

// A date alone, compared by text: the whole day.
Result<Filter> day(const Filter& from, const SqlField& field, const Zone& zone) {
    std::string date = from.values.empty() ? std::string() : from.values.front();
    std::erase(date, '%');
    const auto start = zone.instant(date);
    if (!start || date.size() != 10) {
        return fail(ErrorCode::invalid, "'" + from.field + "' is compared with a date", from.field);
    }
    const std::string next = zone.text(*start + 36h).substr(0, 10);
    const Instant end = zone.instant(next).value_or(*start + 24h);
    const bool denied = from.op == Operator::notlike || from.op == Operator::doesnotcontain ||
                        from.op == Operator::doesnotstartwith;
    return bounded(denied ? Operator::neq : Operator::eq, field, {{start->us, end.us}});
}

}  // namespace

Result<Filter> measured(const Filter& from, const SqlField& field, const Zone& zone) {
    if (field.kind == Kind::instant && is_textual(from.op)) {
        return day(from, field, zone);
    }
    if (is_textual(from.op)) {
        return fail(ErrorCode::invalid, "'" + from.field + "' is compared with a number",
                    from.field);
    }
    std::vector<Filter> parts;
    for (std::size_t i = 0; i < from.values.size(); ++i) {
        const std::string& value = from.values[i];
        const auto stretches = field.kind == Kind::instant ? stretches_of_time(value, zone)
                                                           : stretches_of_seconds(value);
        if (stretches.empty()) {
            return fail(ErrorCode::invalid, "'" + value + "' cannot be compared with " + from.field,
                        from.field);
        }
        const Operator op = from.op != Operator::between ? from.op
                            : i == 0                     ? Operator::gte
                                                         : Operator::lte;
        parts.push_back(bounded(op, field, stretches));
    }
    if (from.op == Operator::in && !parts.empty()) {
        return any_of(std::move(parts));
    }
    return from.op == Operator::in ? is_in("id", {"-1"}) : all_of(std::move(parts));
}

}  // namespace linka::api::v6
