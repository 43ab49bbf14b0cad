#include "linka/api/roles.hpp"

#include <algorithm>

namespace linka::api {

namespace {

using core::Access;

constexpr std::string_view attribute = "role";
constexpr std::array<char, 4> letters{'c', 'r', 'u', 'd'};

// What each access may do in each module, by the first letters of create, read, update, delete.
// What stands in none of them is asked nowhere.
struct Line {
    Module module;
    std::string_view admin;
    std::string_view manager;
    std::string_view others;
};
constexpr std::array<Line, module_count> lines{{{Module::users, "crud", "r", "r"},
                                                {Module::devices, "crud", "r", "r"},
                                                {Module::queues, "crud", "r", "r"},
                                                {Module::pauses, "crud", "r", "r"},
                                                {Module::statuses, "crud", "r", "r"},
                                                {Module::groups, "crud", "r", ""},
                                                {Module::roles, "crud", "", ""},
                                                {Module::rights_to_call, "crud", "r", ""},
                                                {Module::profiles, "crud", "r", ""},
                                                {Module::routing, "crud", "", ""},
                                                {Module::trunks, "crud", "", ""},
                                                {Module::settings, "ru", "", ""},
                                                {Module::change_log, "ru", "", ""},
                                                {Module::activities, "ru", "ru", "r"},
                                                {Module::queue_figures, "r", "r", ""},
                                                {Module::supervision, "cu", "cu", ""},
                                                {Module::demo_background, "ru", "ru", "r"},
                                                {Module::demo, "rd", "", ""},
                                                {Module::operations, "r", "", ""}}};

void add(Grants& grants, Module module, std::string_view allowed) {
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (allowed.find(letters[i]) != std::string_view::npos) {
            grants.add(module, static_cast<Operation>(i));
        }
    }
}

Role made(Access access) {
    Role role;
    role.name = name_of(access);
    role.access = access;
    for (const Line& line : lines) {
        add(role.grants, line.module,
            access == Access::admin     ? line.admin
            : access == Access::manager ? line.manager
                                        : line.others);
    }
    return role;
}

json::Object attributes_of(const core::User& user) {
    const auto parsed = json::parse(user.attributes.text);
    return parsed && parsed->is_object() ? parsed->get_object() : json::Object();
}

std::string text_at(const json::Object& object, std::string_view name) {
    const json::Value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

}  // namespace

Reach reach_of(Access access) {
    switch (access) {
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

Access access_of(Reach reach) {
    return reach == Reach::everything ? Access::admin
           : reach == Reach::queues   ? Access::manager
                                      : Access::agent;
}

const Role& built_in_role(Access access) {
    static const std::array<Role, 4> all{made(Access::admin), made(Access::manager),
                                         made(Access::agent), made(Access::back_office)};
    return *std::find_if(all.begin(), all.end(),
                         [&](const Role& role) { return role.access == access; });
}

const std::vector<Operation>& asked_in(Module module) {
    static const auto all = [] {
        std::array<std::vector<Operation>, module_count> asked;
        const Grants& most = built_in_role(Access::admin).grants;
        for (std::size_t i = 0; i < module_count; ++i) {
            for (std::size_t op = 0; op < letters.size(); ++op) {
                if (most.has(static_cast<Module>(i), static_cast<Operation>(op))) {
                    asked[i].push_back(static_cast<Operation>(op));
                }
            }
        }
        return asked;
    }();
    return all[static_cast<std::size_t>(module)];
}

Role role_from(const json::Object& record) {
    Role role;
    role.name = text_at(record, "name");
    role.title = text_at(record, "title");
    auto reach = Reach::own;
    enum_from_name(text_at(record, "reach"), reach);
    role.access = access_of(reach);
    const json::Value* options = record.if_contains("options");
    const json::Object* granted = options != nullptr ? options->if_object() : nullptr;
    for (std::size_t i = 0; granted != nullptr && i < module_count; ++i) {
        const auto module = static_cast<Module>(i);
        const json::Value* value = granted->if_contains(name_of(module));
        const json::Array list =
            value != nullptr && value->is_array() ? value->get_array() : json::Array();
        for (const Operation operation : asked_in(module)) {
            const json::Value name(name_of(operation));
            const bool implied = operation == Operation::read && !list.empty();
            if (implied || std::find(list.begin(), list.end(), name) != list.end()) {
                role.grants.add(module, operation);
            }
        }
    }
    return role;
}

std::string own_role_of(const core::User& user) {
    return user.attributes.text.find(R"("role":)") == std::string::npos
               ? std::string()
               : text_at(attributes_of(user), attribute);
}

void set_own_role(core::User& user, std::string_view name) {
    if (own_role_of(user) == name) {
        return;
    }
    json::Object attributes = attributes_of(user);
    if (name.empty()) {
        attributes.erase(attribute);
    } else {
        attributes[attribute] = name;
    }
    user.attributes.text = attributes.empty() ? std::string() : boost::json::serialize(attributes);
}

}  // namespace linka::api
