// The fields of a user in v6. Beyond the public model: `queues` and `devices` carry the user's
// rights
// ([{name, login, penalty}], [{name, delay, ring}]); role is one of admin, manager, agent,
// back_office, or one of one's own (roles.cpp). What happens with users: users.cpp.
#include "linka/api/auth/password_rule.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {

using core::User;

void read_queue_rights(Form& form, User& user, const Records&) {
    const auto list = form.list("queues");
    if (!list) {
        return;
    }
    user.queues.clear();
    for (const json::Value& element : *list) {
        core::QueueRight right;
        json::Object entry = element.is_object() ? element.get_object() : json::Object();
        if (!element.is_object()) {
            entry["name"] = element;
        }
        Form inner(entry, Language::en);
        const std::string name = inner.relation("name").value_or("");
        const auto number = text::to_int(name);
        inner.choice("login", right.login);
        inner.integer("penalty", right.penalty, 0, core::limits::penalty_max);
        right.queue = core::QueueId{number.value_or(0)};
        if (!number || !inner.errors().empty()) {
            form.wrong("queues", name + ": neplatná fronta", name + ": invalid queue");
        } else {
            user.queues.push_back(right);
        }
    }
}

void read_device_rights(Form& form, User& user, const Records& records) {
    const auto list = form.list("devices");
    if (!list) {
        return;
    }
    user.devices.clear();
    for (const json::Value& element : *list) {
        core::DeviceRight right;
        json::Object entry = element.is_object() ? element.get_object() : json::Object();
        if (!element.is_object()) {
            entry["name"] = element;
        }
        Form inner(entry, Language::en);
        const std::string name = inner.relation("name").value_or("");
        const auto device = records.device(std::string_view(name));
        inner.duration("delay", right.delay, 1s, 0, core::limits::device_delay.most);
        inner.duration("ring", right.ring, 1s, 0, core::limits::device_ring.most);
        if (!device) {
            form.none_such("devices", name);
        } else if (!inner.errors().empty()) {
            form.wrong("devices", name + ": neplatné časy", name + ": invalid times");
        } else {
            right.device = device->id;
            user.devices.push_back(right);
        }
    }
}

// One's own are no secret.
template <typename Id>
bool is_shown(const View& view, const User& user, Id id) {
    return view.viewer->id == user.id || reads(*view.records, *view.viewer, id);
}

json::Value queue_rights(const User& user, const json::Object&, const View& view) {
    json::Array queues;
    for (const core::QueueRight& right : user.queues) {
        if (is_shown(view, user, right.queue)) {
            queues.push_back(json::Object{{"name", right.queue.value},
                                          {"login", name_of(right.login)},
                                          {"penalty", right.penalty}});
        }
    }
    return queues;
}

json::Value device_rights(const User& user, const json::Object&, const View& view) {
    json::Array devices;
    for (const core::DeviceRight& right : user.devices) {
        const auto device = view.records->device(right.device);
        if (device && is_shown(view, user, right.device)) {
            devices.push_back(json::Object{{"name", device->name},
                                           {"delay", whole_seconds(right.delay)},
                                           {"ring", whole_seconds(right.ring)}});
        }
    }
    return devices;
}

// A built-in role, or one of one's own, which sees as far as one of the built-in ones.
void read_role(Form& form, User& user, const Records& records) {
    const auto given = form.related("role");
    if (!given) {
        return;
    }
    const auto own = records.roles.find(*given);
    if (own != records.roles.end()) {
        user.access = own->second->access;
        set_own_role(user, own->first);
    } else if (enum_from_name(*given, user.access)) {
        set_own_role(user, {});
    } else {
        form.wrong("role", text::format("{}: taková role tu není", *given),
                   text::format("{}: there is no such role", *given));
    }
}

// One of one's own, or null for none. A built-in one takes that away as well; by it older clients
// set how far somebody sees, where they set no role.
void read_profile(Form& form, User& user, const Records& records) {
    const std::string given = form.related("profile").value_or("");
    if (!form.has("profile") || form.is_wrong("profile")) {
        return;
    }
    const auto own = records.profile(std::string_view(given));
    auto access = user.access;
    if (!own && !given.empty() && !enum_from_name(given, access)) {
        form.wrong("profile", text::format("{}: takový profil tu není", given),
                   text::format("{}: there is no such profile", given));
        return;
    }
    user.profile = own ? own->id : core::ProfileId{};
    if (!form.has("role") && access != user.access) {
        user.access = access;
        set_own_role(user, {});
    }
}

Member<User> role_member() {
    auto out = member::special<User>(
        "role", FieldKind::choice,
        [](const User& user, const json::Object&, const View& view) {
            return json::Value(role_json(view.records->role(user), view.envelope.language()));
        },
        read_role);
    return std::move(out)
        .choices({"agent", "manager", "admin", "back_office"})
        .of("roles")
        .standard("agent")
        .locks()
        .basic();
}

Member<User> profile_member() {
    auto out = member::special<User>(
        "profile", FieldKind::choice,
        [](const User& user, const json::Object&, const View& view) {
            if (!view.whole) {
                return json::Value(view.profile_of(user));
            }
            const auto own = view.records->profile(user.profile);
            return own ? json::Value(own->name) : json::Value(nullptr);
        },
        read_profile);
    out.field.nullable = true;
    return std::move(out).of("profiles").advanced();
}

// Which numbers they may call, or null: all that may be called at all.
Member<User> right_to_call_member() {
    auto out = member::special<User>(
        "acl", FieldKind::choice,
        [](const User& user, const json::Object&, const View& view) {
            const auto right = view.records->right_to_call(user.right_to_call);
            const bool shown = knows(*view.records, *view.viewer, user, Module::rights_to_call);
            return right && shown
                       ? json::Value(json::Object{{"name", right->name}, {"title", right->title}})
                       : json::Value(nullptr);
        },
        [](Form& form, User& user, const Records& records) {
            const std::string given = form.related("acl").value_or("");
            if (!form.has("acl") || form.is_wrong("acl")) {
                return;
            }
            const auto right = records.right_to_call(std::string_view(given));
            user.right_to_call = right ? right->id : core::RightToCallId{};
            if (!right && !given.empty()) {
                form.wrong("acl", text::format("{}: takové oprávnění k volání tu není", given),
                           text::format("{}: there is no such right to call", given));
            }
        });
    out.field.nullable = true;
    return std::move(out).of("rightsToCall").advanced();
}

json::Value presence_member(const User& user, const json::Object&, const View& view) {
    if (view.presence == nullptr) {
        return nullptr;
    }
    const auto known = view.presence->find(user.id);
    return known != view.presence->end() ? json::Value(known->second.extension_state)
                                         : json::Value(nullptr);
}

Member<User> user_password() {
    Member<User> out;
    out.field.name = "password";
    out.field.kind = FieldKind::password;
    out.field.secret = true;
    out.field.limit = member::up_to_bytes(password_bytes_max);
    return std::move(out).required_of({"CC"}).basic();
}

// In the order of the form.
std::vector<Member<User>> drawn_user_members() {
    namespace limits = core::limits;
    return {
        member::text("name", &User::name, limits::name_bytes_max)
            .required()
            .once()
            .basic()
            .seen_afar(),
        member::text("title", &User::title, limits::title_bytes_max).required().basic().seen_afar(),
        member::choice("type", &User::type).locks().basic().seen_afar(),
        role_member(),
        member::text_or_none("extension", &User::extension, 32)
            .limit({LimitOf::digits,
                    {int{limits::extension_digits_min}, int{limits::extension_digits_max}, false}})
            .locks()
            .basic()
            .seen_afar()
            .next("501"),
        user_password(),
        member::special<User>("devices", FieldKind::rights, device_rights, read_device_rights)
            .basic()
            .of("sipDevices"),
        member::special<User>("queues", FieldKind::rights, queue_rights, read_queue_rights)
            .basic()
            .locks()
            .only({"CC"})
            .of("queues"),
        member::text_or_none("alias", &User::alias, limits::title_bytes_max).advanced().seen_afar(),
        member::text_or_none("clid", &User::caller_number, 32).advanced(),
        member::text_or_none("forwarding_number", &User::forwarding_number, 32).advanced(),
        member::choice("recordAtCallStart", &User::record).advanced(),
        profile_member(),
        member::number_or_none("maxActivities", &User::max_activities,
                               {1, limits::max_activities_max, false})
            .advanced()
            .only({"CC"}),
        right_to_call_member(),
        member::flag("noQueueCallsAllowed", &User::call_without_queue).advanced().only({"CC"}),
        member::note<User>("description", limits::description_bytes_max).advanced(),
        member::flag("deactivated", &User::deactivated).locks().advanced().seen_afar()};
}

// What a program of theirs keeps to sign in elsewhere: read by them alone, and never in the log.
Member<User> own_secret(const std::string& name) {
    Member<User> out = member::kept<User>(name, nullptr);
    out.field.secret = true;
    out.read = [name](const User& user, const json::Object& attributes, const View& view) {
        const bool own = view.viewer != nullptr && view.viewer->id == user.id;
        return own || view.whole ? member::attribute<User>(attributes, name, nullptr)
                                 : json::Value(nullptr);
    };
    return out;
}

std::vector<Member<User>> other_user_members() {
    std::vector<Member<User>> all{
        member::shown<User>("extension_state", FieldKind::text, presence_member).seen_afar(),
        member::shown<User>("presence_state", FieldKind::text, presence_member).seen_afar(),
        member::shown<User>("backoffice_user", FieldKind::flag,
                            [](const User& user, const json::Object&, const View&) {
                                return json::Value(user.type == core::UserType::BO);
                            })
            .seen_afar(),
        member::fixed<User>("deleted", false).seen_afar(),
        // A second factor that is not asked for must not look as if it were.
        member::fixed<User>("mfa_verification", 0), member::fixed<User>("nps_score", 0),
        member::fixed<User>("static", false),
        member::fixed<User>("allowRecordingInterruption", false),
        member::kept<User>("frontend_version", "react"),
        member::kept<User>("ctrl_enter_email", false), member::kept<User>("cp_access_crm", false),
        member::kept<User>("timezone", "_AUTOMATIC_")};
    for (const std::string name : {"call_steering_description", "algo"}) {
        all.push_back(member::fixed<User>(name, nullptr));
    }
    for (const std::string name : {"email", "icon", "emoji", "sign", "options"}) {
        all.push_back(member::kept<User>(name, nullptr));
    }
    for (const std::string name : {"emailAuth", "fcmSettings"}) {
        all.push_back(own_secret(name));
    }
    return all;
}
}  // namespace

const Description<User>& users_description() {
    static const Description<User> all = [] {
        Description<User> made{
            "users",
            Module::users,
            {"title", "name", "extension", "type", "role", "devices", "state", "deactivated"},
            drawn_user_members(),
            [](const User& user) { return user.name; }};
        for (Member<User>& member : other_user_members()) {
            made.members.push_back(std::move(member));
        }
        return made;
    }();
    return all;
}

}  // namespace linka::api::v6
