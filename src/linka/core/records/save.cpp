// Saving and removing records.
#include "linka/core/records/save.hpp"

#include "linka/core/flow/follow.hpp"
#include "linka/core/people/sessions.hpp"
#include "linka/core/records/check.hpp"
#include "linka/core/records/references.hpp"
#include "linka/core/records/save_kit.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/recording.hpp"

namespace linka::core {

namespace {

std::vector<InTheWay> named(const State& s, const std::vector<UserId>& people) {
    std::vector<InTheWay> all;
    for (const UserId id : people) {
        if (const User* user = find_user(s, id)) {
            all.push_back({user->title, id});
        }
    }
    return all;
}

// Gives the right again to those who are there and would be saved with it. That they are logged in
// does not matter: what was taken from them behind their back comes back like that.
template <typename Right>
void give_again(Turn& t, const std::map<UserId, Right>& people, std::vector<Right> User::*rights) {
    for (const auto& [id, right] : people) {
        const User* user = find_user(t.s, id);
        if (user == nullptr) {
            continue;
        }
        User changed = *user;
        (changed.*rights).push_back(right);
        if (!check_rights_of(t.s, changed)) {
            t.emit(UserSaved{changed});
        }
    }
}

// People lose their rights to what goes.
void take_from_people(Turn& t, const RecordIds& going) {
    const References references(t.s, going);
    const std::map<UserId, User> users = t.s.users;
    for (const auto& [id, user] : users) {
        const User without = references.without(user);
        if (!(without == user)) {
            t.emit(UserSaved{without});
        }
    }
}

// Refuses with the titles of those who have what is to go, if anybody does. `field`: of theirs.
template <typename Id>
bool is_nobodys(Turn& t, Id going, Id User::*field) {
    std::vector<UserId> people;
    for (const auto& [id, user] : t.s.users) {
        if (user.*field == going) {
            people.push_back(id);
        }
    }
    if (!people.empty()) {
        t.refuse(BlockerCode::in_use, named(t.s, people));
    }
    return people.empty();
}

// By a number of its own if it has none; its number, or none if it was refused.
template <typename Saved, typename R, typename... In>
auto save_numbered(Turn& t, const R& given, std::int64_t last, const In&... in) -> decltype(R::id) {
    std::optional<R> record =
        fit_to_save(t, given, [&](const R& each) { return check(t.s, in..., each); });
    if (!record) {
        return {};
    }
    record->id = record->id ? record->id : decltype(R::id){last + 1};
    name_by_number(*record);
    t.reply.record_id = record->id.value;
    t.emit(Saved{*record});
    return record->id;
}

bool has_work(const State& s, UserId user) {
    const auto work = s.index.work.find(user);
    return work != s.index.work.end() &&
           (!work->second.legs.empty() || !work->second.offers.empty() ||
            !work->second.activities.empty());
}

}  // namespace

void apply(Turn& t, const SaveUser& input) {
    std::optional<User> user =
        fit_to_save(t, input.user, [&](const User& each) { return check(t.s, each); });
    if (!user) {
        return;
    }
    // What leads to an extension would lead nowhere without it.
    const User* old = find_user(t.s, user->id);
    if (old != nullptr && old->extension != user->extension &&
        !is_free_of_references(t, {.users = {old->id}})) {
        t.reply.field = "extension";
        return;
    }
    user->id = user->id ? user->id : UserId{t.s.last.user + 1};
    if (user->deactivated) {
        end_session(t, user->id);
        follow_up(t);
    }
    t.reply.record_id = user->id.value;
    t.emit(UserSaved{*user});
}

void apply(Turn& t, const SaveDevice& input) {
    const DeviceId device = save_numbered<DeviceSaved>(t, input.device, t.s.last.device);
    if (!device) {
        return;
    }
    std::map<UserId, DeviceRight> people = input.people;
    for (auto& [user, right] : people) {
        right.device = device;
    }
    give_again(t, people, &User::devices);
}

void apply(Turn& t, const SaveQueue& input) {
    std::optional<Queue> queue = fit_to_save(
        t, input.queue, [&](const Queue& each) { return check(t.s, each, input.create); });
    if (!queue) {
        return;
    }
    t.reply.record_id = queue->id.value;
    t.emit(QueueSaved{*queue});
    std::map<UserId, QueueRight> people = input.people;
    for (auto& [user, right] : people) {
        right.queue = queue->id;
    }
    give_again(t, people, &User::queues);
}

void apply(Turn& t, const SavePause& input) {
    save_numbered<PauseSaved>(t, input.pause, t.s.last.pause);
}

void apply(Turn& t, const SaveRightToCall& input) {
    save_numbered<RightToCallSaved>(t, input.right_to_call, t.s.last.right_to_call);
}

void apply(Turn& t, const SaveProfile& input) {
    save_numbered<ProfileSaved>(t, input.profile, t.s.last.profile);
}

void apply(Turn& t, const SaveTrunk& input) {
    save_numbered<TrunkSaved>(t, input.trunk, t.s.last.trunk);
}

void apply(Turn& t, const SavePrompt& input) {
    save_numbered<PromptSaved>(t, input.prompt, t.s.last.prompt);
}

void apply(Turn& t, const SaveRoute& input) {
    save_numbered<RouteSaved>(t, input.route, t.s.last.route, t.s.routing);
}

void apply(Turn& t, const SaveMenu& input) {
    save_numbered<MenuSaved>(t, input.menu, t.s.last.menu, t.s.routing);
}

void apply(Turn& t, const SaveRingGroup& input) {
    save_numbered<RingGroupSaved>(t, input.ring_group, 0, t.s.routing);
}

void apply(Turn& t, const SaveSettings& input) {
    std::optional<Settings> settings =
        fit_to_save(t, input.settings, [&](const Settings& each) { return check(t.s, each); });
    if (settings) {
        t.emit(SettingsSaved{*settings});
    }
}

void apply(Turn& t, const RemoveUser& input) {
    const User* user = find_user(t.s, input.id);
    if (user == nullptr) {
        t.not_found();
    } else if (is_logged_in(t.s, input.id)) {
        t.refuse(BlockerCode::logged_in);
    } else if (has_work(t.s, input.id)) {
        t.refuse(BlockerCode::still_used);
    } else if (is_last_admin(t.s, *user)) {
        t.invalid("access", last_admin_text);
    } else if (is_free_of_references(t, {.users = {input.id}})) {
        t.emit(UserRemoved{input.id});
    }
}

void apply(Turn& t, const RemoveDevice& input) {
    if (find_device(t.s, input.id) == nullptr) {
        t.not_found();
        return;
    }
    const bool rings = std::any_of(t.s.legs.begin(), t.s.legs.end(), [&](const auto& pair) {
        return pair.second.device == input.id;
    });
    const auto live = t.s.device_lives.find(input.id);
    const bool held = live != t.s.device_lives.end() && live->second.user;
    if (rings || held) {
        t.refuse(BlockerCode::still_used,
                 held ? named(t.s, {live->second.user}) : std::vector<InTheWay>{});
        return;
    }
    if (!is_free_of_references(t, {.devices = {input.id}})) {
        return;
    }
    take_from_people(t, {.devices = {input.id}});
    t.emit(DeviceRemoved{input.id});
}

void apply(Turn& t, const RemoveQueue& input) {
    if (find_queue(t.s, input.id) == nullptr) {
        t.not_found();
        return;
    }
    const bool used = std::any_of(t.s.interactions.begin(), t.s.interactions.end(),
                                  [&](const auto& pair) { return pair.second.queue == input.id; });
    const std::vector<UserId> people = users_of_queue(t.s, input.id);
    if (used || !people.empty()) {
        t.refuse(BlockerCode::still_used, named(t.s, people));
        return;
    }
    if (!is_free_of_references(t, {.queues = {input.id}})) {
        return;
    }
    take_from_people(t, {.queues = {input.id}});
    t.emit(QueueRemoved{input.id});
}

void apply(Turn& t, const RemovePause& input) {
    const Pause* pause = find_pause(t.s, input.id);
    std::vector<UserId> people;
    for (const auto& [user, session] : t.s.sessions) {
        if (session.pause == input.id) {
            people.push_back(user);
        }
    }
    if (pause == nullptr) {
        t.not_found();
    } else if (pause->type != PauseType::custom) {
        t.invalid("type", "a system pause stays");
    } else if (!people.empty()) {
        t.refuse(BlockerCode::still_used, named(t.s, people));
    } else {
        t.emit(PauseRemoved{input.id});
    }
}

void apply(Turn& t, const RemoveRightToCall& input) {
    if (!t.s.rights_to_call.contains(input.id)) {
        t.not_found();
    } else if (is_nobodys(t, input.id, &User::right_to_call)) {
        t.emit(RightToCallRemoved{input.id});
    }
}

void apply(Turn& t, const RemoveProfile& input) {
    if (!t.s.profiles.contains(input.id)) {
        t.not_found();
    } else if (is_nobodys(t, input.id, &User::profile)) {
        t.emit(ProfileRemoved{input.id});
    }
}

// Calls that go by it go on: their dialogs know the peer.
void apply(Turn& t, const RemoveTrunk& input) {
    if (!t.s.trunks.contains(input.id)) {
        t.not_found();
        return;
    }
    t.emit(TrunkRemoved{input.id});
}

void apply(Turn& t, const RemovePrompt& input) {
    if (!t.s.prompts.contains(input.id)) {
        t.not_found();
    } else if (is_free_of_references(t, {.prompts = {input.id}})) {
        t.emit(PromptRemoved{input.id});
    }
}

void apply(Turn& t, const RemoveRoute& input) {
    if (!t.s.routing.routes.contains(input.id)) {
        t.not_found();
        return;
    }
    t.emit(RouteRemoved{input.id});
}

void apply(Turn& t, const RemoveMenu& input) {
    if (!t.s.routing.menus.contains(input.id)) {
        t.not_found();
        return;
    }
    if (is_free_of_references(t, {.menus = {input.id}})) {
        t.emit(MenuRemoved{input.id});
    }
}

void apply(Turn& t, const RemoveRingGroup& input) {
    if (!t.s.routing.ring_groups.contains(input.id)) {
        t.not_found();
        return;
    }
    if (is_free_of_references(t, {.ring_groups = {input.id}})) {
        t.emit(RingGroupRemoved{input.id});
    }
}

}  // namespace linka::core
