// /api/v6/roles: what somebody may do in which module (`options`), and how far they see (`reach`).
// The built-in ones are among them and stay as they are. Nobody gives more than they have: neither
// by a role that they make or change, nor to a person, nor to themselves.
#include "linka/api/roles.hpp"

#include "linka/api/live/blocker_text.hpp"
#include "linka/api/v6/api.hpp"
#include "linka/api/v6/describe/kept.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/core/records/limits.hpp"

#include <algorithm>

namespace linka::api::v6 {

namespace {

constexpr std::size_t title_bytes_max = 64;

std::vector<Module> all_modules() {
    std::vector<Module> all;
    for (std::size_t i = 0; i < module_count; ++i) {
        all.push_back(static_cast<Module>(i));
    }
    return all;
}

json::Object built_in_json(core::Access access, Language language) {
    const Role& role = built_in_role(access);
    json::Object options;
    for (const Module module : all_modules()) {
        json::Array operations;
        for (const Operation operation : asked_in(module)) {
            if (role.grants.has(module, operation)) {
                operations.emplace_back(name_of(operation));
            }
        }
        options[name_of(module)] = std::move(operations);
    }
    return {{"name", role.name},
            {"title", role_title(access, language)},
            {"reach", name_of(reach_of(access))},
            {"built_in", true},
            {"options", std::move(options)}};
}

std::vector<json::Object> built_in_roles(Language language) {
    using core::Access;
    return {built_in_json(Access::admin, language), built_in_json(Access::manager, language),
            built_in_json(Access::agent, language), built_in_json(Access::back_office, language)};
}

std::optional<Response> barred(const Ask& ask, const json::Object* old, const json::Object* now) {
    const auto records = ask.site.directory.now();
    for (const json::Object* record : {old, now}) {
        if (record != nullptr && !may_give(*records, *ask.user, role_from(*record))) {
            return ask.envelope.forbidden(
                "Role, která smí víc než vy, vzniknout, změnit se ani zmizet vaší rukou nemůže",
                "You can make, change or delete no role that may do more than you");
        }
    }
    if (now != nullptr) {
        return std::nullopt;
    }
    core::Blocker held{core::BlockerCode::in_use};
    for (const auto& [id, user] : records->users) {
        if (own_role_of(*user) == text_in(*old, "name")) {
            held.subjects.push_back(user->title);
            held.records.emplace_back(id);
        }
    }
    return held.records.empty()
               ? std::nullopt
               : std::optional(ask.envelope.blocked(
                     describe({held}, ask.envelope.language(), *records, ask.user), {}));
}

// Nobody was given a role that goes at the same moment.
bool is_free(const core::State& state, const json::Object& record) {
    return std::none_of(state.users.begin(), state.users.end(), [&](const auto& entry) {
        return own_role_of(entry.second) == text_in(record, "name");
    });
}

void follow(const Site& site, const std::vector<json::Object>& all) {
    std::vector<Role> roles;
    for (const json::Object& record : all) {
        roles.push_back(role_from(record));
    }
    site.directory.set_roles(roles);
}

std::vector<Member<json::Object>> role_members() {
    std::vector<Member<json::Object>> all{
        kept::name(),
        kept::text("title", title_bytes_max).required().distinct().basic(),
        kept::choice("reach", {"own", "queues", "everything"}).required().once().basic(),
        kept::area("description", 512).advanced(),
        kept::fixed("type", "CC"),
        kept::fixed("shortcuts", json::Array()),
        kept::built_in()};
    for (const Module module : all_modules()) {
        std::vector<std::string> operations;
        for (const Operation operation : asked_in(module)) {
            operations.emplace_back(name_of(operation));
        }
        all.push_back(
            kept::choices("options." + std::string(name_of(module)), std::move(operations))
                .basic());
    }
    return all;
}

const KeptModel& roles() {
    static const KeptModel model{
        .description = {"roles", Module::roles, {"title", "reach", "description"}, role_members()},
        .built_in = built_in_roles,
        .barred = barred,
        .is_free = is_free,
        .changed = follow};
    return model;
}

}  // namespace

Model roles_model() {
    return serve_kept(roles());
}

Status load_roles(const Site& site, store::Reader& reader) {
    return load_kept(roles(), site, reader);
}

}  // namespace linka::api::v6
