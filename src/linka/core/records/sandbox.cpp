#include "linka/core/records/sandbox.hpp"

#include "linka/core/records/check.hpp"
#include "linka/core/records/references.hpp"
#include "linka/core/records/save_kit.hpp"

namespace linka::core {

namespace {

RouteId numbered(const Counters& last, const Route& route) {
    return route.id ? route.id : RouteId{last.route + 1};
}
MenuId numbered(const Counters& last, const Menu& menu) {
    return menu.id ? menu.id : MenuId{last.menu + 1};
}
TimeGroupId numbered(const Counters& last, const TimeGroup& group) {
    return group.id ? group.id : TimeGroupId{last.time_group + 1};
}
RingGroupId numbered(const Counters& /*last*/, const RingGroup& group) {
    return group.id;
}

template <typename R>
void save_draft(Turn& t, const R& given) {
    std::optional<R> record =
        fit_to_save(t, given, [&](const R& each) { return check(t.s, t.s.draft, each); });
    if (record) {
        record->id = numbered(t.s.last, *record);
        name_by_number(*record);
        t.reply.record_id = record->id.value;
        t.emit(DraftSaved{std::move(*record)});
    }
}

// How a record of routing is named to people.
const std::string& name_of(const Route& route) {
    return route.did;
}
const std::string& name_of(const Menu& menu) {
    return menu.title;
}
const std::string& name_of(const RingGroup& group) {
    return group.title;
}
const std::string& name_of(const TimeGroup& group) {
    return group.title;
}

// People, queues and settings change after a record was saved: what was fit then may not be now.
// What is refused is told by the record instead of the field.
bool all_fit(Turn& t, const Routing& routing) {
    const auto fit = [&](const auto& all) {
        for (const auto& [id, record] : all) {
            if (std::optional<Fault> found = check(t.s, routing, record)) {
                t.invalid(name_of(record), found->text);
                return false;
            }
        }
        return true;
    };
    return fit(routing.time_groups) && fit(routing.routes) && fit(routing.menus) &&
           fit(routing.ring_groups);
}

// Those that `wanted` has otherwise than `now`.
template <typename Id, typename R>
std::vector<R> changed(const std::map<Id, R>& now, const std::map<Id, R>& wanted) {
    std::vector<R> out;
    for (const auto& [id, record] : wanted) {
        const auto old = now.find(id);
        if (old == now.end() || !(old->second == record)) {
            out.push_back(record);
        }
    }
    return out;
}
template <typename Id, typename R>
std::vector<Id> gone(const std::map<Id, R>& now, const std::map<Id, R>& wanted) {
    std::vector<Id> out;
    for (const auto& [id, record] : now) {
        if (!wanted.contains(id)) {
            out.push_back(id);
        }
    }
    return out;
}

template <typename Told, typename T>
void tell(Turn& t, const std::vector<T>& all) {
    for (const T& each : all) {
        t.emit(Told{each});
    }
}

void replace_routing(Turn& t, const Routing& wanted) {
    const Routing now = t.s.routing;
    if (now == wanted || !all_fit(t, wanted)) {
        return;
    }
    t.emit(RoutingReplaced{});
    // First what others may lead to.
    tell<TimeGroupSaved>(t, changed(now.time_groups, wanted.time_groups));
    tell<RingGroupSaved>(t, changed(now.ring_groups, wanted.ring_groups));
    tell<MenuSaved>(t, changed(now.menus, wanted.menus));
    tell<RouteSaved>(t, changed(now.routes, wanted.routes));
    tell<RouteRemoved>(t, gone(now.routes, wanted.routes));
    tell<MenuRemoved>(t, gone(now.menus, wanted.menus));
    tell<RingGroupRemoved>(t, gone(now.ring_groups, wanted.ring_groups));
    tell<TimeGroupRemoved>(t, gone(now.time_groups, wanted.time_groups));
}

template <typename Map, typename Id>
bool has_all(const Map& map, const std::vector<Id>& ids) {
    return std::all_of(ids.begin(), ids.end(), [&](Id id) { return map.contains(id); });
}

}  // namespace

void apply(Turn& t, const SaveDraft& input) {
    std::visit([&](const auto& record) { save_draft(t, record); }, input.record);
}

void apply(Turn& t, const RemoveDraft& input) {
    RecordIds going{.routes = input.records.routes,
                    .menus = input.records.menus,
                    .ring_groups = input.records.ring_groups,
                    .time_groups = input.records.time_groups};
    make_list(going.routes);
    make_list(going.menus);
    make_list(going.ring_groups);
    make_list(going.time_groups);
    if (!has_all(t.s.draft.routes, going.routes) || !has_all(t.s.draft.menus, going.menus) ||
        !has_all(t.s.draft.ring_groups, going.ring_groups) ||
        !has_all(t.s.draft.time_groups, going.time_groups)) {
        t.not_found();
        return;
    }
    const std::vector<InTheWay> names = References(t.s, going).names(t.s, {&t.s.draft});
    if (names.empty()) {
        t.emit(DraftRemoved{std::move(going)});
    } else {
        t.refuse(BlockerCode::in_use, names);
    }
}

void apply(Turn& t, const ApplyRouting& /*input*/) {
    const Routing wanted = t.s.draft;
    replace_routing(t, wanted);
}

void apply(Turn& t, const DiscardDraft& /*input*/) {
    if (!(t.s.draft == t.s.routing)) {
        t.emit(DraftDiscarded{});
    }
}

void apply(Turn& t, const UndoRouting& /*input*/) {
    if (!t.s.replaced) {
        t.not_found();
        return;
    }
    const Routing wanted = *t.s.replaced;
    replace_routing(t, wanted);
}

}  // namespace linka::core
