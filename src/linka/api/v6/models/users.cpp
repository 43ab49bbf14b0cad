// /api/v6/users: logins, extensions, rights. Beyond the public model: `queues` and `devices` carry
// the user's rights ([{name, login, penalty}], [{name, delay, ring}]); role (or profile) is one of
// admin, manager, agent, back_office.
#include "linka/api/auth/password_rule.hpp"
#include "linka/api/v6/serve.hpp"
#include "linka/base/text.hpp"
#include "linka/core/limits.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {

const std::vector<std::string>& user_fields() {
    static const std::vector<std::string> fields{"name",
                                                 "title",
                                                 "alias",
                                                 "type",
                                                 "role",
                                                 "profile",
                                                 "extension",
                                                 "clid",
                                                 "forwarding_number",
                                                 "recordAtCallStart",
                                                 "extension_state",
                                                 "presence_state",
                                                 "description",
                                                 "call_steering_description",
                                                 "acl",
                                                 "static",
                                                 "frontend_version",
                                                 "allowRecordingInterruption",
                                                 "algo",
                                                 "email",
                                                 "emailAuth",
                                                 "icon",
                                                 "emoji",
                                                 "mfa_verification",
                                                 "sign",
                                                 "ctrl_enter_email",
                                                 "options",
                                                 "fcmSettings",
                                                 "cp_access_crm",
                                                 "timezone",
                                                 "nps_score",
                                                 "deactivated",
                                                 "deleted",
                                                 "backoffice_user",
                                                 "queues",
                                                 "devices",
                                                 "_sys"};
    return fields;
}

void list_users(const AskPtr& ask, const Respond& respond) {
    on_core(ask, respond, [ask, respond](const core::State& state, Instant) {
        const auto presence =
            std::make_shared<const PresenceMap>(presence_of(state));  // ours and the worker's
        serve_list(ask, respond, user_fields(), [ask, presence](store::Reader&) {
            const View view = view_of(*ask, presence.get());
            Rows rows;
            for (const auto& [id, user] : view.records->users) {
                if (sight_of(*ask->user, *user) != Sight::none) {
                    rows.push_back(view.user(*user));
                }
            }
            return rows;
        });
    });
}

std::shared_ptr<const core::User> visible_user(const Ask& ask) {
    auto user = ask.site.directory.now()->user(std::string_view(ask.name));
    return user && sight_of(*ask.user, *user) != Sight::none ? user : nullptr;
}

void one_user(const AskPtr& ask, const Respond& respond) {
    on_core(ask, respond, [ask, respond](const core::State& state, Instant) {
        const auto user = visible_user(*ask);
        const PresenceMap presence = presence_of(state);
        const View view = view_of(*ask, &presence);
        respond(user ? record_response(*ask, view.user(*user)) : ask->envelope.not_found());
    });
}

void read_queue_rights(Form& form, core::User& user) {
    const json::Value* value = form.value("queues");
    if (value == nullptr || !value->is_array()) {
        return;
    }
    user.queues.clear();
    for (const json::Value& element : value->get_array()) {
        core::QueueRight right;
        json::Object entry = element.is_object() ? element.get_object() : json::Object();
        if (!element.is_object()) {
            entry["name"] = element;
        }
        Form inner(entry, Language::en);
        const auto number = text::to_int(inner.relation("name").value_or(""));
        inner.choice("login", right.login);
        inner.integer("penalty", right.penalty, 0, 100);
        right.queue = core::QueueId{number.value_or(0)};
        if (!number || !inner.errors().empty()) {
            form.wrong("queues", "neplatná fronta", "invalid queue");
        } else {
            user.queues.push_back(right);
        }
    }
}

void read_device_rights(Form& form, const Records& records, core::User& user) {
    const json::Value* value = form.value("devices");
    if (value == nullptr || !value->is_array()) {
        return;
    }
    user.devices.clear();
    for (const json::Value& element : value->get_array()) {
        core::DeviceRight right;
        json::Object entry = element.is_object() ? element.get_object() : json::Object();
        if (!element.is_object()) {
            entry["name"] = element;
        }
        Form inner(entry, Language::en);
        const auto device = records.device(std::string_view(inner.relation("name").value_or("")));
        inner.duration("delay", right.delay, 1s, 300);
        inner.duration("ring", right.ring, 1s, 300);
        if (!device || !inner.errors().empty()) {
            form.wrong("devices", "neznámé zařízení", "unknown device");
        } else {
            right.device = device->id;
            user.devices.push_back(right);
        }
    }
}

void read_user(Form& form, const Records& records, core::User& user) {
    form.text("title", user.title, core::limits::title_bytes_max);
    form.text("alias", user.alias, core::limits::title_bytes_max);
    form.choice("type", user.type);
    for (const std::string_view field : {"profile", "role"}) {
        const auto access = form.relation(field);
        if (access && !enum_from_name(*access, user.access)) {
            form.wrong(field, "neznámé; jsou admin, manager, agent, back_office",
                       "unknown; there are admin, manager, agent, back_office");
        }
    }
    form.text("extension", user.extension, 32);
    form.text("clid", user.caller_number, 32);
    form.text("forwarding_number", user.forwarding_number, 32);
    form.choice("recordAtCallStart", user.record);
    form.flag("deactivated", user.deactivated);
    form.flag("noQueueCallsAllowed", user.call_without_queue);
    if (form.has("maxActivities")) {
        int count = 0;
        form.integer("maxActivities", count, 1, core::limits::max_activities_max);
        const bool cleared = form.value("maxActivities")->is_null();
        user.max_activities = cleared ? std::nullopt : std::optional(count);
    }
    read_queue_rights(form, user);
    read_device_rights(form, records, user);
    // A second factor that is not asked for must not look as if it were.
    int second_factor = 0;
    form.integer("mfa_verification", second_factor, 0, 0);
    form.attributes(user.attributes,
                    {"description", "call_steering_description", "acl", "static",
                     "frontend_version", "allowRecordingInterruption", "algo", "email", "emailAuth",
                     "icon", "emoji", "mfa_verification", "sign", "ctrl_enter_email", "options",
                     "fcmSettings", "cp_access_crm", "timezone"});
}

Response stored_user(const Ask& ask, const core::User& user, int status) {
    return ask.envelope.success(view_of(ask).user(user), status);
}

// For the audit log: the name, and which of the rights changed.
std::string changes_of(const core::User& old, const core::User& now) {
    std::string text = now.name;
    const auto add = [&](std::string_view field, bool changed) {
        text += changed ? " " + std::string(field) : std::string();
    };
    add("role", old.access != now.access);
    add("queues", !(old.queues == now.queues));
    add("devices", !(old.devices == now.devices));
    add("extension", old.extension != now.extension);
    add("forwarding_number", old.forwarding_number != now.forwarding_number);
    add("deactivated", old.deactivated != now.deactivated);
    return text;
}

// Finishes on a worker what is none of the core's business: passwords and sessions.
void on_accounting(const AskPtr& ask, const Respond& respond, std::function<void()> work) {
    const bool taken = ask->site.accounting.post(
        [work = std::move(work)](const Result<store::Reader*>&) { work(); });
    if (!taken) {
        respond(overloaded());
    }
}

void finish_update(const AskPtr& ask, const Respond& respond, const core::User& old,
                   const core::User& user, const std::optional<std::string>& password) {
    on_accounting(ask, respond, [ask, respond, old, user, password] {
        Accounts& accounts = ask->site.accounts;
        if (password) {
            const Status set = accounts.set_password(user.name, *password, user.id, ask->user->id);
            if (!set) {
                respond(ask->envelope.error(set.error()));
                return;
            }
        } else if (user.deactivated) {
            accounts.sign_out_everywhere(user.name, user.id);
        }
        note_change(*ask, "users.update", changes_of(old, user));
        respond(stored_user(*ask, user, 200));
    });
}

void forget_unless_there(const Ask& ask, const std::string& name) {
    if (ask.site.directory.now()->user(std::string_view(name)) == nullptr) {
        ask.site.accounts.forget(name, {});
    }
}

// User and password are one step: the password is kept first, where nobody can use it as long as
// there is no such user, and goes again if the core refuses the user.
void create_with_password(const AskPtr& ask, const Respond& respond, core::User user,
                          const std::string& password) {
    if (ask->site.directory.now()->user(std::string_view(user.name)) != nullptr) {
        respond(ask->envelope.invalid(
            {{"name", ask->envelope.language() == Language::cs ? "Takové jméno už existuje"
                                                               : "exists already"}},
            nullptr));
        return;
    }
    on_accounting(ask, respond, [ask, respond, user = std::move(user), password] {
        const std::string name = user.name;
        const Status kept = ask->site.accounts.set_password(name, password, {}, ask->user->id);
        if (!kept) {
            respond(ask->envelope.error(kept.error()));
            return;
        }
        const bool taken = ask->site.live.submit(
            core::SaveUser{user}, [ask, respond, name](const core::Reply& reply) {
                if (reply.kind != core::Reply::Kind::ok) {
                    on_accounting(ask, respond, [ask, respond, name, reply] {
                        forget_unless_there(*ask, name);
                        respond(refusal(*ask, reply));
                    });
                    return;
                }
                on_core(ask, respond, [ask, respond, reply](const core::State& state, Instant) {
                    const core::User* saved = core::find_user(state, core::UserId{reply.record_id});
                    if (saved == nullptr) {
                        respond(ask->envelope.not_found());
                        return;
                    }
                    note_change_later(ask, "users.create", saved->name);
                    respond(stored_user(*ask, *saved, 201));
                });
            });
        if (!taken) {
            forget_unless_there(*ask, name);
            respond(overloaded());
        }
    });
}

void write_user(const AskPtr& ask, const Respond& respond, core::User user, bool create) {
    const auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    if (!create && overtaken(ask, respond, *body, view_of(*ask).user(user))) {
        return;
    }
    const core::User old = user;
    Form form(*body, ask->envelope.language());
    if (create) {
        form.text("name", user.name, core::limits::name_bytes_max);
        form.require("name", !user.name.empty());
        form.require("title", form.has("title"));
    } else if (const auto name = form.relation("name"); name && *name != user.name) {
        form.wrong("name", "Přihlašovací jméno nelze změnit", "The login name cannot be changed");
    }
    read_user(form, *ask->site.directory.now(), user);
    std::optional<std::string> password;
    if (form.has("password") && !form.value("password")->is_null()) {
        form.text("password", password.emplace(), password_bytes_max);
    }
    const bool needs = create && user.type == core::UserType::CC;
    form.require("password", !needs || (password && !password->empty()));
    const bool demo = ask->site.directory.now()->demo;
    if (password && !password->empty()) {  // an empty one takes it away
        if (const auto fault = password_fault(*password, demo)) {
            form.wrong("password", fault->cs, fault->en);
        }
    }
    if (refused(ask, respond, form, *body)) {
        return;
    }
    if (create) {
        create_with_password(ask, respond, std::move(user), password.value_or(""));
        return;
    }
    save(ask, respond, core::SaveUser{std::move(user)},
         [ask, respond, password, old](const core::Reply& reply, const core::State& state) {
             const core::User* saved = core::find_user(state, core::UserId{reply.record_id});
             if (saved == nullptr) {
                 respond(ask->envelope.not_found());
                 return;
             }
             finish_update(ask, respond, old, *saved, password);
         });
}

void create_user(const AskPtr& ask, const Respond& respond) {
    if (may_write(ask, respond)) {
        write_user(ask, respond, core::User{}, true);
    }
}

void update_user(const AskPtr& ask, const Respond& respond) {
    if (!may_write(ask, respond)) {
        return;
    }
    const auto user = visible_user(*ask);
    if (!user) {
        respond(ask->envelope.not_found());
        return;
    }
    write_user(ask, respond, *user, false);
}

void remove_user(const AskPtr& ask, const Respond& respond) {
    if (!may_write(ask, respond)) {
        return;
    }
    const auto user = visible_user(*ask);
    if (!user) {
        respond(ask->envelope.not_found());
        return;
    }
    save(ask, respond, core::RemoveUser{user->id},
         [ask, respond, user](const core::Reply&, const core::State&) {
             on_accounting(ask, respond, [ask, respond, user] {
                 ask->site.accounts.forget(user->name, user->id);
                 note_change(*ask, "users.delete", user->name);
                 Response response;
                 response.status = 204;
                 respond(std::move(response));
             });
         });
}

// The user's queues or devices, as lists of their own.
void user_relation(const AskPtr& ask, const Respond& respond) {
    const auto user = visible_user(*ask);
    const bool queues = text::equal_ignoring_case(ask->relation, "queues");
    const bool devices = text::equal_ignoring_case(ask->relation, "sipDevices");
    if (!user || sight_of(*ask->user, *user) != Sight::full || (!queues && !devices)) {
        respond(ask->envelope.not_found());
        return;
    }
    const View view = view_of(*ask);
    Rows rows;
    for (const core::QueueRight& right : user->queues) {
        const auto queue = view.records->queue(right.queue);
        if (queues && queue && may_see(*ask->user, right.queue)) {
            rows.push_back(view.queue(*queue));
        }
    }
    for (const core::DeviceRight& right : user->devices) {
        const auto device = view.records->device(right.device);
        if (devices && device) {
            rows.push_back(view.device(*device));
        }
    }
    respond(list_response(*ask, std::move(rows), {"name", "title", "type"}));
}

}  // namespace

Model users_model() {
    return {"users",     {},          list_users,  one_user,
            create_user, update_user, remove_user, user_relation};
}

}  // namespace linka::api::v6
