#include "linka/api/live/names.hpp"
#include "linka/api/live/reports.hpp"
#include "linka/api/live/span.hpp"
#include "linka/base/iso_time.hpp"
#include "linka/base/json_read.hpp"
#include "linka/stats/queue_figures.hpp"
#include "linka/stats/user_figures.hpp"

#include <set>

namespace linka::api {

namespace {

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

void queue_stats(const Site& site, const Call& call, const Respond& respond) {
    const auto span = span_of(call.request, site.now());
    if (!span) {
        respond(error_of(span.error()));
        return;
    }
    const auto records = site.directory.now();
    std::vector<core::QueueId> queues;
    for (const auto& [id, queue] : records->queues) {
        if (sees(*call.user, id)) {
            queues.push_back(id);
        }
    }
    if (!may(*site.directory.now(), *call.user, Module::queue_figures, Operation::read) ||
        queues.empty()) {
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
                owner["type"] = queue ? json::Value(name_of(queue->type)) : json::Value(nullptr);
                return shown<stats::QueueFigures, stats::QueueRatios, core::QueueId>(
                    row, "queue", std::move(owner));
            });
    });
}

void user_stats(const Site& site, const Call& call, const Respond& respond) {
    const auto span = span_of(call.request, site.now());
    if (!span) {
        respond(error_of(span.error()));
        return;
    }
    const auto records = site.directory.now();
    const Viewer viewer(*records, call.user);
    std::vector<core::UserId> users;
    for (const auto& [id, user] : records->users) {
        if (user->type == core::UserType::CC && viewer.sight_of(*user) == Sight::full) {
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
