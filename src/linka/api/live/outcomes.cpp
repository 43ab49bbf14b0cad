// How often each outcome (status) was chosen, in closed work that people may see.
#include "linka/api/live/reports.hpp"
#include "linka/api/live/span.hpp"
#include "linka/api/server/url.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/text.hpp"

namespace linka::api {

namespace {

struct Wanted {
    Instant from;
    Instant to;
    std::optional<std::int64_t> queue;
    core::UserId user;
};

Result<Wanted> wanted_of(const Call& call, const Records& records, Instant now) {
    const auto span = span_of(call.request, now);
    if (!span) {
        return span.error();
    }
    Wanted wanted{span->parts.front().first, span->parts.back().second, {}, {}};
    const auto pairs = parse_form(call.request.query);
    const std::string* queue = pairs ? find_pair(*pairs, "queue") : nullptr;
    if (queue != nullptr && !queue->empty()) {
        wanted.queue = text::to_int(*queue);
        if (!wanted.queue) {
            return fail(ErrorCode::invalid, "queue: the number of a queue", "queue");
        }
    }
    const std::string* name = pairs ? find_pair(*pairs, "user") : nullptr;
    if (name != nullptr && !name->empty()) {
        const auto user = records.user(std::string_view(*name));
        if (!user) {
            return fail(ErrorCode::invalid, "user: there is none of this name", "user");
        }
        wanted.user = user->id;
    }
    return wanted;
}

// Work that somebody closed, opened in the time.
stats::ListFilter closed_work(const Wanted& wanted) {
    stats::ListFilter list{"activities",
                           {{"opened", "gte", {std::to_string(wanted.from.us)}},
                            {"opened", "lt", {std::to_string(wanted.to.us)}},
                            {"action", "eq", {"CLOSE"}},
                            {"user", "neq", {"0"}}}};
    if (wanted.queue) {
        list.all.push_back({"queue", "eq", {std::to_string(*wanted.queue)}});
    }
    if (wanted.user) {
        list.all.push_back({"user", "eq", {std::to_string(wanted.user.value)}});
    }
    return list;
}

class Counter {
  public:
    Counter(store::Reader& reader, store::Filter visible)
        : reader_(reader), visible_(std::move(visible)) {}

    Result<std::int64_t> count(const stats::ListFilter& list) {
        store::Query query;
        query.filter = v6::all_of({store::to_filter(list), visible_});
        query.take = 1;
        const auto page = reader_.list(store::Model::activities, query);
        return page ? Result<std::int64_t>(page->total) : Result<std::int64_t>(page.error());
    }

  private:
    store::Reader& reader_;
    store::Filter visible_;
};

Response outcomes(store::Reader& reader, const Wanted& wanted, const store::Filter& visible) {
    store::Query all;
    all.filter = v6::is_in("removed", {"true", "false"});
    all.take = 1000;
    all.count = false;
    const auto statuses = reader.list(store::Model::statuses, all);
    if (!statuses) {
        return error_of(statuses.error());
    }
    Counter counter(reader, visible);
    json::Array data;
    const auto add = [&](const json::Value& status, const std::string& op,
                         const std::string& value) -> Status {
        stats::ListFilter list = closed_work(wanted);
        list.all.push_back({"statuses", op, {value}});
        const auto count = counter.count(list);
        if (!count) {
            return count.error();
        }
        if (*count > 0) {
            json::Object row;
            row["status"] = status;
            row["activities"] = *count;
            row["link"] = list_link(list);
            data.push_back(std::move(row));
        }
        return Done{};
    };
    Status done = Done{};
    for (std::size_t i = 0; done && i < statuses->rows.size(); ++i) {
        const json::Object row = v6::row_object(statuses->rows[i]);
        const std::string name = v6::text_in(row, "name");
        json::Object status;
        status["name"] = name;
        status["title"] = v6::text_in(row, "title");
        done = add(status, "contains", json::to_text(name));
    }
    if (done) {
        done = add(nullptr, "eq", "[]");
    }
    const auto total = counter.count(closed_work(wanted));
    if (!done || !total) {
        return error_of(done ? total.error() : done.error());
    }
    json::Object body;
    body["data"] = std::move(data);
    body["total"] = *total;
    return json_response(boost::json::serialize(body));
}

}  // namespace

void add_outcome_routes(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/stats/statuses",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   const auto records = site.directory.now();
                   const auto wanted = wanted_of(call, *records, site.now());
                   if (!wanted) {
                       respond(error_of(wanted.error()));
                       return;
                   }
                   read_store(
                       site, respond,
                       [wanted = *wanted, visible = visible_rows(*call.user, *records)](
                           store::Reader& reader) { return outcomes(reader, wanted, visible); });
               }));
}

}  // namespace linka::api
