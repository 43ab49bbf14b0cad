#include "linka/core/references.hpp"

#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::core {

namespace {

class Looker {
  public:
    explicit Looker(const Destination& to) : to_(to) {}

    [[nodiscard]] bool leads(const Destination& destination) const {
        const bool person = to_.kind == DestinationKind::extension;
        const bool kind = destination.kind == to_.kind ||
                          (person && destination.kind == DestinationKind::voicemail);
        if (person) {
            return kind && destination.value == to_.value;
        }
        return kind && text::to_int(destination.value) == text::to_int(to_.value);
    }
    [[nodiscard]] bool has(const Menu& menu) const {
        return leads(menu.on_nothing) ||
               std::any_of(menu.choices.begin(), menu.choices.end(),
                           [&](const MenuChoice& choice) { return leads(choice.destination); });
    }
    [[nodiscard]] bool has(const RingGroup& group) const {
        const bool person = to_.kind == DestinationKind::extension;
        return leads(group.on_no_answer) ||
               (person && std::any_of(group.members.begin(), group.members.end(),
                                      [&](const GroupMember& m) { return m.number == to_.value; }));
    }

  private:
    const Destination& to_;
};

}  // namespace

std::vector<std::string> references_to(const State& s, const Destination& to) {
    const Looker looker(to);
    std::vector<std::string> out;
    const auto add = [&](bool refers, std::string name) {
        if (refers && out.size() < references_max) {
            out.push_back(std::move(name));
        }
    };
    for (const auto& [id, route] : s.routes) {
        add(looker.leads(route.destination), route.did.empty() ? std::string("*") : route.did);
    }
    for (const auto& [id, menu] : s.menus) {
        // What a record says of itself goes with it.
        const bool itself =
            to.kind == DestinationKind::menu && std::to_string(id.value) == to.value;
        add(!itself && looker.has(menu), menu.title);
    }
    for (const auto& [id, queue] : s.queues) {
        add(looker.leads(queue.on_leave), std::to_string(id.value) + " " + queue.title);
    }
    for (const auto& [id, group] : s.ring_groups) {
        const bool itself =
            to.kind == DestinationKind::ring_group && std::to_string(id.value) == to.value;
        add(!itself && looker.has(group), std::to_string(id.value) + " " + group.title);
    }
    return out;
}

}  // namespace linka::core
