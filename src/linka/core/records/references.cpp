#include "linka/core/records/references.hpp"

#include "linka/core/flow/prompts.hpp"
#include "linka/core/view.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace linka::core {

References::References(const State& s, RecordIds going) : going_(std::move(going)) {
    for (const UserId id : going_.users) {
        const User* user = find_user(s, id);
        if (user != nullptr && !user->extension.empty()) {
            extensions_.insert(user->extension);
        }
    }
    for (const PromptId id : going_.prompts) {
        const auto prompt = s.prompts.find(id);
        if (prompt != s.prompts.end() && !prompt::is_sound(prompt->second.name)) {
            prompts_.insert(prompt->second.name);
        }
    }
}

References References::to_prompt(std::string name) {
    References out;
    out.prompts_.insert(std::move(name));
    return out;
}

bool References::goes(const Place& place) const {
    if (const auto* queue = std::get_if<place::Queue>(&place)) {
        return is_among(going_.queues, queue->queue);
    }
    if (const auto* group = std::get_if<place::RingGroup>(&place)) {
        return is_among(going_.ring_groups, group->group);
    }
    if (const auto* menu = std::get_if<place::Menu>(&place)) {
        return is_among(going_.menus, menu->menu);
    }
    if (const auto* voicemail = std::get_if<place::Voicemail>(&place)) {
        return goes_extension(voicemail->mailbox);
    }
    if (const auto* heard = std::get_if<place::Announcement>(&place)) {
        return prompts_.contains(heard->prompt);
    }
    const auto* user = std::get_if<place::Extension>(&place);
    return user != nullptr && goes_extension(user->extension);
}

void References::cut(Destination& to) const {
    if (leads_there(to)) {
        to = {};
    }
}

void References::cut_prompt(std::string& name) const {
    if (prompts_.contains(name)) {
        name.clear();
    }
}

User References::without(User user) const {
    std::erase_if(user.queues,
                  [&](const QueueRight& right) { return is_among(going_.queues, right.queue); });
    std::erase_if(user.devices,
                  [&](const DeviceRight& right) { return is_among(going_.devices, right.device); });
    return user;
}

Profile References::without(Profile profile) const {
    std::erase_if(profile.devices, [&](DeviceId id) { return is_among(going_.devices, id); });
    return profile;
}

Queue References::without(Queue queue) const {
    if (auto* calls = calls_of(&queue)) {
        cut(calls->on_leave);
        cut_prompt(calls->announcement);
        if (prompts_.contains(calls->music)) {
            calls->music = prompt::default_music;
        }
    }
    return queue;
}

Route References::without(Route route) const {
    cut(route.destination);
    cut_prompt(route.announcement);
    cut(route.when_shut);
    if (is_among(going_.time_groups, route.time_group)) {
        route.time_group = {};
        route.when_shut = {};
    }
    return route;
}

Menu References::without(Menu menu) const {
    std::erase_if(menu.choices,
                  [&](const MenuChoice& choice) { return leads_there(choice.destination); });
    cut(menu.on_nothing);
    cut_prompt(menu.prompt);
    return menu;
}

RingGroup References::without(RingGroup group) const {
    std::erase_if(group.members,
                  [&](const GroupMember& member) { return goes_extension(member.number); });
    cut(group.on_no_answer);
    return group;
}

std::vector<InTheWay> References::names(const State& s, std::vector<const Routing*> among) const {
    std::vector<InTheWay> out;
    // What a record says of itself goes with it.
    const auto look = [&](const auto& all, const auto& going, const auto& name) {
        for (const auto& [id, record] : all) {
            if (out.size() < references_max && !is_among(going, id) &&
                !(without(record) == record)) {
                InTheWay found{name(record), {}};
                if constexpr (std::is_constructible_v<SubjectRecord, decltype(id)>) {
                    found.record = id;
                }
                if (std::find(out.begin(), out.end(), found) == out.end()) {
                    out.push_back(std::move(found));
                }
            }
        }
    };
    const auto numbered = [](const auto& record) {
        return std::to_string(record.id.value) + " " + record.title;
    };
    for (const Routing* routing : among) {
        look(routing->routes, going_.routes,
             [](const Route& route) { return route.did.empty() ? std::string("*") : route.did; });
        look(routing->menus, going_.menus, [](const Menu& menu) { return menu.title; });
        look(routing->ring_groups, going_.ring_groups, numbered);
    }
    look(s.queues, going_.queues, numbered);
    look(s.profiles, std::vector<ProfileId>{}, [](const Profile& each) { return each.title; });
    return out;
}

}  // namespace linka::core
