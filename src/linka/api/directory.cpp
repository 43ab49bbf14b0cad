#include "linka/api/directory.hpp"

#include <algorithm>

namespace linka::api {

namespace {

template <typename Table, typename Key>
auto find_in(const Table& table, const Key& id) -> typename Table::mapped_type {
    const auto found = table.find(id);
    return found == table.end() ? nullptr : found->second;
}

template <typename Table>
auto find_named(const Table& table, std::string_view name) -> typename Table::mapped_type {
    for (const auto& [id, record] : table) {
        if (record->name == name) {
            return record;
        }
    }
    return nullptr;
}

template <typename Table, typename Source>
void copy_all(Table& table, const Source& source) {
    for (const auto& [id, record] : source) {
        table[id] = std::make_shared<const std::decay_t<decltype(record)>>(record);
    }
}

// Applies one event to a copy of the records that is made when the first event needs it.
struct Change {
    const std::shared_ptr<const Records>& old;
    std::shared_ptr<Records> fresh;
    bool other_routing = false;

    Records& edit() {
        if (!fresh) {
            fresh = std::make_shared<Records>(*old);
        }
        return *fresh;
    }
    void operator()(const core::UserSaved& e) {
        edit().users[e.user.id] = std::make_shared<const core::User>(e.user);
    }
    void operator()(const core::UserRemoved& e) { edit().users.erase(e.id); }
    void operator()(const core::DeviceSaved& e) {
        edit().devices[e.device.id] = std::make_shared<const core::Device>(e.device);
    }
    void operator()(const core::DeviceRemoved& e) { edit().devices.erase(e.id); }
    void operator()(const core::QueueSaved& e) {
        edit().queues[e.queue.id] = std::make_shared<const core::Queue>(e.queue);
    }
    void operator()(const core::QueueRemoved& e) { edit().queues.erase(e.id); }
    void operator()(const core::PauseSaved& e) {
        edit().pauses[e.pause.id] = std::make_shared<const core::Pause>(e.pause);
    }
    void operator()(const core::PauseRemoved& e) { edit().pauses.erase(e.id); }
    void operator()(const core::RightToCallSaved& e) {
        edit().rights_to_call[e.right_to_call.id] =
            std::make_shared<const core::RightToCall>(e.right_to_call);
    }
    void operator()(const core::RightToCallRemoved& e) { edit().rights_to_call.erase(e.id); }
    void operator()(const core::ProfileSaved& e) {
        edit().profiles[e.profile.id] = std::make_shared<const core::Profile>(e.profile);
    }
    void operator()(const core::ProfileRemoved& e) { edit().profiles.erase(e.id); }
    void operator()(const core::TrunkSaved& e) {
        edit().trunks[e.trunk.id] = std::make_shared<const core::Trunk>(e.trunk);
    }
    void operator()(const core::TrunkRemoved& e) { edit().trunks.erase(e.id); }
    void operator()(const core::PromptSaved& e) {
        edit().prompts[e.prompt.id] = std::make_shared<const core::Prompt>(e.prompt);
    }
    void operator()(const core::PromptRemoved& e) { edit().prompts.erase(e.id); }
    void operator()(const core::SettingsSaved& e) {
        edit().settings = std::make_shared<const core::Settings>(e.settings);
    }
    void operator()(const core::RouteSaved&) { other_routing = true; }
    void operator()(const core::RouteRemoved&) { other_routing = true; }
    void operator()(const core::MenuSaved&) { other_routing = true; }
    void operator()(const core::MenuRemoved&) { other_routing = true; }
    void operator()(const core::RingGroupSaved&) { other_routing = true; }
    void operator()(const core::RingGroupRemoved&) { other_routing = true; }
    void operator()(const core::TimeGroupSaved&) { other_routing = true; }
    void operator()(const core::TimeGroupRemoved&) { other_routing = true; }
    void operator()(const core::DraftSaved&) { other_routing = true; }
    void operator()(const core::DraftRemoved&) { other_routing = true; }
    void operator()(const core::DraftDiscarded&) { other_routing = true; }
    template <typename Other>
    void operator()(const Other&) {}
};

void copy_routing(Records& records, const core::State& state) {
    records.routing = std::make_shared<const core::Routing>(state.routing);
    records.draft = std::make_shared<const core::Routing>(state.draft);
}

}  // namespace

std::shared_ptr<const core::User> Records::user(core::UserId id) const {
    return find_in(users, id);
}
std::shared_ptr<const core::User> Records::user(std::string_view name) const {
    return find_named(users, name);
}
std::shared_ptr<const core::Device> Records::device(core::DeviceId id) const {
    return find_in(devices, id);
}
std::shared_ptr<const core::Device> Records::device(std::string_view name) const {
    return find_named(devices, name);
}
std::shared_ptr<const core::Queue> Records::queue(core::QueueId id) const {
    return find_in(queues, id);
}
std::shared_ptr<const core::Pause> Records::pause(core::PauseId id) const {
    return find_in(pauses, id);
}
std::shared_ptr<const core::Pause> Records::pause(std::string_view name) const {
    return find_named(pauses, name);
}
std::shared_ptr<const core::RightToCall> Records::right_to_call(core::RightToCallId id) const {
    return find_in(rights_to_call, id);
}
std::shared_ptr<const core::RightToCall> Records::right_to_call(std::string_view name) const {
    return find_named(rights_to_call, name);
}

std::shared_ptr<const core::Profile> Records::profile(core::ProfileId id) const {
    return find_in(profiles, id);
}
std::shared_ptr<const core::Profile> Records::profile(std::string_view name) const {
    return find_named(profiles, name);
}

std::shared_ptr<const core::Trunk> Records::trunk(std::string_view name) const {
    return find_named(trunks, name);
}
std::shared_ptr<const core::Prompt> Records::prompt(std::string_view name) const {
    return find_named(prompts, name);
}

const Role& Records::role(const core::User& user) const {
    const std::string own = own_role_of(user);
    const auto found = roles.find(own);
    return own.empty()            ? built_in_role(user.access)
           : found == roles.end() ? built_in_role(core::Access::agent)
                                  : *found->second;
}

std::shared_ptr<const core::User> Records::as_held(std::shared_ptr<const core::User> user) const {
    const core::Access access = user ? role(*user).access : core::Access::agent;
    if (!user || api::reach_of(user->access) == api::reach_of(access)) {
        return user;
    }
    auto held = std::make_shared<core::User>(*user);
    held->access = access;
    return held;
}

void Directory::load(const core::State& state) {
    auto fresh = std::make_shared<Records>();
    copy_all(fresh->users, state.users);
    copy_all(fresh->devices, state.devices);
    copy_all(fresh->queues, state.queues);
    copy_all(fresh->pauses, state.pauses);
    copy_all(fresh->rights_to_call, state.rights_to_call);
    copy_all(fresh->profiles, state.profiles);
    copy_all(fresh->trunks, state.trunks);
    copy_all(fresh->prompts, state.prompts);
    fresh->settings = std::make_shared<const core::Settings>(state.settings);
    copy_routing(*fresh, state);
    const std::lock_guard lock(mutex_);
    fresh->roles = records_->roles;
    fresh->roles_version = records_->roles_version;
    fresh->version_key = records_->version_key;
    records_ = std::move(fresh);
}

void Directory::set_version_key(std::string key) {
    const std::lock_guard lock(mutex_);
    auto fresh = std::make_shared<Records>(*records_);
    fresh->version_key = std::move(key);
    records_ = std::move(fresh);
}

void Directory::follow(const core::State& state, const std::vector<core::Record>& records) {
    const std::shared_ptr<const Records> old = now();
    Change change{old, nullptr};
    for (const core::Record& record : records) {
        std::visit(change, record.event);
    }
    if (change.other_routing) {
        copy_routing(change.edit(), state);
    }
    if (change.fresh) {
        const std::lock_guard lock(mutex_);
        change.fresh->roles = records_->roles;  // which others may have set meanwhile
        change.fresh->roles_version = records_->roles_version;
        records_ = std::move(change.fresh);
    }
}

void Directory::set_roles(const std::vector<Role>& roles) {
    std::unique_lock lock(mutex_);
    const auto known = [&](const Role& role) {
        const auto found = records_->roles.find(role.name);
        return found != records_->roles.end() && *found->second == role;
    };
    if (roles.size() == records_->roles.size() && std::all_of(roles.begin(), roles.end(), known)) {
        return;
    }
    auto fresh = std::make_shared<Records>(*records_);
    fresh->roles.clear();
    ++fresh->roles_version;
    for (const Role& role : roles) {
        fresh->roles[role.name] = std::make_shared<const Role>(role);
    }
    records_ = std::move(fresh);
    lock.unlock();
    if (roles_changed_) {
        roles_changed_();
    }
}

std::shared_ptr<const Records> Directory::now() const {
    const std::lock_guard lock(mutex_);
    return records_;
}

}  // namespace linka::api
