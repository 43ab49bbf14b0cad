#include "linka/core/records/demo_references.hpp"

#include "linka/base/text.hpp"

namespace linka::core {

DemoReferences::DemoReferences(const State& s, UserId keep) : demo_(s.demo.records) {
    for (const UserId id : demo_.users) {
        const User* user = find_user(s, id);
        if (user != nullptr && id != keep && !user->extension.empty()) {
            extensions_.insert(user->extension);
        }
    }
}

bool DemoReferences::goes(const Destination& to) const {
    const Place place = place_of(to);
    if (const auto* queue = std::get_if<place::Queue>(&place)) {
        return is_among(demo_.queues, queue->queue);
    }
    if (const auto* group = std::get_if<place::RingGroup>(&place)) {
        return is_among(demo_.ring_groups, group->group);
    }
    if (const auto* menu = std::get_if<place::Menu>(&place)) {
        return is_among(demo_.menus, menu->menu);
    }
    if (const auto* voicemail = std::get_if<place::Voicemail>(&place)) {
        return extensions_.contains(voicemail->mailbox);
    }
    const auto* user = std::get_if<place::Extension>(&place);
    return user != nullptr && extensions_.contains(user->extension);
}

void DemoReferences::cut(Destination& to) const {
    if (goes(to)) {
        to = {};
    }
}

User DemoReferences::without(User user) const {
    std::erase_if(user.queues,
                  [&](const QueueRight& right) { return is_among(demo_.queues, right.queue); });
    std::erase_if(user.devices,
                  [&](const DeviceRight& right) { return is_among(demo_.devices, right.device); });
    return user;
}

Queue DemoReferences::without(Queue queue) const {
    cut(queue.on_leave);
    return queue;
}

Route DemoReferences::without(Route route) const {
    cut(route.destination);
    return route;
}

Menu DemoReferences::without(Menu menu) const {
    std::erase_if(menu.choices, [&](const MenuChoice& choice) { return goes(choice.destination); });
    cut(menu.on_nothing);
    return menu;
}

RingGroup DemoReferences::without(RingGroup group) const {
    std::erase_if(group.members,
                  [&](const GroupMember& member) { return extensions_.contains(member.number); });
    cut(group.on_no_answer);
    return group;
}

Settings DemoReferences::without(Settings settings) const {
    std::erase_if(settings.trunks,
                  [&](const Trunk& trunk) { return is_among(demo_.trunks, trunk.name); });
    if (is_among(demo_.trunks, settings.trunk)) {
        settings.trunk = settings.trunks.empty() ? std::string{} : settings.trunks.front().name;
    }
    return settings;
}

}  // namespace linka::core
