#include "linka/api/live/call_rows.hpp"
#include "linka/api/live/names.hpp"
#include "linka/api/live/reports.hpp"
#include "linka/api/server/url.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/iso_time.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/store/rows.hpp"

namespace linka::api {

namespace {

// A row as the store has it, with instants, durations and ids as this API writes them.
template <typename Row>
json::Object shown(const json::Object& row, const Records& records) {
    json::Object out;
    using Members = boost::describe::describe_members<Row, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        using Type = std::decay_t<decltype(std::declval<Row>().*member.pointer)>;
        const std::int64_t number = v6::number_in(row, member.name);
        if constexpr (std::is_same_v<Type, Instant>) {
            const std::string text = iso_time(Instant{number});
            out[member.name] =
                text.empty() ? json::Value(nullptr) : json::Value(std::string_view(text));
        } else if constexpr (std::is_same_v<Type, Duration>) {
            out[member.name] = seconds_of(Duration{number});
        } else if constexpr (std::is_same_v<Type, core::UserId>) {
            const auto user = records.user(core::UserId{number});
            out[member.name] = user ? json::Value(user->name) : json::Value(nullptr);
        } else if constexpr (std::is_same_v<Type, core::ActivityId>) {
            const std::string name = activity_name(core::ActivityId{number});
            out[member.name] = number != 0 ? json::Value(name) : json::Value(nullptr);
        } else {
            const json::Value* value = row.if_contains(member.name);
            out[member.name] = value != nullptr ? *value : json::Value(nullptr);
        }
    });
    return out;
}

std::optional<store::Model> model_of(std::string_view name) {
    if (name == "interactions") {
        return store::Model::interactions;
    }
    if (name == "offers") {
        return store::Model::offers;
    }
    if (name == "activities") {
        return store::Model::activities;
    }
    return std::nullopt;
}

json::Object shown_of(store::Model model, const json::Object& row, const Records& records) {
    return model == store::Model::interactions ? shown<store::InteractionRow>(row, records)
           : model == store::Model::offers     ? shown<store::OfferRow>(row, records)
                                               : shown<store::ActivityRow>(row, records);
}

Response list(store::Reader& reader, store::Model model, v6::ListQuery wanted,
              const core::User& viewer, const Records& records) {
    const bool calls = model == store::Model::interactions;
    const Status known = v6::check_fields(
        wanted.fields,
        calls ? v6::fields_named({"activities", "recorded"}) : v6::fields_named({"call"}),
        shown_of(model, {}, records));
    if (!known) {
        return error_of(known.error());
    }
    wanted.query = readable_query(std::move(wanted.query), model, records);
    wanted.query.filter =
        v6::all_of({std::move(wanted.query.filter),
                    calls ? visible_calls(viewer, records) : visible_rows(viewer, records)});
    const auto page = reader.list(model, wanted.query);
    if (!page) {
        return error_of(page.error());
    }
    json::Array data;
    for (const std::string& text : page->rows) {
        data.push_back(shown_of(model, v6::row_object(text), records));
    }
    const Status added = calls ? add_work(reader, records, data) : add_call(reader, data);
    if (!added) {
        return error_of(added.error());
    }
    for (json::Value& row : data) {
        row = v6::only_fields(row.as_object(), wanted.fields);
    }
    json::Object body;
    body["data"] = std::move(data);
    if (wanted.query.count) {
        body["total"] = page->total;
    }
    return json_response(boost::json::serialize(body));
}

}  // namespace

std::string list_link(const stats::ListFilter& list) {
    std::string link = "/api/live/lists/" + list.model + "?";
    for (std::size_t i = 0; i < list.all.size(); ++i) {
        const stats::Condition& condition = list.all[i];
        const std::string base = text::format("filter[{}]", i);
        link += i == 0 ? "" : "&";
        link += base + "[field]=" + percent_encode(condition.field) + "&" + base +
                "[operator]=" + percent_encode(condition.op);
        const bool many = condition.values.size() != 1;
        for (std::size_t j = 0; j < condition.values.size(); ++j) {
            link += "&" + base + (many ? text::format("[value][{}]", j) : "[value]") + "=" +
                    percent_encode(condition.values[j]);
        }
    }
    return link;
}

std::string list_link(std::string_view figure, core::QueueId queue, Instant from, Instant to) {
    const auto list = stats::list_behind(figure, queue, from, to);
    return list ? list_link(*list) : std::string();
}

std::string list_link(std::string_view figure, core::UserId user, Instant from, Instant to) {
    const auto list = stats::list_behind(figure, user, from, to);
    return list ? list_link(*list) : std::string();
}

void add_list_routes(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/lists/{model}",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   const auto model = model_of(call.values.at("model"));
                   if (!model) {
                       respond(error_response(404, "not_found",
                                              "there are interactions, offers and activities"));
                       return;
                   }
                   const auto pairs = parse_form(call.request.query);
                   const auto wanted = pairs ? v6::parse_list(*pairs) : pairs.error();
                   if (!wanted) {
                       respond(error_of(wanted.error()));
                       return;
                   }
                   read_store(site, respond,
                              [model = *model, wanted = *wanted, user = call.user,
                               records = site.directory.now()](store::Reader& reader) {
                                  return list(reader, model, wanted, *user, *records);
                              });
               }));
}

}  // namespace linka::api
