#include "linka/api/rights.hpp"

#include "linka/api/v6/sql_fields.hpp"

#include <algorithm>
#include <array>

namespace linka::api {

namespace {

using core::Access;

// What each access may do in each module, by the first letters of create, read, update, delete.
struct Grant {
    Module module;
    std::string_view admin;
    std::string_view manager;
    std::string_view others;
};
constexpr std::array<Grant, 13> grants{{{Module::users, "crud", "r", "r"},
                                        {Module::devices, "crud", "r", "r"},
                                        {Module::queues, "crud", "r", "r"},
                                        {Module::pauses, "crud", "r", "r"},
                                        {Module::statuses, "crud", "r", "r"},
                                        {Module::groups, "crud", "r", ""},
                                        {Module::settings, "ru", "", ""},
                                        {Module::change_log, "ru", "", ""},
                                        {Module::queue_figures, "r", "r", ""},
                                        {Module::supervision, "cu", "cu", ""},
                                        {Module::demo_background, "ru", "ru", "r"},
                                        {Module::demo, "rd", "", ""},
                                        {Module::operations, "r", "", ""}}};

constexpr std::array<char, 4> letters{'c', 'r', 'u', 'd'};

// How far somebody reaches: to everything, to what their queues hold, to their own.
enum class Reach { everything, queues, own };
Reach reach_of(const core::User& user) {
    switch (user.access) {
        case Access::admin:
            return Reach::everything;
        case Access::manager:
            return Reach::queues;
        case Access::agent:
        case Access::back_office:
            break;
    }
    return Reach::own;
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

}  // namespace

bool may(const core::User& user, Module module, Operation operation) {
    const auto* grant = std::find_if(grants.begin(), grants.end(),
                                     [&](const Grant& each) { return each.module == module; });
    const std::string_view allowed = user.access == Access::admin     ? grant->admin
                                     : user.access == Access::manager ? grant->manager
                                                                      : grant->others;
    return allowed.find(letters[static_cast<std::size_t>(operation)]) != std::string_view::npos;
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

bool sees(const core::User& viewer, const Work& work) {
    const Reach reach = reach_of(viewer);
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

bool may_supervise(const core::User& viewer, const core::User& other) {
    return may(viewer, Module::supervision, Operation::update) &&
           sight_of(viewer, other) == Sight::full &&
           (reach_of(viewer) == Reach::everything || reach_of(other) != Reach::everything);
}

store::Filter visible_rows(const core::User& viewer, const Records& records) {
    const Reach reach = reach_of(viewer);
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
    if (reach_of(viewer) != Reach::queues) {
        return visible;
    }
    std::vector<std::string> users = numbers_of_seen(viewer, records);
    users.emplace_back("0");  // nobody's: voicemail of a queue
    return v6::all_of({std::move(visible), v6::is_in("user", std::move(users))});
}

store::Filter visible_calls(const core::User& viewer, const Records& records) {
    store::Filter visible = visible_rows(viewer, records);
    if (reach_of(viewer) == Reach::everything) {
        return visible;
    }
    std::vector<std::string> users = reach_of(viewer) == Reach::queues
                                         ? numbers_of_seen(viewer, records)
                                         : std::vector{std::to_string(viewer.id.value)};
    const std::string internal(name_of(core::CallDirection::internal));
    return v6::any_of({std::move(visible),
                       v6::all_of({v6::is_equal("queue", "0"), v6::is_equal("direction", internal),
                                   v6::is_in("activities.user", std::move(users))})});
}

}  // namespace linka::api
