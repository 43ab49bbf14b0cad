// /api/v6/sipDevices: telephones, web phones and external numbers (`type` sip, web, external). Only
// an administrator reads the SIP password.
#include "linka/api/auth/password_rule.hpp"
#include "linka/api/auth/token.hpp"
#include "linka/api/v6/serve.hpp"
#include "linka/core/limits.hpp"
#include "linka/core/view.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>

namespace linka::api::v6 {

namespace {

const std::vector<std::string>& device_fields() {
    static const std::vector<std::string> fields{
        "name",         "title",     "type",   "number",         "remote_answer",    "description",
        "context",      "dtmfmode",  "nat",    "qualify",        "callgroup",        "pickupgroup",
        "codec",        "transport", "srtp",   "language",       "options",          "cc_device",
        "deactivated",  "_sys",      "shared", "emergency_clid", "emergency_prefix", "phone",
        "line_position"};
    return fields;
}

// Administrators see all; managers those of people they see; others their own.
bool may_see_device(const Records& records, const core::User& viewer, core::DeviceId device) {
    if (viewer.access == core::Access::admin) {
        return true;
    }
    return std::any_of(records.users.begin(), records.users.end(), [&](const auto& entry) {
        const core::User& user = *entry.second;
        return sight_of(viewer, user) == Sight::full &&
               std::any_of(user.devices.begin(), user.devices.end(),
                           [&](const core::DeviceRight& right) { return right.device == device; });
    });
}

void list_devices(const AskPtr& ask, const Respond& respond) {
    serve_list(ask, respond, device_fields(), [ask](store::Reader&) {
        const View view = view_of(*ask);
        Rows rows;
        for (const auto& [id, device] : view.records->devices) {
            if (may_see_device(*view.records, *ask->user, id)) {
                rows.push_back(view.device(*device));
            }
        }
        return rows;
    });
}

std::shared_ptr<const core::Device> visible_device(const Ask& ask) {
    const auto records = ask.site.directory.now();
    auto device = records->device(std::string_view(ask.name));
    return device && may_see_device(*records, *ask.user, device->id) ? device : nullptr;
}

json::Object with_password(const Ask& ask, const core::Device& device) {
    const View view = view_of(ask);
    json::Object out = view.device(device);
    if (view.is_admin() && device.type == core::DeviceType::sip) {
        const auto secrets = ask.site.store.secrets(sip_kind);
        const bool known = secrets && secrets->contains(device.name);
        out["password"] = known ? json::Value(secrets->at(device.name)) : json::Value(nullptr);
    }
    return out;
}

void one_device(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader&) {
        const auto device = visible_device(*ask);
        return device ? record_response(*ask, with_password(*ask, *device))
                      : ask->envelope.not_found();
    });
}

void finish_device(const AskPtr& ask, const Respond& respond, const core::Device& device,
                   const std::string& password, int status) {
    on_worker(ask, respond, [ask, device, password, status](store::Reader&) {
        if (!password.empty()) {
            const Status kept = ask->site.store.put_secret(sip_kind, device.name, password);
            if (!kept) {
                return ask->envelope.error(kept.error());
            }
        }
        ask->site.health.accounts_changed();
        note_change(*ask, status == 201 ? "sipDevices.create" : "sipDevices.update", device.name);
        return ask->envelope.success(with_password(*ask, device), status);
    });
}

void write_device(const AskPtr& ask, const Respond& respond, core::Device device, bool create) {
    const auto body = body_of(ask, respond);
    if (!body) {
        return;
    }
    if (!create && overtaken(ask, respond, *body, view_of(*ask).device(device))) {
        return;
    }
    Form form(*body, ask->envelope.language());
    if (create) {
        form.text("name", device.name, 32);
        form.choice("type", device.type);
        form.require("name", !device.name.empty());
        form.require("title", form.has("title"));
    } else if (const auto name = form.relation("name"); name && *name != device.name) {
        form.wrong("name", "Název zařízení nelze změnit", "A device's name cannot be changed");
    }
    form.text("title", device.title, core::limits::title_bytes_max);
    form.text("number", device.number, 32);
    form.choice("remote_answer", device.remote_answer);
    form.flag("shared", device.shared);
    form.flag("deactivated", device.deactivated);
    form.attributes(device.attributes, {"description", "cc_device", "dtmfmode", "context", "nat",
                                        "qualify", "callgroup", "pickupgroup", "codec", "transport",
                                        "srtp", "language", "options"});
    std::string password;
    form.text("password", password, 64);
    form.text("secret", password, 64);
    if (!password.empty()) {
        if (const auto fault = password_fault(password, ask->site.directory.now()->demo)) {
            form.wrong("password", fault->cs, fault->en);
        }
    }
    if (refused(ask, respond, form, *body)) {
        return;
    }
    if (create && password.empty() && device.type == core::DeviceType::sip) {
        password = random_hex(10);
    }
    save(ask, respond, core::SaveDevice{std::move(device)},
         [ask, respond, password, create](const core::Reply& reply, const core::State& state) {
             const core::Device* saved = core::find_device(state, core::DeviceId{reply.record_id});
             if (saved == nullptr) {
                 respond(ask->envelope.not_found());
                 return;
             }
             finish_device(ask, respond, *saved, password, create ? 201 : 200);
         });
}

void create_device(const AskPtr& ask, const Respond& respond) {
    if (may_write(ask, respond)) {
        write_device(ask, respond, core::Device{}, true);
    }
}

void update_device(const AskPtr& ask, const Respond& respond) {
    if (!may_write(ask, respond)) {
        return;
    }
    const auto device = visible_device(*ask);
    if (!device) {
        respond(ask->envelope.not_found());
        return;
    }
    write_device(ask, respond, *device, false);
}

void remove_device(const AskPtr& ask, const Respond& respond) {
    if (!may_write(ask, respond)) {
        return;
    }
    const auto device = visible_device(*ask);
    if (!device) {
        respond(ask->envelope.not_found());
        return;
    }
    save(ask, respond, core::RemoveDevice{device->id},
         [ask, respond](const core::Reply&, const core::State&) {
             on_worker(ask, respond, [ask](store::Reader&) {
                 const Status removed = ask->site.store.remove_secret(sip_kind, ask->name);
                 if (!removed) {
                     log::error("secret not removed", {{"reason", removed.error().text}});
                 }
                 ask->site.health.accounts_changed();
                 note_change(*ask, "sipDevices.delete", ask->name);
                 Response response;
                 response.status = 204;
                 return response;
             });
         });
}

}  // namespace

Model devices_model() {
    return {"sipDevices",  {"devices"},   list_devices,  one_device,
            create_device, update_device, remove_device, nullptr};
}

}  // namespace linka::api::v6
