// Folds of the events of routing, and of the sandbox in which it is edited.
#include "linka/core/journal/evolve.hpp"

namespace linka::core {

namespace {

constexpr auto map_of(const Route* /*any*/) {
    return &Routing::routes;
}
constexpr auto map_of(const Menu* /*any*/) {
    return &Routing::menus;
}
constexpr auto map_of(const RingGroup* /*any*/) {
    return &Routing::ring_groups;
}
constexpr auto map_of(const TimeGroup* /*any*/) {
    return &Routing::time_groups;
}

void count(Counters& last, const Route& route) {
    last.route = std::max(last.route, route.id.value);
}
void count(Counters& last, const Menu& menu) {
    last.menu = std::max(last.menu, menu.id.value);
}
void count(Counters& last, const TimeGroup& group) {
    last.time_group = std::max(last.time_group, group.id.value);
}
void count(Counters& /*last*/, const RingGroup& /*numbered by people*/) {
}

// What nobody edits in the sandbox is there as calls go.
template <typename Map, typename Id>
bool is_untouched(const Map& live, const Map& draft, Id id) {
    const auto now = live.find(id);
    const auto edited = draft.find(id);
    return now == live.end() || edited == draft.end() ? now == live.end() && edited == draft.end()
                                                      : now->second == edited->second;
}

template <typename R>
void go_live(State& s, const R& record) {
    constexpr auto map = map_of(static_cast<const R*>(nullptr));
    auto& live = s.routing.*map;
    auto& draft = s.draft.*map;
    if (is_untouched(live, draft, record.id)) {
        draft[record.id] = record;
    }
    live[record.id] = record;
    count(s.last, record);
}

template <typename Map, typename Id>
void go_away(Map& live, Map& draft, Id id) {
    if (is_untouched(live, draft, id)) {
        draft.erase(id);
    }
    live.erase(id);
}

template <typename Map, typename Id>
void erase_all(Map& map, const std::vector<Id>& ids) {
    for (const Id id : ids) {
        map.erase(id);
    }
}

}  // namespace

void fold(State& s, Instant /*at*/, const RouteSaved& e) {
    go_live(s, e.route);
}

void fold(State& s, Instant /*at*/, const RouteRemoved& e) {
    go_away(s.routing.routes, s.draft.routes, e.id);
}

void fold(State& s, Instant /*at*/, const MenuSaved& e) {
    go_live(s, e.menu);
}

void fold(State& s, Instant /*at*/, const MenuRemoved& e) {
    go_away(s.routing.menus, s.draft.menus, e.id);
}

void fold(State& s, Instant /*at*/, const RingGroupSaved& e) {
    go_live(s, e.ring_group);
}

void fold(State& s, Instant /*at*/, const RingGroupRemoved& e) {
    go_away(s.routing.ring_groups, s.draft.ring_groups, e.id);
}

void fold(State& s, Instant /*at*/, const TimeGroupSaved& e) {
    go_live(s, e.time_group);
}

void fold(State& s, Instant /*at*/, const TimeGroupRemoved& e) {
    go_away(s.routing.time_groups, s.draft.time_groups, e.id);
}

void fold(State& s, Instant /*at*/, const DraftSaved& e) {
    std::visit(
        [&](const auto& record) {
            (s.draft.*map_of(&record))[record.id] = record;
            count(s.last, record);
        },
        e.record);
}

void fold(State& s, Instant /*at*/, const DraftRemoved& e) {
    erase_all(s.draft.routes, e.records.routes);
    erase_all(s.draft.menus, e.records.menus);
    erase_all(s.draft.ring_groups, e.records.ring_groups);
    erase_all(s.draft.time_groups, e.records.time_groups);
}

void fold(State& s, Instant /*at*/, const DraftDiscarded& /*e*/) {
    s.draft = s.routing;
}

void fold(State& s, Instant /*at*/, const RoutingReplaced& /*e*/) {
    s.replaced = s.routing;
}

}  // namespace linka::core
