#include "linka/api/v6/describe/bringing_back.hpp"

#include "linka/api/v6/describe/change.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace linka::api::v6 {

namespace {

struct Made {
    Instant at;
    std::int64_t takes_back = 0;
};

// The entries by which records of this name were made.
std::map<std::int64_t, Made> makings(const json::Object& row, store::Reader& reader) {
    std::map<std::int64_t, Made> all;
    store::Query query;
    query.filter = all_of({is_equal("what", text_in(row, "model") + ".create"),
                           is_equal("name", text_in(row, "name"))});
    query.take = 1000;
    query.count = false;
    if (const auto page = reader.list(store::Model::audit, query)) {
        for (const std::string& text : page->rows) {
            const json::Object made = row_object(text);
            if (text_in(made, "name") == text_in(row, "name")) {  // lists know no case
                all[number_in(made, "id")] = {instant_in(made, "at"),
                                              number_in(made, "takes_back")};
            }
        }
    }
    return all;
}

// The entry that made the record which stood there at entry `at`; 0: it is older than the log.
std::int64_t origin(const std::map<std::int64_t, Made>& all, std::int64_t at) {
    while (true) {
        const auto next = all.upper_bound(at);
        if (next == all.begin()) {
            return 0;
        }
        const auto& [id, made] = *std::prev(next);
        if (made.takes_back == 0) {
            return id;
        }
        at = std::min(made.takes_back, id - 1);  // it was brought back: go on with what was deleted
    }
}

// Names by id of those who had rights.
std::map<std::int64_t, std::string> people_in(const json::Object& row, std::string_view column) {
    std::map<std::int64_t, std::string> people;
    const json::Object values = row_object(text_in(row, column));
    const json::Value* list = values.if_contains(people_member);
    for (const json::Value& one :
         list != nullptr && list->is_array() ? list->get_array() : json::Array()) {
        const json::Object person = one.is_object() ? one.get_object() : json::Object();
        people[number_in(person, "id")] = text_in(person, "name");
    }
    return people;
}

// Who had a right to the record and did not get it again.
std::string left_out(const json::Object& row, store::Reader& reader) {
    store::Query query;
    query.filter = is_equal("takes_back", std::to_string(number_in(row, "id")));
    query.take = 1;
    query.count = false;
    const auto page = reader.list(store::Model::audit, query);
    if (!flag_in(row, "taken_back") || !page || page->rows.empty()) {
        return {};
    }
    const auto again = people_in(row_object(page->rows.front()), "after");
    std::string names;
    for (const auto& [id, name] : people_in(row, "before")) {
        if (!again.contains(id)) {
            names += (names.empty() ? "" : ", ") + name;
        }
    }
    return names;
}

// The roles of a change of people or of roles, as they are now and as they would be: who takes it
// back must be allowed to give them all.
std::vector<Role> roles_of(const json::Object& row, const Records& records) {
    const std::string model = text_in(row, "model");
    const std::string name = text_in(row, "name");
    const json::Object wanted = row_object(text_in(row, "before"));
    std::vector<Role> all;
    const auto add_named = [&](const std::string& role) {
        auto access = core::Access::agent;
        const auto own = records.roles.find(role);
        if (own != records.roles.end()) {
            all.push_back(*own->second);
        } else if (enum_from_name(role, access)) {
            all.push_back(built_in_role(access));
        }
    };
    if (model == "roles") {
        add_named(name);
        all.push_back(role_from(wanted));
    } else if (const auto user =
                   model == "users" ? records.user(std::string_view(name)) : nullptr) {
        all.push_back(records.role(*user));
    }
    if (model == "users") {
        add_named(text_in(wanted, "role"));
    }
    return all;
}

// Why this reader, who may change such records, may not take this change back; empty: they may.
std::string kept_from(const json::Object& row, const View& view) {
    const bool cs = view.envelope.language() == Language::cs;
    const core::User& reader = *view.viewer;
    const auto roles = roles_of(row, *view.records);
    if (flag_in(row, "hidden")) {
        return cs ? "Část změny nesmíte číst, proto ji vrátit nemůžete."
                  : "You may not read all of this change, so you cannot take it back.";
    }
    if (std::any_of(roles.begin(), roles.end(),
                    [&](const Role& role) { return !may_give(*view.records, reader, role); })) {
        return cs ? "Týká se role, která smí víc než vy, proto změnu vrátit nemůžete."
                  : "It is about a role that may do more than you, so you cannot take it back.";
    }
    const json::Object wanted = row_object(text_in(row, "before"));
    const bool people = text_in(row, "model") == "users";
    const auto gives = [&](std::string_view field, Module module) {
        return people && wanted.contains(field) &&
               !may(*view.records, reader, module, Operation::update);
    };
    if (gives("profile", Module::profiles)) {
        return cs ? "Profil dává jen ten, kdo profily smí měnit, proto změnu vrátit nemůžete."
                  : "Only who may change profiles gives them, so you cannot take this back.";
    }
    if (gives("acl", Module::rights_to_call)) {
        return cs ? "Oprávnění k volání dává jen ten, kdo je smí měnit, proto změnu vrátit "
                    "nemůžete."
                  : "Only who may change rights to call gives them, so you cannot take this back.";
    }
    return {};
}

}  // namespace

std::optional<Instant> made_after(const json::Object& row, store::Reader& reader) {
    const std::map<std::int64_t, Made> all = makings(row, reader);
    const std::int64_t now = origin(all, std::numeric_limits<std::int64_t>::max());
    return now != origin(all, number_in(row, "id")) ? std::optional(all.at(now).at) : std::nullopt;
}

bool stands(const json::Object& row) {
    const std::string name = text_in(row, "model");
    const std::string what = text_in(row, "what");
    const bool known = std::any_of(models().begin(), models().end(),
                                   [&](const Model& model) { return model.name == name; });
    const bool says = !text_in(row, "before").empty() || !text_in(row, "after").empty();
    return known && what.starts_with(name + ".") && says && !flag_in(row, "taken_back");
}

bool may_return(const json::Object& row, const Records& records, const core::User& user) {
    const std::string name = text_in(row, "model");
    const std::string what = text_in(row, "what");
    const auto model = std::find_if(models().begin(), models().end(),
                                    [&](const Model& each) { return each.name == name; });
    const Operation operation = what == name + ".create"   ? Operation::remove
                                : what == name + ".delete" ? Operation::create
                                                           : Operation::update;
    return model != models().end() &&
           (!model->module || (may(records, user, *model->module, operation) &&
                               may(records, user, Module::change_log, Operation::update)));
}

Returning returning_of(const json::Object& row, store::Reader& reader, const View& view) {
    const bool cs = view.envelope.language() == Language::cs;
    const std::string model = text_in(row, "model");
    if (!flag_in(row, "taken_back") && may_return(row, *view.records, *view.viewer)) {
        if (std::string why = kept_from(row, view); !why.empty()) {
            return {false, std::move(why)};
        }
    }
    const std::string type = text_in(row_object(text_in(row, "before")), "type");
    if (text_in(row, "what") != model + ".delete") {
        return {};
    }
    auto queue_type = core::QueueType::in;
    if (model == "queues" && enum_from_name(type, queue_type) && !core::is_served(queue_type)) {
        return {false, cs ? "Frontu nelze vrátit: fronty jejího typu zatím nic neobsluhuje. "
                            "V ukázce byla jen na ukázku."
                          : "The queue cannot be brought back: nothing serves queues of its type "
                            "yet. In the demo it was only there to be seen."};
    }
    const std::string role = text_in(row_object(text_in(row, "before")), "role");
    auto access = core::Access::agent;
    if (model == "users" && !role.empty() && !enum_from_name(role, access) &&
        !view.records->roles.contains(role)) {
        return {false, cs ? "Role, kterou ten člověk měl, tu už není. Založte ho znovu s jinou."
                          : "The role that this person had is gone. Make them anew with another."};
    }
    if (const std::string names = left_out(row, reader); !names.empty()) {
        return {true, (cs ? "Právo se nevrátilo těm, kdo tu už nejsou nebo ho mít nesmějí: "
                          : "Those who are gone, or may not have it, did not get their right "
                            "again: ") +
                          names + "."};
    }
    if (model == "sipDevices" && type == "sip") {
        return {true,
                cs ? "Původní heslo se nevrací: telefon má nové. Najdete ho v jeho záznamu ve "
                     "Správě a v telefonu ho nastavte."
                   : "The old password does not come back: the telephone has a new one. Find "
                     "it in its record in Manage and set it in the telephone."};
    }
    if (model == "users" && type == "CC") {
        return {true, cs ? "Heslo se nevrací: nastavte nové v záznamu uživatele ve Správě."
                         : "The password does not come back: set a new one in the user's record in "
                           "Manage."};
    }
    return {};
}

}  // namespace linka::api::v6
