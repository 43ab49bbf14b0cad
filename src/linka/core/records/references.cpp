#include "linka/core/records/references.hpp"

#include <algorithm>

namespace linka::core {

namespace {

class Looker {
  public:
    explicit Looker(const Place& to) : to_(to), person_(std::get_if<place::Extension>(&to)) {}

    [[nodiscard]] bool leads(const Destination& destination) const {
        const Place place = place_of(destination);
        const auto* voicemail = std::get_if<place::Voicemail>(&place);
        return place == to_ || (person_ != nullptr && voicemail != nullptr &&
                                voicemail->mailbox == person_->extension);
    }
    [[nodiscard]] bool has(const Menu& menu) const {
        return leads(menu.on_nothing) ||
               std::any_of(menu.choices.begin(), menu.choices.end(),
                           [&](const MenuChoice& choice) { return leads(choice.destination); });
    }
    [[nodiscard]] bool has(const RingGroup& group) const {
        return leads(group.on_no_answer) ||
               (person_ != nullptr &&
                std::any_of(group.members.begin(), group.members.end(),
                            [&](const GroupMember& m) { return m.number == person_->extension; }));
    }

  private:
    const Place& to_;
    const place::Extension* person_;
};

}  // namespace

std::vector<std::string> references_to(const State& s, const Place& to) {
    if (number_of(to).empty() && !std::holds_alternative<place::Menu>(to)) {
        return {};  // a user without an extension: nothing can lead there
    }
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
        const bool itself = to == Place{place::Menu{id}};
        add(!itself && looker.has(menu), menu.title);
    }
    for (const auto& [id, queue] : s.queues) {
        add(looker.leads(queue.on_leave), std::to_string(id.value) + " " + queue.title);
    }
    for (const auto& [id, group] : s.ring_groups) {
        const bool itself = to == Place{place::RingGroup{id}};
        add(!itself && looker.has(group), std::to_string(id.value) + " " + group.title);
    }
    return out;
}

}  // namespace linka::core
