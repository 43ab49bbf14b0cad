// /api/v6/inboundRoutes: the rules that say where a call to one of our numbers goes. They are
// edited in the sandbox (live/routing.cpp).
#include "linka/api/auth/token.hpp"
#include "linka/api/v6/describe/destination.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/base/plain_name.hpp"
#include "linka/core/records/limits.hpp"

namespace linka::api::v6 {

namespace {

using core::Route;

// A number or a pattern.
Member<Route> number_member(const std::string& name, std::string Route::*at) {
    auto out = member::text(name, at, core::limits::call_rule_bytes_max);
    out.write = [at, name](Form& form, Route& route, const Records&) {
        form.text(name, route.*at, core::limits::call_rule_bytes_max);
        route.*at = without_spaces(route.*at);
    };
    return out;
}

void read_time_group(Form& form, Route& route, const Records& records) {
    const std::string given = form.related("timegroup").value_or("");
    if (!form.has("timegroup") || form.is_wrong("timegroup")) {
        return;
    }
    const auto& all = records.draft->time_groups;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto& entry) { return entry.second.name == given; });
    if (!given.empty() && found == all.end()) {
        form.none_such("timegroup", given);
        return;
    }
    route.time_group = given.empty() ? core::TimeGroupId{} : found->first;
    if (given.empty() && !form.has("destination_closed")) {
        route.when_shut = {};
    }
}

// Of the sandbox, or of how calls go, if it is no more there.
const core::TimeGroup* find_time_group(const Records& records, core::TimeGroupId id) {
    for (const auto& routing : {records.draft, records.routing}) {
        const auto found = routing->time_groups.find(id);
        if (found != routing->time_groups.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

json::Value time_group_json(const Route& route, const json::Object&, const View& view) {
    const core::TimeGroup* group = find_time_group(*view.records, route.time_group);
    return group == nullptr ? json::Value(nullptr)
           : view.whole     ? json::Value(group->name)
                            : json::Value(read_record(time_groups_description(), *group,
                                                      attributes_of(group->attributes), view));
}

Member<Route> time_group_member() {
    auto out =
        member::special<Route>("timegroup", FieldKind::choice, time_group_json, read_time_group);
    out.field.nullable = true;
    return std::move(out)
        .of("timegroups")
        .basic()
        .about("while it is shut, calls go to destination_closed");
}

std::vector<Member<Route>> route_members() {
    namespace limits = core::limits;
    return {member::chosen_name<Route>(),
            member::text("title", &Route::title, limits::title_bytes_max).basic(),
            number_member("did", &Route::did)
                .basic()
                .about("our number, or a pattern behind _; empty: any"),
            number_member("clid", &Route::caller)
                .basic()
                .about("the caller's number, or a pattern behind _; empty: any"),
            member::destination("destination", &Route::destination).required().basic(),
            time_group_member(),
            member::destination("destination_closed", &Route::when_shut)
                .basic()
                .about("where calls go while the time group is shut"),
            member::recording(
                member::text("announcement", &Route::announcement, limits::prompt_bytes_max))
                .advanced(),
            member::text("language", &Route::language, limits::language_bytes_max).advanced(),
            member::number("position", &Route::position, limits::route_position).advanced(),
            member::flag("deactivated", &Route::deactivated).basic(),
            member::note<Route>("description", limits::description_bytes_max).advanced()};
}

std::shared_ptr<const Route> find_route(const Ask& ask) {
    const auto draft = ask.site.directory.now()->draft;
    const auto found =
        std::find_if(draft->routes.begin(), draft->routes.end(),
                     [&](const auto& entry) { return entry.second.name == ask.name; });
    // It lives as long as the sandbox that it is in.
    return found == draft->routes.end() ? nullptr
                                        : std::shared_ptr<const Route>(draft, &found->second);
}

json::Object route_json(const View& view, const Route& route) {
    json::Object out =
        read_record(routes_description(), route, attributes_of(route.attributes), view);
    out["_sys"] = view.versioned_sys("inboundRoutes", route.name, json::to_text(route));
    return out;
}

Rows route_rows(const View& view) {
    Rows all;
    for (const auto& [id, route] : view.records->draft->routes) {
        all.push_back(route_json(view, route));
    }
    return all;
}

// Both become parts of a file's name, and a language that nothing speaks is silence.
void check_prompts(Form& form, const Route& route) {
    if (!route.announcement.empty() && !is_plain_name(route.announcement)) {
        form.wrong("announcement", "musí být jméno bez cesty", "must be a name without a path");
    }
    if (!route.language.empty() && route.language != "cs" && route.language != "en") {
        form.wrong("language", "cs, en, nebo nic", "cs, en or nothing");
    }
}

// Both or neither.
void check_hours(Form& form, const Route& route) {
    const bool leads = route.when_shut.kind != core::DestinationKind::none;
    if (route.time_group && !leads) {
        form.wrong("destination_closed", "je třeba vyplnit: kam hovory půjdou mimo časovou skupinu",
                   "is required: where calls go while the time group is shut");
    } else if (!route.time_group && leads) {
        form.wrong("destination_closed", "jen s časovou skupinou: bez ní nikdy není zavřeno",
                   "only with a time group: without one it is never shut");
    }
}

void check_route(const Ask&, Form& form, Writing<Route>& writing) {
    check_prompts(form, writing.now);
    // Nowhere is not where a number leads by an empty object or list.
    if (form.has("destination") && !form.is_wrong("destination")) {
        form.require("destination", writing.now.destination.kind != core::DestinationKind::none);
    }
    if (!form.is_wrong("timegroup") && !form.is_wrong("destination_closed")) {
        check_hours(form, writing.now);
    }
    if (writing.now.name.empty()) {
        writing.now.name = "inboundRoutes_" + random_hex(16);
    }
}

const Route* saved_route(const core::State& state, const Route&, const core::Reply& reply) {
    const auto found = state.draft.routes.find(core::RouteId{reply.record_id});
    return found == state.draft.routes.end() ? nullptr : &found->second;
}

}  // namespace

const Description<Route>& routes_description() {
    static const Description<Route> all{"inboundRoutes",
                                        Module::routing,
                                        {"did", "clid", "title", "destination", "deactivated"},
                                        route_members(),
                                        [](const Route& route) { return route.name; },
                                        true};
    return all;
}

Model inbound_routes_model() {
    static const CoreModel<Route> model{
        .description = routes_description(),
        .find = find_route,
        .rows = route_rows,
        .read = route_json,
        .save = [](const Writing<Route>& writing) -> core::Input {
            return core::SaveDraft{writing.now};
        },
        .remove = [](const Route& route) -> core::Input {
            return core::RemoveDraft{{.routes = {route.id}}};
        },
        .saved = saved_route,
        .fault = [](const core::State& state, const Route& route,
                    bool) { return core::check(state, state.draft, route); },
        .check = check_route};
    return serve_core(model);
}

}  // namespace linka::api::v6
