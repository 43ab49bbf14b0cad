// /api/v6/users: logins, extensions, rights. Their fields: user_fields.cpp.
#include "linka/api/auth/password_rule.hpp"
#include "linka/api/live/refusal_text.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/api/v6/describe/unread.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {

using core::User;

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

// `made`: as it was sent, for when somebody has removed it already.
void answer_created(const AskPtr& ask, const Respond& respond, User made) {
    on_core(
        ask, respond, [ask, respond, made = std::move(made)](const core::State& state, Instant) {
            const User* saved = core::find_user(state, made.id);
            respond(stored_user(*ask, saved != nullptr ? *saved : made, presence_of(state), 201));
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
        [ask, respond, name, made = writing.now](const core::Reply& reply) mutable {
            if (reply.kind == core::Reply::Kind::ok) {
                ask->site.accounts.made(name);
                made.id = core::UserId{reply.record_id};
                answer_created(ask, respond, std::move(made));
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

// What one's own record has is no secret to oneself.
void check_rights(const Ask& ask, Form& form, Writing<User>& writing) {
    User& now = writing.now;
    const User& old = writing.old;
    const bool own = !writing.create && old.id == ask.user->id;
    keep_unread(ask, form, "queues", old.queues, now.queues, &core::QueueRight::queue, own);
    keep_unread(ask, form, "devices", old.devices, now.devices, &core::DeviceRight::device, own);
}

/// A record that people are given: who may change such records gives it, and takes it away.
struct Given {
    std::string_view field;
    Module module;
    bool sent_back = false;  // the form has what is shown to whoever may not know which it is
    std::string_view cs;
    std::string_view en;
};

// To whoever may not know it something else was shown: that they send it back takes nothing away,
// and a guess is refused whether it is right or not.
template <typename Id>
void check_given(const Ask& ask, Form& form, const Given& given, Writing<User>& writing,
                 Id User::*record) {
    const auto records = ask.site.directory.now();
    if (!form.has(given.field) || may(*records, *ask.user, given.module, Operation::update)) {
        return;
    }
    Id& now = writing.now.*record;
    const Id old = writing.old.*record;
    const bool shown = knows(*records, *ask.user, writing.old, given.module);
    const bool kept = shown ? now == old : !now && given.sent_back;
    if (form.is_wrong(given.field) || !kept) {
        form.say_instead(given.field, given.cs, given.en);
    } else {
        now = old;
    }
}

// Limits that a profile could set are given to others, and to oneself only by whoever may change
// profiles.
void check_own_limits(const Ask& ask, Form& form, const Writing<User>& writing) {
    const User& old = writing.old;
    const User& now = writing.now;
    if (writing.create || old.id != ask.user->id ||
        may(*ask.site.directory.now(), *ask.user, Module::profiles, Operation::update)) {
        return;
    }
    for (const auto& [field, changed] :
         {std::pair("maxActivities", old.max_activities != now.max_activities),
          std::pair("noQueueCallsAllowed", old.call_without_queue != now.call_without_queue)}) {
        if (changed) {
            form.say_instead(field, "Sám sobě to změní jen ten, kdo smí měnit profily",
                             "For oneself only who may change profiles changes it");
        }
    }
}

// A telephone of somebody who may do more is given to nobody by those who may not change it.
void check_devices_given(const Ask& ask, Form& form, const Writing<User>& writing) {
    const auto records = ask.site.directory.now();
    for (const core::DeviceRight& right : writing.now.devices) {
        const auto& old = writing.old.devices;
        const bool had = std::any_of(old.begin(), old.end(), [&](const core::DeviceRight& each) {
            return each.device == right.device;
        });
        if (!had && is_of_those_above(*records, *ask.user, right.device)) {
            const std::string name = records->device(right.device)->name;
            form.wrong("devices", name + ": má ho někdo, kdo smí víc než vy",
                       name + ": somebody has it who may do more than you");
        }
    }
}

// Whoever may not read roles is told nothing of those of the company's own that they cannot give.
void check_role_given(const Ask& ask, Form& form, const Writing<User>& writing) {
    const auto given = form.has("role") ? form.relation("role") : std::nullopt;
    const std::string own = own_role_of(writing.now);
    const bool kept = !writing.create && own == own_role_of(writing.old);
    const auto records = ask.site.directory.now();
    if (given && !kept && !own.empty() &&
        !may(*records, *ask.user, Module::roles, Operation::read) &&
        !may_give(*records, *ask.user, records->role(writing.now))) {
        form.say_instead("role", text::format("{}: taková role tu není", *given),
                         text::format("{}: there is no such role", *given));
    }
}

void check_what_is_given(const Ask& ask, Form& form, Writing<User>& writing) {
    check_own_limits(ask, form, writing);
    check_devices_given(ask, form, writing);
    check_role_given(ask, form, writing);
    const bool no_limit = form.has("acl") && form.value("acl")->is_null();
    check_given(ask, form,
                {"acl", Module::rights_to_call, no_limit,
                 "Oprávnění k volání dává jen ten, kdo je smí měnit",
                 "Only who may change rights to call gives them"},
                writing, &User::right_to_call);
    check_given(
        ask, form,
        {"profile", Module::profiles, form.relation("profile").has_value(),
         "Profil dává jen ten, kdo profily smí měnit", "Only who may change profiles gives them"},
        writing, &User::profile);
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
    check_what_is_given(ask, form, writing);
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
    const auto& viewer = *ask->user;
    const bool queues = text::equal_ignoring_case(ask->relation, "queues");
    const bool devices = text::equal_ignoring_case(ask->relation, "sipDevices");
    if (!user || sight_of(viewer, *user) != Sight::full || (!queues && !devices)) {
        respond(ask->envelope.not_found());
        return;
    }
    const View view = view_of(*ask);
    Rows rows;
    for (const core::QueueRight& right : user->queues) {
        const auto queue = view.records->queue(right.queue);
        if (queues && queue && reads(*view.records, viewer, right.queue)) {
            rows.push_back(view.queue(*queue));
        }
    }
    for (const core::DeviceRight& right : user->devices) {
        const auto device = view.records->device(right.device);
        if (devices && device && reads(*view.records, viewer, right.device)) {
            rows.push_back(view.device(*device));
        }
    }
    respond(
        list_response(*ask, std::move(rows), fields_of_model(queues ? "queues" : "sipDevices")));
}

}  // namespace

Model users_model() {
    Model model = serve_core(users());
    model.relation = user_relation;
    return model;
}

}  // namespace linka::api::v6
