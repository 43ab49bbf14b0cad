#include "linka/core/records/save_kit.hpp"

#include "linka/core/records/references.hpp"

namespace linka::core {

bool passes(Turn& t, std::optional<Fault> fault) {
    if (fault && fault->blocker) {
        t.reply.field = fault->field;
        t.refuse(*fault->blocker, {std::move(fault->field)});
    } else if (fault) {
        t.invalid(std::move(fault->field), std::move(fault->text));
    }
    return !fault;
}

void name_by_number(Route& route) {
    if (route.name.empty()) {
        route.name = "route_" + std::to_string(route.id.value);
    }
}

void name_by_number(TimeGroup& group) {
    if (group.name.empty()) {
        group.name = "timegroup_" + std::to_string(group.id.value);
    }
}

bool is_free_of_references(Turn& t, const RecordIds& going) {
    const std::vector<InTheWay> names =
        References(t.s, going).names(t.s, {&t.s.routing, &t.s.draft});
    if (names.empty()) {
        return true;
    }
    t.refuse(BlockerCode::in_use, names);
    return false;
}

}  // namespace linka::core
