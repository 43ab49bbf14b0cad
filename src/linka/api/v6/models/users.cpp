// /api/v6/users: logins, extensions, rights. Beyond the public model: `queues` and `devices` carry
// the user's rights ([{name, login, penalty}], [{name, delay, ring}]); role is one of
// admin, manager, agent, back_office, or one of one's own (roles.cpp).
#include "linka/api/auth/password_rule.hpp"
#include "linka/api/live/refusal_text.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
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
        inner.duration("delay", right.delay, 1s, core::limits::device_delay.most);
        inner.duration("ring", right.ring, 1s, core::limits::device_ring.most);
        if (!device || !inner.errors().empty()) {
            form.wrong("devices", name + (device ? ": neplatné časy" : ": neznámé zařízení"),
                       name + (device ? ": invalid times" : ": unknown device"));
        } else {
            right.device = device->id;
            user.devices.push_back(right);
        }
    }
}

json::Value queue_rights(const User& user, const json::Object&, const View& view) {
    json::Array queues;
    for (const core::QueueRight& right : user.queues) {
        if (sees(*view.viewer, right.queue)) {
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
        if (const auto device = view.records->device(right.device)) {
            devices.push_back(json::Object{{"name", device->name},
                                           {"delay", whole_seconds(right.delay)},
                                           {"ring", whole_seconds(right.ring)}});
        }
    }
    return devices;
}

// A built-in role, or one of one's own, which sees as far as one of the built-in ones.
void read_role(Form& form, User& user, const Records& records) {
    const auto given = form.relation("role");
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

// How far somebody sees; older clients set a built-in role by it, where they set no role.
void read_profile(Form& form, User& user, const Records&) {
    const auto given = form.relation("profile");
    auto access = user.access;
    if (!given) {
        return;
    }
    if (!enum_from_name(*given, access)) {
        form.wrong("profile", "neznámé; jsou admin, manager, agent, back_office",
                   "unknown; there are admin, manager, agent, back_office");
    } else if (!form.has("role") && access != user.access) {
        user.access = access;
        set_own_role(user, {});
    }
}

Member<User> access_member(std::string name, std::string related, typename Member<User>::Read read,
                           typename Member<User>::Write write) {
    auto out = member::special<User>(std::move(name), FieldKind::choice, std::move(read),
                                     std::move(write));
    return std::move(out)
        .choices({"agent", "manager", "admin", "back_office"})
        .of(related)
        .standard("agent")
        .locks();
}

Member<User> max_activities_member() {
    auto out = member::special<User>(
        "maxActivities", FieldKind::number,
        [](const User& user, const json::Object&, const View&) {
            return user.max_activities ? json::Value(*user.max_activities) : json::Value(nullptr);
        },
        [](Form& form, User& user, const Records&) {
            if (form.has("maxActivities")) {
                int count = 0;
                form.integer("maxActivities", count, 1, core::limits::max_activities_max);
                const bool cleared = form.value("maxActivities")->is_null();
                user.max_activities = cleared ? std::nullopt : std::optional(count);
            }
        });
    return std::move(out)
        .limit({LimitOf::number, {1, core::limits::max_activities_max, false}})
        .advanced()
        .only({"CC"});
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
        access_member(
            "role", "roles",
            [](const User& user, const json::Object&, const View& view) {
                return json::Value(role_json(view.records->role(user), view.envelope.language()));
            },
            read_role)
            .basic(),
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
        max_activities_member(),
        member::flag("noQueueCallsAllowed", &User::call_without_queue).advanced().only({"CC"}),
        member::note<User>("description", limits::description_bytes_max).advanced(),
        member::flag("deactivated", &User::deactivated).locks().advanced().seen_afar()};
}

std::vector<Member<User>> other_user_members() {
    std::vector<Member<User>> all{
        access_member(
            "profile", "profiles",
            [](const User& user, const json::Object&, const View& view) {
                return json::Value(profile_json(user, view.envelope.language()));
            },
            read_profile),
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
    for (const std::string name : {"call_steering_description", "acl", "algo"}) {
        all.push_back(member::fixed<User>(name, nullptr));
    }
    for (const std::string name :
         {"email", "emailAuth", "icon", "emoji", "sign", "options", "fcmSettings"}) {
        all.push_back(member::kept<User>(name, nullptr));
    }
    return all;
}

Rows user_rows(const View& view) {
    Rows all;
    for (const auto& [id, user] : view.records->users) {
        if (sight_of(*view.viewer, *user) != Sight::none) {
            all.push_back(view.user(*user));
        }
    }
    return all;
}

void list_users(const AskPtr& ask, const Respond& respond) {
    on_core(ask, respond, [ask, respond](const core::State& state, Instant) {
        const auto presence =
            std::make_shared<const PresenceMap>(presence_of(state));  // ours and the worker's
        serve_list(ask, respond, users_description().known(), [ask, presence](store::Reader&) {
            return user_rows(view_of(*ask, presence.get()));
        });
    });
}

std::shared_ptr<const User> visible_user(const Ask& ask) {
    auto user = ask.site.directory.now()->user(std::string_view(ask.name));
    return user && sight_of(*ask.user, *user) != Sight::none ? user : nullptr;
}

void one_user(const AskPtr& ask, const Respond& respond) {
    on_core(ask, respond, [ask, respond](const core::State& state, Instant) {
        const auto user = visible_user(*ask);
        const PresenceMap presence = presence_of(state);
        const View view = view_of(*ask, &presence);
        respond(user ? record_response(*ask, view.user(*user), users_description().known())
                     : ask->envelope.not_found());
    });
}

// As reading it would show it, whether they are there included.
Response stored_user(const Ask& ask, const core::User& user, const PresenceMap& presence,
                     int status) {
    return ask.envelope.success(view_of(ask, &presence).user(user), status);
}

// Finishes on a worker what is none of the core's business: passwords and sessions. False: there is
// too much of it, which has been answered.
bool on_accounting(const AskPtr& ask, const Respond& respond, std::function<void()> work) {
    const bool taken = ask->site.accounting.post(
        [work = std::move(work)](const Result<store::Reader*>&) { work(); });
    if (!taken) {
        respond(overloaded());
    }
    return taken;
}

const CoreModel<User>& users();

void finish_update(const AskPtr& ask, const Respond& respond, const Writing<User>& writing,
                   PresenceMap presence) {
    on_accounting(ask, respond, [ask, respond, writing, presence = std::move(presence)] {
        Accounts& accounts = ask->site.accounts;
        const User& user = writing.now;
        if (writing.password_given) {
            const Status set =
                accounts.set_password(user.name, writing.password, user.id,
                                      password_entry(*ask, "users", user.name, user.title));
            if (!set) {
                respond(ask->envelope.error(set.error()));
                return;
            }
        } else if (user.deactivated) {
            accounts.sign_out_everywhere(user.name, user.id);
        }
        respond(stored_user(*ask, user, presence, 200));
    });
}

void answer_created(const AskPtr& ask, const Respond& respond, const core::Reply& reply) {
    on_core(ask, respond, [ask, respond, reply](const core::State& state, Instant) {
        const User* saved = core::find_user(state, core::UserId{reply.record_id});
        if (saved == nullptr) {
            respond(ask->envelope.not_found());
            return;
        }
        respond(stored_user(*ask, *saved, presence_of(state), 201));
    });
}

bool is_there(const Ask& ask, const std::string& name) {
    return ask.site.directory.now()->user(std::string_view(name)) != nullptr;
}

Response exists_already(const Ask& ask) {
    return ask.envelope.invalid(
        {{"name",
          ask.envelope.language() == Language::cs ? "Takové jméno už existuje" : "exists already"}},
        nullptr);
}

// The core was told of a user whose password is kept, or could not be.
void end_making(const Ask& ask, const std::string& name) {
    if (!is_there(ask, name)) {
        ask.site.accounts.forget(name, {});
    }
    ask.site.accounts.made(name);
}

void make_user(const AskPtr& ask, const Respond& respond, const Writing<User>& writing) {
    const std::string& name = writing.now.name;
    const bool taken = ask->site.live.submit(
        core::SaveUser{writing.now},
        [ask, respond, name](const core::Reply& reply) {
            if (reply.kind == core::Reply::Kind::ok) {
                ask->site.accounts.made(name);
                answer_created(ask, respond, reply);
                return;
            }
            const bool ends = on_accounting(ask, respond, [ask, respond, name, reply] {
                end_making(*ask, name);
                if (reply.kind == core::Reply::Kind::outdated) {
                    judge_again(*ask, respond);
                } else {
                    respond(refusal(*ask, reply));
                }
            });
            if (!ends) {
                ask->site.accounts.made(name);
            }
        },
        note_of_write(users(), ask, writing),
        [ask](const core::State& state) { return is_judged_rightly(*ask, state); });
    if (!taken) {
        end_making(*ask, name);
        respond(overloaded());
    }
}

// User and password are one step: the password is kept first, where nobody can use it as long as
// there is no such user, and goes again if the core refuses the user.
void create_with_password(const AskPtr& ask, const Respond& respond, Writing<User> writing) {
    on_accounting(ask, respond, [ask, respond, writing = std::move(writing)] {
        const std::string& name = writing.now.name;
        Accounts& accounts = ask->site.accounts;
        if (is_there(*ask, name) || !accounts.begin_making(name)) {
            respond(exists_already(*ask));
            return;
        }
        const Status kept = accounts.set_password(name, writing.password, {}, std::nullopt);
        if (!kept) {
            accounts.made(name);
            respond(ask->envelope.error(kept.error()));
            return;
        }
        make_user(ask, respond, writing);
    });
}

bool sets_up_everything(const Records& records, const User& user) {
    return records.role(user).name == name_of(core::Access::admin) && !user.deactivated &&
           user.type == core::UserType::CC;
}

bool is_last_to_set_up(const Records& records, const User& user) {
    return sets_up_everything(records, user) &&
           std::none_of(records.users.begin(), records.users.end(), [&](const auto& entry) {
               return entry.first != user.id && sets_up_everything(records, *entry.second);
           });
}

// Somebody is left who can set up everything, also if another one ceases to at the same moment.
bool somebody_is_left(const Ask& ask, const core::State& state, const User* old, const User* now) {
    const auto records = ask.site.directory.now();
    const bool ceases = old != nullptr && sets_up_everything(*records, *old) &&
                        (now == nullptr || !sets_up_everything(*records, *now));
    return !ceases || std::any_of(state.users.begin(), state.users.end(), [&](const auto& entry) {
        return entry.first != old->id && sets_up_everything(*records, entry.second);
    });
}

// Nobody gives queues and devices that they do not see. What somebody has of those already is not
// theirs to take either: what a form did not show, it did not leave out.
void check_rights(const Ask& ask, Form& form, Writing<User>& writing) {
    const auto records = ask.site.directory.now();
    const auto had = [](const auto& rights, auto member, auto id) {
        return std::any_of(rights.begin(), rights.end(),
                           [&](const auto& right) { return right.*member == id; });
    };
    for (const core::QueueRight& right : writing.now.queues) {
        if (!sees(*ask.user, right.queue) &&
            !had(writing.old.queues, &core::QueueRight::queue, right.queue)) {
            const std::string name = std::to_string(right.queue.value);
            form.wrong("queues", name + ": neplatná fronta", name + ": invalid queue");
        }
    }
    for (const core::QueueRight& right : writing.old.queues) {
        if (!sees(*ask.user, right.queue) &&
            !had(writing.now.queues, &core::QueueRight::queue, right.queue)) {
            writing.now.queues.push_back(right);
        }
    }
    for (const core::DeviceRight& right : writing.now.devices) {
        if (!sees(*ask.user, *records, right.device) &&
            !had(writing.old.devices, &core::DeviceRight::device, right.device)) {
            const auto device = records->device(right.device);
            const std::string name = device ? device->name : std::string();
            form.wrong("devices", name + ": neznámé zařízení", name + ": unknown device");
        }
    }
}

void check_user(const Ask& ask, Form& form, Writing<User>& writing) {
    if (form.has("password") && !form.value("password")->is_null()) {
        form.text("password", writing.password, password_bytes_max);
        writing.password_given = true;
    }
    if (!writing.password.empty()) {  // an empty one takes it away
        if (const auto fault = password_fault(writing.password, is_demo(ask.site))) {
            form.wrong("password", fault->cs, fault->en);
        }
    } else if (writing.password_given && !writing.create &&
               is_last_to_set_up(*ask.site.directory.now(), writing.old)) {
        form.wrong("password", refusal_text(core::last_admin_text, Language::cs),
                   refusal_text(core::last_admin_text, Language::en));
    }
    check_rights(ask, form, writing);
}

// Nobody changes whom they do not see in full or who may do more than they, nor gives more than
// they have; and somebody is left who can set up everything.
std::optional<Response> barred_user(const Ask& ask, const User* old, const User* now) {
    const auto records = ask.site.directory.now();
    if (old != nullptr && sight_of(*ask.user, *old) != Sight::full) {
        return ask.envelope.forbidden("Tohoto člověka vidíte jen zdálky, změnit ho nemůžete",
                                      "You see this person from afar only and cannot change them");
    }
    if (old != nullptr && !may_give(*records, *ask.user, records->role(*old))) {
        return ask.envelope.forbidden(
            "Tento člověk smí víc než vy, změnit ho nemůžete",
            "This person may do more than you, so you cannot change them");
    }
    if (now != nullptr && !may_give(*records, *ask.user, records->role(*now))) {
        return ask.envelope.forbidden("Tahle role smí víc než vy, dát ji nemůžete",
                                      "This role may do more than you, so you cannot give it");
    }
    if (old == nullptr || !is_last_to_set_up(*records, *old) ||
        (now != nullptr && sets_up_everything(*records, *now))) {
        return std::nullopt;
    }
    const bool cs = ask.envelope.language() == Language::cs;
    const std::string field = now == nullptr           ? "role"
                              : now->deactivated       ? "deactivated"
                              : now->type != old->type ? "type"
                                                       : "role";
    return ask.envelope.invalid(
        {{field, refusal_text(core::last_admin_text, cs ? Language::cs : Language::en)}}, nullptr);
}

void removed_user(const AskPtr& ask, const Respond& respond, const User& user) {
    on_accounting(ask, respond, [ask, respond, user] {
        ask->site.accounts.forget(user.name, user.id);
        respond(gone());
    });
}

const CoreModel<User>& users() {
    static const CoreModel<User> model{
        users_description(),
        visible_user,
        user_rows,
        [](const View& view, const User& user) { return view.user(user); },
        [](const Writing<User>& writing) -> core::Input { return core::SaveUser{writing.now}; },
        [](const User& user) -> core::Input { return core::RemoveUser{user.id}; },
        [](const core::State& state, const User&, const core::Reply& reply) {
            return core::find_user(state, core::UserId{reply.record_id});
        },
        [](const core::State& state, const User& user, bool) { return core::check(state, user); },
        check_user,
        create_with_password,
        [](const AskPtr& ask, const Respond& respond, Writing<User> writing,
           const core::State& state) { finish_update(ask, respond, writing, presence_of(state)); },
        removed_user,
        one_user,
        list_users,
        nullptr,
        barred_user,
        somebody_is_left};
    return model;
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
        if (queues && queue && sees(*ask->user, right.queue)) {
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

Model users_model() {
    Model model = serve_core(users());
    model.relation = user_relation;
    return model;
}

}  // namespace linka::api::v6
