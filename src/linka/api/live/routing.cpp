// The sandbox of routing: what is edited there, what it would do with a call, and when calls go by
// it. Its records are models of v6.
#include "linka/api/live/actions.hpp"
#include "linka/api/live/routing_way.hpp"
#include "linka/api/server/url.hpp"
#include "linka/api/v6/describe/change.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/view.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/limits.hpp"

namespace linka::api {

namespace {

std::string name_in_api(const core::Route& route) {
    return route.name;
}
std::string name_in_api(const core::TimeGroup& group) {
    return group.name;
}
std::string name_in_api(const core::RingGroup& group) {
    return std::to_string(group.id.value);
}

// What differs between how calls go and the sandbox, of one model.
template <typename Id, typename R>
void add_changes(json::Array& all, const v6::Description<R>& description, const v6::View& view,
                 const std::map<Id, R>& live, const std::map<Id, R>& draft) {
    const auto read = [&](const R& record) {
        return v6::read_record(description, record, v6::attributes_of(record.attributes), view);
    };
    const auto add = [&](const R* was, const R* is) {
        const R& known = is != nullptr ? *is : *was;
        v6::Change change =
            v6::change_between(description.fields(), description.model, name_in_api(known),
                               was != nullptr ? read(*was) : json::Object(),
                               is != nullptr ? read(*is) : json::Object());
        all.push_back(json::Object{{"model", change.model},
                                   {"name", change.name},
                                   {"title", change.title},
                                   {"change", was == nullptr  ? "create"
                                              : is == nullptr ? "remove"
                                                              : "update"},
                                   {"before", std::move(change.before)},
                                   {"after", std::move(change.after)}});
    };
    for (const auto& [id, record] : draft) {
        const auto was = live.find(id);
        if (was == live.end() || !(was->second == record)) {
            add(was == live.end() ? nullptr : &was->second, &record);
        }
    }
    for (const auto& [id, record] : live) {
        if (!draft.contains(id)) {
            add(&record, nullptr);
        }
    }
}

json::Array changes_json(const Site& site, const Call& call) {
    const auto records = site.directory.now();
    const v6::Envelope envelope(call.request, site.now());
    const v6::View view{call.user, records, envelope};
    json::Array all;
    add_changes(all, v6::routes_description(), view, records->routing->routes,
                records->draft->routes);
    add_changes(all, v6::ring_groups_description(), view, records->routing->ring_groups,
                records->draft->ring_groups);
    add_changes(all, v6::time_groups_description(), view, records->routing->time_groups,
                records->draft->time_groups);
    return all;
}

// For others it is as if there were nothing at the address.
RouteHandler for_routing(const Site& site, Operation operation, CallHandler handler) {
    return signed_in(site, [&site, operation, handler = std::move(handler)](
                               const Call& call, const Respond& respond) {
        if (may(*site.directory.now(), *call.user, Module::routing, operation)) {
            handler(call, respond);
        } else {
            respond(error_response(404, "not_found", "there is nothing at this address"));
        }
    });
}

struct Nothing {};
LINKA_DESCRIBE(Nothing, ())

// Done, and noted with how many records of the sandbox were different then. Which ones stands in
// their own entries, for those who may read them.
CallHandler does(const Site& site, core::Input input, std::string what) {
    return [&site, input = std::move(input), what = std::move(what)](const Call& call,
                                                                     const Respond& respond) {
        const std::string_view sent = text::trim(call.request.body);
        const auto nothing = json::from_text<Nothing>(sent.empty() ? "{}" : sent);
        if (!nothing) {
            respond(error_of(nothing.error(), call.language));
            return;
        }
        const store::Change note = note_of(site, call.request, *call.user, what,
                                           std::to_string(changes_json(site, call).size()));
        const bool asked = site.live.submit(
            input,
            [respond, language = call.language](const core::Reply& reply) {
                respond(response_of(reply, language));
            },
            [note](const core::Reply&, const core::State&) { return std::optional(note); });
        if (!asked) {
            respond(overloaded());
        }
    };
}

void tell_changes(const Site& site, const Call& call, const Respond& respond) {
    read_live(
        site, respond, [changes = changes_json(site, call)](const core::State& state, Instant) {
            const bool can_undo = state.replaced && !(*state.replaced == state.routing);
            return json_response(
                boost::json::serialize(json::Object{{"changes", changes}, {"can_undo", can_undo}}));
        });
}

void try_call(const Site& site, const Call& call, const Respond& respond) {
    const auto tried = json::from_text<TriedCall>(text::trim(call.request.body));
    if (!tried) {
        respond(error_of(tried.error(), call.language));
        return;
    }
    for (const auto& [field, text] :
         {std::pair("did", &tried->did), std::pair("clid", &tried->clid),
          std::pair("keys", &tried->keys)}) {
        if (text->size() > core::limits::number_bytes_max) {
            respond(error_response(
                400, "invalid",
                call.language == Language::cs ? "nejvýše 64 znaků" : "at most 64 characters",
                field));
            return;
        }
    }
    const v6::Envelope reader(call.request, site.now());
    const auto time =
        tried->at.empty() ? std::optional(site.now()) : reader.zone().instant(tried->at);
    if (!time) {
        respond(error_response(400, "invalid",
                               call.language == Language::cs
                                   ? "čas jako 2026-12-24 nebo 2026-12-24 16:30"
                                   : "a time as 2026-12-24 or 2026-12-24 16:30",
                               "at"));
        return;
    }
    read_live(
        site, respond,
        [tried = *tried, at = *time, language = call.language](const core::State& state, Instant) {
            return json_response(boost::json::serialize(
                json::Object{{"way", way_json(state, state.draft, tried, at, language)},
                             {"now", way_json(state, state.routing, tried, at, language)}}));
        });
}

const core::Route* rule_named(const core::Routing& in, const std::string& name) {
    const auto found = std::find_if(in.routes.begin(), in.routes.end(),
                                    [&](const auto& entry) { return entry.second.name == name; });
    return found == in.routes.end() ? nullptr : &found->second;
}

void draw(const Site& site, const Call& call, const Respond& respond) {
    const auto pairs = parse_form(call.request.query);
    const std::string* did = pairs ? find_pair(*pairs, "did") : nullptr;
    const std::string* rule = pairs ? find_pair(*pairs, "rule") : nullptr;
    const std::string* given = did != nullptr ? did : rule;
    if (given == nullptr || given->size() > core::limits::number_bytes_max) {
        respond(error_response(400, "invalid",
                               call.language == Language::cs
                                   ? "did: číslo, nebo rule: jméno pravidla, nejvýše 64 znaků"
                                   : "did: a number, or rule: the name of a rule, at most 64 "
                                     "characters",
                               did == nullptr && rule != nullptr ? "rule" : "did"));
        return;
    }
    read_live(site, respond,
              [given = *given, by_number = did != nullptr](const core::State& state, Instant) {
                  const core::Route* found = by_number
                                                 ? core::rule_for(state, state.draft, given, {})
                                                 : rule_named(state.draft, given);
                  return json_response(boost::json::serialize(
                      json::Object{{"tree", tree_json(state, state.draft, found)}}));
              });
}

}  // namespace

void add_routing_routes(Router& router, const Site& site) {
    const auto add = [&](Method method, std::string_view path, Operation operation,
                         CallHandler handler) {
        router.add(method, path, for_routing(site, operation, std::move(handler)));
    };
    const auto bound = [&site](auto handler) {
        return [&site, handler](const Call& call, const Respond& respond) {
            handler(site, call, respond);
        };
    };
    add(Method::get, "/api/live/routing/changes", Operation::read, bound(tell_changes));
    add(Method::get, "/api/live/routing/tree", Operation::read, bound(draw));
    add(Method::post, "/api/live/routing/try", Operation::read, bound(try_call));
    add(Method::post, "/api/live/routing/apply", Operation::update,
        does(site, core::ApplyRouting{}, "routing.apply"));
    add(Method::post, "/api/live/routing/discard", Operation::update,
        does(site, core::DiscardDraft{}, "routing.discard"));
    add(Method::post, "/api/live/routing/undo", Operation::update,
        does(site, core::UndoRouting{}, "routing.undo"));
}

}  // namespace linka::api
