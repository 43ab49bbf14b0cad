#include "linka/api/rights.hpp"

#include "linka/api/v6/sql_fields.hpp"
#include "linka/core/work/missed.hpp"

#include <algorithm>

namespace linka::api {

namespace {

Reach reach_of(const core::User& user) {
    return api::reach_of(user.access);
}

std::vector<std::string> numbers_of_seen(const core::User& viewer, const Records& records) {
    std::vector<std::string> users;
    for (const auto& [id, user] : records.users) {
        if (sight_of(viewer, *user) == Sight::full && users.size() < 1000) {
            users.push_back(std::to_string(id.value));
        }
    }
    return users;
}

// How far somebody sees work: without the right to read it their own.
Reach reach_of_work(const Role& role) {
    return role.grants.has(Module::activities, Operation::read) ? api::reach_of(role.access)
                                                                : Reach::own;
}

bool sees_work(const core::User& viewer, Reach reach, const Work& work) {
    const bool own = work.owner != nullptr && work.owner->id == viewer.id;
    if (reach == Reach::everything || own) {
        return true;
    }
    if (!work.queue) {
        return reach == Reach::queues && work.owner != nullptr &&
               sight_of(viewer, *work.owner) == Sight::full;
    }
    return (reach == Reach::queues || work.waits) && sees(viewer, work.queue);
}

}  // namespace

bool may(const Records& records, const core::User& user, Module module, Operation operation) {
    return records.role(user).grants.has(module, operation);
}

bool may_give(const Records& records, const core::User& giver, const Role& role) {
    const Role& own = records.role(giver);
    // What every agent may is nobody's privilege.
    const Grants all = own.grants.with(built_in_role(core::Access::agent).grants);
    return all.cover(role.grants) && api::reach_of(own.access) >= api::reach_of(role.access);
}

bool is_of_those_above(const Records& records, const core::User& viewer, core::DeviceId device) {
    return std::any_of(records.users.begin(), records.users.end(), [&](const auto& entry) {
        const core::User& user = *entry.second;
        const bool has = std::any_of(user.devices.begin(), user.devices.end(),
                                     [&](const auto& right) { return right.device == device; });
        return has && user.id != viewer.id && !may_give(records, viewer, records.role(user));
    });
}

bool sees(const core::User& viewer, core::QueueId queue) {
    return reach_of(viewer) == Reach::everything ||
           std::any_of(viewer.queues.begin(), viewer.queues.end(),
                       [&](const core::QueueRight& right) { return right.queue == queue; });
}

Sight sight_of(const core::User& viewer, const core::User& other) {
    const Reach reach = reach_of(viewer);
    if (reach == Reach::everything || viewer.id == other.id) {
        return Sight::full;
    }
    const bool shared =
        std::any_of(other.queues.begin(), other.queues.end(),
                    [&](const core::QueueRight& right) { return sees(viewer, right.queue); });
    if (!shared) {
        return Sight::none;
    }
    return reach == Reach::queues ? Sight::full : Sight::presence;
}

bool sees(const core::User& viewer, const Records& records, core::DeviceId device) {
    if (reach_of(viewer) == Reach::everything) {
        return true;
    }
    return std::any_of(records.users.begin(), records.users.end(), [&](const auto& entry) {
        const core::User& user = *entry.second;
        return sight_of(viewer, user) == Sight::full &&
               std::any_of(user.devices.begin(), user.devices.end(),
                           [&](const core::DeviceRight& right) { return right.device == device; });
    });
}

bool reads(const Records& records, const core::User& viewer, core::QueueId queue) {
    return may(records, viewer, Module::queues, Operation::read) && sees(viewer, queue);
}

bool reads(const Records& records, const core::User& viewer, core::DeviceId device) {
    return may(records, viewer, Module::devices, Operation::read) && sees(viewer, records, device);
}

Viewer::Viewer(const Records& records, std::shared_ptr<const core::User> user)
    : user_(std::move(user)), role_(records.role(*user_)) {
}

Sight Viewer::sight_of(const core::User& other) const {
    const bool read = role_.grants.has(Module::users, Operation::read) || other.id == user_->id;
    return read ? api::sight_of(*user_, other) : Sight::none;
}

bool Viewer::sees(core::QueueId queue) const {
    return role_.grants.has(Module::queues, Operation::read) && api::sees(*user_, queue);
}

bool Viewer::sees(const Work& work) const {
    return sees_work(*user_, reach_of_work(role_), work);
}

bool Viewer::sees_missed(core::QueueId queue, const core::User* called) const {
    if (reach_of_work(role_) == reach_of(*user_)) {
        return core::may_see_missed(*user_, queue, called);
    }
    core::User narrowed = *user_;
    narrowed.access = core::Access::agent;
    return core::may_see_missed(narrowed, queue, called);
}

bool Viewer::sees_as(const Viewer& other) const {
    return user_->access == other.user_->access && user_->queues == other.user_->queues &&
           role_ == other.role_;
}

bool may_supervise(const Records& records, const core::User& viewer, const core::User& other) {
    return may(records, viewer, Module::supervision, Operation::update) &&
           sight_of(viewer, other) == Sight::full &&
           (reach_of(viewer) == Reach::everything || reach_of(other) != Reach::everything);
}

store::Filter visible_rows(const core::User& viewer, const Records& records) {
    const Reach reach = reach_of_work(records.role(viewer));
    if (reach == Reach::everything) {
        return {};
    }
    store::Filter own = v6::is_equal("user", std::to_string(viewer.id.value));
    if (reach == Reach::own) {
        return own;
    }
    std::vector<std::string> queues;
    for (const core::QueueRight& right : viewer.queues) {
        queues.push_back(std::to_string(right.queue.value));
    }
    store::Filter direct = v6::all_of(
        {v6::is_equal("queue", "0"), v6::is_in("user", numbers_of_seen(viewer, records))});
    if (queues.empty()) {
        return v6::any_of({std::move(own), std::move(direct)});
    }
    return v6::any_of({std::move(own), v6::is_in("queue", std::move(queues)), std::move(direct)});
}

store::Filter audible_rows(const core::User& viewer, const Records& records) {
    store::Filter visible = visible_rows(viewer, records);
    if (reach_of_work(records.role(viewer)) != Reach::queues) {
        return visible;
    }
    std::vector<std::string> users = numbers_of_seen(viewer, records);
    users.emplace_back("0");  // nobody's: voicemail of a queue
    return v6::all_of({std::move(visible), v6::is_in("user", std::move(users))});
}

store::Filter visible_calls(const core::User& viewer, const Records& records) {
    store::Filter visible = visible_rows(viewer, records);
    const Reach reach = reach_of_work(records.role(viewer));
    if (reach == Reach::everything) {
        return visible;
    }
    std::vector<std::string> users = reach == Reach::queues
                                         ? numbers_of_seen(viewer, records)
                                         : std::vector{std::to_string(viewer.id.value)};
    const std::string internal(name_of(core::CallDirection::internal));
    return v6::any_of({std::move(visible),
                       v6::all_of({v6::is_equal("queue", "0"), v6::is_equal("direction", internal),
                                   v6::is_in("activities.user", std::move(users))})});
}

}  // namespace linka::api
