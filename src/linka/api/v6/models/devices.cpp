// /api/v6/sipDevices: telephones, web phones and external numbers (`type` sip, web, external). Who
// may change a telephone reads its SIP password; nobody changes those of people who may do more.
#include "linka/api/auth/password_rule.hpp"
#include "linka/api/auth/token.hpp"
#include "linka/api/device_digest.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/view.hpp"
#include "linka/runtime/log.hpp"

namespace linka::api::v6 {

namespace {

using core::Device;

Member<Device> device_digest() {
    const std::string name(digest_field);
    Member<Device> out = member::kept<Device>(name, boost::json::string(digest_auto));
    out.field.kind = FieldKind::choice;
    out.field.writers = Writers::people;
    out.write = [name](Form& form, Device& device, const Records&) {
        std::string given(digest_auto);
        form.text(name, given, 8);
        const bool cleared = form.has(name) && form.value(name)->is_null();
        if (!cleared && given != digest_auto && given != digest_md5) {
            form.wrong(name, "auto nebo md5", "auto or md5");
        } else {
            form.attributes(device.attributes, {name});
        }
    };
    return std::move(out)
        .choices({std::string(digest_auto), std::string(digest_md5)})
        .advanced()
        .only({"sip"});
}

// `secret` is an older client's name for it.
Member<Device> device_password(const std::string& name) {
    Member<Device> out;
    out.field.name = name;
    out.field.kind = FieldKind::password;
    out.field.secret = true;
    out.field.limit = member::up_to_bytes(device_password_bytes_max);
    return std::move(out).only({"sip"});
}

std::vector<Member<Device>> device_members() {
    namespace limits = core::limits;
    std::vector<Member<Device>> all{
        member::text("name", &Device::name, 32).required().once().basic().next("301"),
        member::choice("type", &Device::type).once().basic(),
        member::text("title", &Device::title, limits::title_bytes_max).required().basic(),
        member::text_or_none("number", &Device::number, 32)
            .required_of({"external"})
            .basic()
            .only({"external"}),
        device_password("password").advanced(), device_password("secret"),
        member::flag("shared", &Device::shared).basic().only({"sip"}),
        member::choice("remote_answer", &Device::remote_answer).advanced().only({"sip"}),
        device_digest(),
        member::note<Device>("description", limits::description_bytes_max).advanced(),
        member::flag("deactivated", &Device::deactivated).advanced(),
        // Softphones set themselves up by these.
        member::kept<Device>("dtmfmode", "rfc4733"), member::kept<Device>("nat", "yes"),
        member::kept<Device>("codec", json::Array{"alaw", "ulaw", "g722"}),
        member::kept<Device>("transport", "udp"), member::kept<Device>("srtp", false),
        member::kept<Device>("language", "cz"), member::kept<Device>("options", json::Array()),
        member::fixed<Device>("cc_device", true)};
    for (const std::string name :
         {"context", "qualify", "callgroup", "pickupgroup", "emergency_clid", "emergency_prefix",
          "phone", "line_position"}) {
        all.push_back(member::fixed<Device>(name, nullptr));
    }
    return all;
}

Rows device_rows(const View& view) {
    Rows all;
    for (const auto& [id, device] : view.records->devices) {
        if (sees(*view.viewer, *view.records, id)) {
            all.push_back(view.device(*device));
        }
    }
    return all;
}

std::shared_ptr<const Device> find_one_device(const Ask& ask) {
    const auto records = ask.site.directory.now();
    auto device = records->device(std::string_view(ask.name));
    return device && sees(*ask.user, *records, device->id) ? device : nullptr;
}

json::Object with_password(const Ask& ask, const Device& device) {
    const View view = view_of(ask);
    json::Object out = view.device(device);
    if (may(*view.records, *view.viewer, Module::devices, Operation::update) &&
        !is_of_those_above(*view.records, *view.viewer, device.id) &&
        device.type == core::DeviceType::sip) {
        const auto secrets = ask.site.store.secrets(sip_kind);
        const bool known = secrets && secrets->contains(device.name);
        out["password"] = known ? json::Value(secrets->at(device.name)) : json::Value(nullptr);
    }
    return out;
}

void one_device(const AskPtr& ask, const Respond& respond) {
    on_worker(ask, respond, [ask](store::Reader&) {
        const auto device = find_one_device(*ask);
        return device ? record_response(*ask, with_password(*ask, *device),
                                        devices_description().known())
                      : ask->envelope.not_found();
    });
}

void check_device(const Ask& ask, Form& form, Writing<Device>& writing) {
    form.text("password", writing.password, device_password_bytes_max);
    form.text("secret", writing.password, device_password_bytes_max);
    if (!writing.password.empty()) {
        if (const auto fault = password_fault(writing.password, is_demo(ask.site))) {
            form.wrong("password", fault->cs, fault->en);
        }
    }
    if (writing.create && writing.password.empty() && writing.now.type == core::DeviceType::sip) {
        writing.password = random_hex(10);
    }
    writing.password_given = !writing.password.empty();
}

void finish_device(const AskPtr& ask, const Respond& respond, Writing<Device> writing,
                   const core::State&) {
    on_worker(ask, respond, [ask, writing = std::move(writing)](store::Reader&) {
        if (writing.password_given) {
            const Device& device = writing.now;
            const store::Change note =
                password_entry(*ask, "sipDevices", device.name, device.title);
            const Status kept = ask->site.store.put_secret(sip_kind, device.name, writing.password,
                                                           writing.create ? nullptr : &note);
            if (!kept) {
                return ask->envelope.error(kept.error());
            }
        }
        ask->site.health.accounts_changed();
        return ask->envelope.success(with_password(*ask, writing.now), writing.create ? 201 : 200);
    });
}

void removed_device(const AskPtr& ask, const Respond& respond, const Device& device) {
    on_worker(ask, respond, [ask, device](store::Reader&) {
        const Status forgotten = ask->site.store.remove_secret(sip_kind, device.name);
        if (!forgotten) {
            log::error("secret not removed", {{"reason", forgotten.error().text}});
        }
        ask->site.health.accounts_changed();
        return gone();
    });
}

std::optional<Response> barred_device(const Ask& ask, const Device* old, const Device*) {
    if (old == nullptr || !is_of_those_above(*ask.site.directory.now(), *ask.user, old->id)) {
        return std::nullopt;
    }
    return ask.envelope.forbidden(
        "Zařízení má někdo, kdo smí víc než vy, změnit ho nemůžete",
        "Somebody has this device who may do more than you, so you cannot change it");
}

std::optional<json::Object> right_to_device(const core::User& user, const Device& device) {
    for (const core::DeviceRight& right : user.devices) {
        if (right.device == device.id) {
            return json::Object{{"delay", whole_seconds(right.delay)},
                                {"ring", whole_seconds(right.ring)}};
        }
    }
    return std::nullopt;
}

// As they were noted.
std::map<core::UserId, core::DeviceRight> device_rights_of(const json::Array& people) {
    std::map<core::UserId, core::DeviceRight> rights;
    for (const json::Value& one : people) {
        const json::Object person = one.is_object() ? one.get_object() : json::Object();
        core::DeviceRight right;
        right.delay = number_in(person, "delay") * 1s;
        right.ring = number_in(person, "ring") * 1s;
        rights.emplace(core::UserId{number_in(person, "id")}, right);
    }
    return rights;
}

const CoreModel<Device>& devices() {
    static const CoreModel<Device> model{
        .description = devices_description(),
        .find = find_one_device,
        .rows = device_rows,
        .read = [](const View& view, const Device& device) { return view.device(device); },
        .save = [](const Writing<Device>& writing) -> core::Input {
            return core::SaveDevice{writing.now, device_rights_of(writing.people)};
        },
        .remove = [](const Device& device) -> core::Input { return core::RemoveDevice{device.id}; },
        .saved =
            [](const core::State& state, const Device&, const core::Reply& reply) {
                return core::find_device(state, core::DeviceId{reply.record_id});
            },
        .fault = [](const core::State& state, const Device& device,
                    bool) { return core::check(state, device); },
        .check = check_device,
        .finish = finish_device,
        .removed = removed_device,
        .one = one_device,
        .right_of = right_to_device,
        .barred = barred_device};
    return model;
}

}  // namespace

const Description<Device>& devices_description() {
    static const Description<Device> all{
        "sipDevices",
        Module::devices,
        {"name", "title", "type", "number", "owner", "registered", "logged_in", "deactivated"},
        device_members(),
        [](const Device& device) { return device.name; }};
    return all;
}

Model devices_model() {
    return serve_core(devices(), {"devices"});
}

}  // namespace linka::api::v6
