#include "linka/api/live/names.hpp"
#include "linka/api/live/reports.hpp"
#include "linka/api/server/url.hpp"
#include "linka/api/v6/zone.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/stats/queue_figures.hpp"
#include "linka/stats/user_figures.hpp"

#include <set>

namespace linka::api {

namespace {

constexpr Duration quarter = 15min;

// A span of time and how it is cut: whole local days, or equal steps (0: not at all).
struct Span {
    std::vector<std::pair<Instant, Instant>> parts;
    Duration step{};
};

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
        if (span.parts.size() >= 400) {
            return fail(ErrorCode::invalid, "at most 400 days at once", "to");
        }
        span.parts.emplace_back(day, next_day(zone, day));
    }
    return span;
}

// from and to: ISO 8601, or wall time of the reader's zone; today by default. step: seconds (a
// multiple of 900), "day" or nothing.
Result<Span> span_of(const Request& request, const Zone& zone, Instant now) {
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

template <typename Figures>
const std::set<std::string_view>& durations() {
    static const std::set<std::string_view> names = [] {
        std::set<std::string_view> found;
        using Members = boost::describe::describe_members<Figures, boost::describe::mod_public>;
        boost::mp11::mp_for_each<Members>([&](auto member) {
            using Type = std::decay_t<decltype(std::declval<Figures>().*member.pointer)>;
            if constexpr (std::is_same_v<Type, Duration>) {
                found.insert(member.name);
            }
        });
        return found;
    }();
    return names;
}

std::int64_t int_of(const json::Object& row, std::string_view name) {
    const json::Value* value = row.if_contains(name);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

json::Value in_seconds(const json::Value& value) {
    return value.is_int64() ? json::Value(seconds_of(Duration{value.get_int64()})) : value;
}

// One row of the store as the API shows it, with the lists that its counts count.
template <typename Figures, typename Ratios, typename Id>
json::Object shown(const json::Object& row, std::string_view owner, json::Value owner_shown) {
    const Instant from{int_of(row, "at")};
    const Instant to{int_of(row, "until")};
    const Id id{int_of(row, owner)};
    json::Object out;
    json::Object links;
    out[owner] = std::move(owner_shown);
    out["from"] = std::string_view(iso_time(from));
    out["to"] = std::string_view(iso_time(to));
    for (const auto& pair : row) {
        const std::string_view name = pair.key();
        if (name == owner || name == "at" || name == "until" || name == "pauses") {
            continue;
        }
        const bool duration =
            durations<Figures>().contains(name) || durations<Ratios>().contains(name);
        out[name] = duration ? in_seconds(pair.value()) : pair.value();
        const std::string link = list_link(name, id, from, to);
        if (!link.empty()) {
            links[name] = link;
        }
    }
    out["links"] = std::move(links);
    return out;
}

json::Array pauses_of(const json::Object& row, const Records& records) {
    json::Array out;
    const json::Value* pauses = row.if_contains("pauses");
    if (pauses == nullptr || !pauses->is_array()) {
        return out;
    }
    for (const json::Value& element : pauses->get_array()) {
        const json::Object& from = element.get_object();
        const auto pause = records.pause(core::PauseId{int_of(from, "pause")});
        json::Object entry;
        entry["pause"] = pause ? json::Value(pause->name) : json::Value(nullptr);
        entry["title"] = pause ? json::Value(pause->title) : json::Value(nullptr);
        entry["paid"] = from.contains("paid") ? from.at("paid") : json::Value(false);
        entry["time"] = seconds_of(Duration{int_of(from, "time")});
        out.push_back(std::move(entry));
    }
    return out;
}

// Calls `read` for each part of the span and gathers the rows that it gives.
Response gather(const Span& span, const std::function<Result<std::string>(Instant, Instant)>& read,
                const std::function<json::Object(const json::Object&)>& show) {
    json::Array rows;
    for (const auto& [from, to] : span.parts) {
        const auto text = read(from, to);
        if (!text) {
            return error_of(text.error());
        }
        const auto parsed = json::parse(*text, {.bytes_max = 256 << 20});
        if (!parsed || !parsed->is_array()) {
            return error_response(500, "internal", "the figures could not be read");
        }
        for (const json::Value& row : parsed->get_array()) {
            rows.push_back(show(row.as_object()));
        }
    }
    json::Object body;
    body["data"] = std::move(rows);
    return json_response(boost::json::serialize(body));
}

std::shared_ptr<const Zone> zone_of(const Request& request) {
    const std::string* wanted = request.header("x-timezone-client");
    auto zone = wanted != nullptr ? Zone::find(*wanted) : nullptr;
    return zone ? zone : Zone::standard();
}

void queue_stats(const Site& site, const Call& call, const Respond& respond) {
    const auto span = span_of(call.request, *zone_of(call.request), site.now());
    if (!span) {
        respond(error_of(span.error()));
        return;
    }
    const auto records = site.directory.now();
    std::vector<core::QueueId> queues;
    for (const auto& [id, queue] : records->queues) {
        if (may_see(*call.user, id)) {
            queues.push_back(id);
        }
    }
    const bool leads =
        call.user->access == core::Access::admin || call.user->access == core::Access::manager;
    if (!leads || queues.empty()) {
        respond(json_response(R"({"data":[]})"));
        return;
    }
    read_store(site, respond, [span = *span, queues, records](store::Reader& reader) {
        return gather(
            span,
            [&](Instant from, Instant to) {
                return reader.queue_figures(from, to, span.step, queues);
            },
            [&](const json::Object& row) {
                const core::QueueId id{int_of(row, "queue")};
                const auto queue = records->queue(id);
                json::Object owner;
                owner["name"] = id.value;
                owner["title"] = queue ? json::Value(queue->title) : json::Value(nullptr);
                return shown<stats::QueueFigures, stats::QueueRatios, core::QueueId>(
                    row, "queue", std::move(owner));
            });
    });
}

void user_stats(const Site& site, const Call& call, const Respond& respond) {
    const auto span = span_of(call.request, *zone_of(call.request), site.now());
    if (!span) {
        respond(error_of(span.error()));
        return;
    }
    const auto records = site.directory.now();
    std::vector<core::UserId> users;
    for (const auto& [id, user] : records->users) {
        if (user->type == core::UserType::CC && sight_of(*call.user, *user) == Sight::full) {
            users.push_back(id);
        }
    }
    if (users.empty()) {
        respond(json_response(R"({"data":[]})"));
        return;
    }
    read_store(site, respond, [span = *span, users, records](store::Reader& reader) {
        return gather(
            span,
            [&](Instant from, Instant to) {
                return reader.user_figures(from, to, span.step, users);
            },
            [&](const json::Object& row) {
                const core::UserId id{int_of(row, "user")};
                const auto user = records->user(id);
                json::Object owner;
                owner["name"] = user ? json::Value(user->name) : json::Value(nullptr);
                owner["title"] = user ? json::Value(user->title) : json::Value(nullptr);
                json::Object out = shown<stats::UserFigures, stats::UserRatios, core::UserId>(
                    row, "user", std::move(owner));
                out["pauses"] = pauses_of(row, *records);
                return out;
            });
    });
}

}  // namespace

void add_stats_routes(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/stats/queues",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   queue_stats(site, call, respond);
               }));
    router.add(Method::get, "/api/live/stats/users",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   user_stats(site, call, respond);
               }));
}

}  // namespace linka::api
