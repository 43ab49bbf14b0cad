// /api/v6/users: logins, extensions, rights. Beyond the public model: `queues` and `devices` carry
// the user's rights ([{name, login, penalty}], [{name, delay, ring}]); role (or profile) is one of
// admin, manager, agent, back_office.
#include "linka/api/auth/password.hpp"
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
    form.attributes(user.attributes,
                    {"description", "call_steering_description", "acl", "static",
                     "frontend_version", "allowRecordingInterruption", "algo", "email", "emailAuth",
                     "icon", "emoji", "mfa_verification", "sign", "ctrl_enter_email", "options",
                     "fcmSettings", "cp_access_crm", "timezone"});
}

Response stored_user(const Ask& ask, const core::User& user, int status) {
    return ask.envelope.success(view_of(ask).user(user), status);
}

// The core has it; now the password, which is none of the core's business.
void finish_user(const AskPtr& ask, const Respond& respond, const core::User& user,
                 const std::optional<std::string>& password, int status) {
    const auto finish = [ask, respond, user, password, status](const Result<store::Reader*>&) {
        if (password) {
            const Status set = ask->site.accounts.set_password(user.name, *password, user.id);
            if (!set) {
                respond(ask->envelope.error(set.error()));
                return;
            }
        } else if (user.deactivated) {
            ask->site.accounts.sign_out_everywhere(user.id);
        }
        note_change(*ask, status == 201 ? "users.create" : "users.update", user.name);
        respond(stored_user(*ask, user, status));
    };
    if (!ask->site.hashing.post(finish)) {
        respond(overloaded());
    }
}

void write_user(const AskPtr& ask, const Respond& respond, core::User user, bool create) {
    const auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
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
    if (refused(ask, respond, form, *body)) {
        return;
    }
    save(ask, respond, core::SaveUser{std::move(user)},
         [ask, respond, password, create](const core::Reply& reply, const core::State& state) {
             const core::User* saved = core::find_user(state, core::UserId{reply.record_id});
             if (saved == nullptr) {
                 respond(ask->envelope.not_found());
                 return;
             }
             finish_user(ask, respond, *saved, password, create ? 201 : 200);
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
             const bool taken =
                 ask->site.hashing.post([ask, respond, user](const Result<store::Reader*>&) {
                     ask->site.accounts.forget(user->name, user->id);
                     note_change(*ask, "users.delete", user->name);
                     Response response;
                     response.status = 204;
                     respond(std::move(response));
                 });
             if (!taken) {
                 respond(overloaded());
             }
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
