// /api/v6/trunks: ways to the public network. The password that a provider has given is a secret
// beside the record: it is written and never read.
#include "linka/api/auth/password.hpp"
#include "linka/api/auth/token.hpp"
#include "linka/api/trunk_options.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/base/iso_time.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/runtime/log.hpp"

namespace linka::api::v6 {

namespace {

using core::Trunk;

Member<Trunk> trunk_password() {
    Member<Trunk> out;
    out.field.name = "password";
    out.field.kind = FieldKind::password;
    out.field.secret = true;
    out.field.limit = member::up_to_bytes(core::limits::trunk_password_bytes_max);
    return out;
}

// Kept as it is given, which by then is known to be right.
void keep_option(Form& form, Trunk& trunk, const std::string& name) {
    if (form.has(name) && !form.is_wrong(name)) {
        form.attributes(trunk.attributes, {name});
    }
}

Member<Trunk> trunk_register() {
    const std::string name(register_field);
    Member<Trunk> out = member::special<Trunk>(
        name, FieldKind::flag,
        [](const Trunk& trunk, const json::Object&, const View&) {
            return json::Value(registers(trunk));
        },
        [name](Form& form, Trunk& trunk, const Records&) {
            bool given = registers(trunk);
            form.flag(name, given);
            keep_option(form, trunk, name);
        });
    return std::move(out).standard(false);
}

Member<Trunk> trunk_qualify() {
    const std::string name(qualify_field);
    Member<Trunk> out = member::special<Trunk>(
        name, FieldKind::number,
        [](const Trunk& trunk, const json::Object&, const View&) {
            return json::Value(qualify_s(trunk));
        },
        [name](Form& form, Trunk& trunk, const Records&) {
            int given = qualify_s(trunk);
            form.integer(name, given, 0, qualify_span.most);
            if (form.has(name) && !form.is_wrong(name) && !qualify_span.has(given)) {
                form.wrong(name, "0 (nikdy), nebo 10 až 3600 s", "0 (never), or 10 to 3600 s");
            }
            keep_option(form, trunk, name);
        });
    out.field.unit = "s";
    return std::move(out)
        .limit({LimitOf::number, qualify_span})
        .standard(qualify_standard_s)
        .about("it is asked so often whether it is there (OPTIONS); 0: never");
}

std::vector<Member<Trunk>> trunk_members() {
    namespace limits = core::limits;
    return {
        member::chosen_name<Trunk>(),
        member::text("title", &Trunk::title, limits::title_bytes_max).required().distinct().basic(),
        member::text("host", &Trunk::host, limits::host_bytes_max)
            .required()
            .basic()
            .about("where calls out go"),
        member::choice("transport", &Trunk::transport).basic(),
        member::number("port", &Trunk::port, limits::port).basic(),
        member::text("username", &Trunk::username, limits::trunk_username_bytes_max)
            .basic()
            .about("empty: no password is asked for"),
        trunk_password().basic(),
        trunk_register().basic().about("we register with the host, as `username`"),
        member::texts("addresses", &Trunk::addresses)
            .basic()
            .about("IP addresses that calls come in from"),
        member::text("clid", &Trunk::caller_number, limits::kept_number_digits_max)
            .basic()
            .about("shown where neither the queue nor the user has a number"),
        member::number("position", &Trunk::position, limits::trunk_position)
            .basic()
            .about("calls out go by the first one that is not deactivated"),
        member::flag("deactivated", &Trunk::deactivated).basic(),
        trunk_qualify().advanced(),
        member::shown<Trunk>(
            "state", FieldKind::record,
            [](const Trunk&, const json::Object&, const View&) { return json::Value(nullptr); }),
        member::note<Trunk>("description", limits::description_bytes_max).advanced()};
}

std::shared_ptr<const Trunk> find_trunk(const Ask& ask) {
    return ask.site.directory.now()->trunk(ask.name);
}

json::Object trunk_json(const View& view, const Trunk& trunk) {
    json::Object out =
        read_record(trunks_description(), trunk, attributes_of(trunk.attributes), view);
    out["_sys"] = view.versioned_sys("trunks", trunk.name, json::to_text(trunk));
    return out;
}

std::string trouble_of(const TrunkState& state, Language language) {
    const bool cs = language == Language::cs;
    if (state.no_address) {
        return cs ? "Jméno serveru nelze najít." : "The name of the server cannot be found.";
    }
    const auto told = [&](const char* in_czech, const char* in_english) {
        return text::format("{} ({})", cs ? in_czech : in_english, state.status);
    };
    switch (state.status) {
        case 0:
            return {};
        case 401:
        case 403:
        case 407:
            return told("Poskytovatel odmítl uživatelské jméno nebo heslo.",
                        "The provider refused the user name or the password.");
        case 404:
            return told("Poskytovatel takový účet nezná.", "The provider knows no such account.");
        case 408:
            return told("Server neodpovídá.", "The server does not answer.");
        case 503:  // our own word as well, where no connection can be made
            return told("Se serverem se nelze spojit, nebo právě hovory nebere.",
                        "The server cannot be reached, or takes no calls just now.");
        default:
            break;
    }
    return state.status >= 500
               ? told("Server poskytovatele má poruchu.", "The provider's server is out of order.")
               : told("Poskytovatel registraci odmítl.", "The provider refused the registration.");
}

/// Null: nothing is known of it yet, or nobody asks.
json::Value state_json(const std::map<std::string, TrunkState>& states, const Trunk& trunk,
                       Language language) {
    const auto found = states.find(trunk.name);
    if (found == states.end() || trunk.deactivated) {
        return nullptr;
    }
    const TrunkState& state = found->second;
    const std::string trouble = trouble_of(state, language);
    return json::Object{
        {"registered", state.registers ? json::Value(state.registered) : json::Value(nullptr)},
        {"reachable", state.asked ? json::Value(state.reachable) : json::Value(nullptr)},
        {"rtt_ms", state.reachable ? json::Value(state.rtt_ms) : json::Value(nullptr)},
        {"since", iso_time(state.since)},
        {"error", text_or_null(trouble)}};
}

std::map<std::string, TrunkState> states_now(const Ask& ask) {
    return ask.site.trunk_states ? ask.site.trunk_states() : std::map<std::string, TrunkState>();
}

json::Object with_state(const Ask& ask, const Trunk& trunk) {
    json::Object out = trunk_json(view_of(ask), trunk);
    out["state"] = state_json(states_now(ask), trunk, ask.envelope.language());
    return out;
}

void list_trunks(const AskPtr& ask, const Respond& respond) {
    serve_list(ask, respond, trunks_description().known(), [ask](store::Reader&) {
        const View view = view_of(*ask);
        const auto states = states_now(*ask);
        Rows all;
        for (const auto& [id, trunk] : view.records->trunks) {
            all.push_back(trunk_json(view, *trunk));
            all.back()["state"] = state_json(states, *trunk, ask->envelope.language());
        }
        return all;
    });
}

void one_trunk(const AskPtr& ask, const Respond& respond) {
    const auto trunk = find_trunk(*ask);
    respond(trunk ? record_response(*ask, with_state(*ask, *trunk), trunks_description().known())
                  : ask->envelope.not_found());
}

Rows trunk_rows(const View& view) {
    Rows all;
    for (const auto& [id, trunk] : view.records->trunks) {
        all.push_back(trunk_json(view, *trunk));
    }
    return all;
}

void check_trunk(const Ask&, Form& form, Writing<Trunk>& writing) {
    form.text("password", writing.password, core::limits::trunk_password_bytes_max);
    writing.password_given = !writing.password.empty();
    if (registers(writing.now) && writing.now.username.empty()) {
        form.wrong("username", "registrace ho potřebuje", "registration needs it");
    }
    if (writing.now.name.empty()) {
        writing.now.name = "trunks_" + random_hex(16);
    }
}

Status keep_password(const Ask& ask, const Writing<Trunk>& writing) {
    const Trunk& trunk = writing.now;
    if (writing.password_given) {
        const store::Change note = password_entry(ask, "trunks", trunk.name, trunk.title);
        return ask.site.store.put_secret(trunk_kind, trunk.name, writing.password,
                                         writing.create ? nullptr : &note);
    }
    // One of that name may have been there before; and without a user name it is no use.
    return writing.create || trunk.username.empty()
               ? ask.site.store.remove_secret(trunk_kind, trunk.name)
               : Status(Done{});
}

void finish_trunk(const AskPtr& ask, const Respond& respond, Writing<Trunk> writing,
                  const core::State&) {
    on_worker(ask, respond, [ask, writing = std::move(writing)](store::Reader&) {
        const Status kept = keep_password(*ask, writing);
        ask->site.health.accounts_changed();
        return kept ? ask->envelope.success(with_state(*ask, writing.now),
                                            writing.create ? 201 : 200)
                    : ask->envelope.error(kept.error());
    });
}

void removed_trunk(const AskPtr& ask, const Respond& respond, const Trunk& trunk) {
    on_worker(ask, respond, [ask, trunk](store::Reader&) {
        const Status forgotten = ask->site.store.remove_secret(trunk_kind, trunk.name);
        if (!forgotten) {
            log::error("secret not removed", {{"reason", forgotten.error().text}});
        }
        ask->site.health.accounts_changed();
        return gone();
    });
}

}  // namespace

const Description<Trunk>& trunks_description() {
    static const Description<Trunk> all{
        "trunks",
        Module::trunks,
        {"title", "state", "host", "username", "clid", "position", "deactivated"},
        trunk_members(),
        [](const Trunk& trunk) { return trunk.name; },
        true};
    return all;
}

Model trunks_model() {
    static const CoreModel<Trunk> model{
        .description = trunks_description(),
        .find = find_trunk,
        .rows = trunk_rows,
        .read = trunk_json,
        .save = [](const Writing<Trunk>& writing) -> core::Input {
            return core::SaveTrunk{writing.now};
        },
        .remove = [](const Trunk& trunk) -> core::Input { return core::RemoveTrunk{trunk.id}; },
        .saved = saved_among<&core::State::trunks, Trunk>,
        .fault = [](const core::State& state, const Trunk& trunk,
                    bool) { return core::check(state, trunk); },
        .check = check_trunk,
        .finish = finish_trunk,
        .removed = removed_trunk,
        .one = one_trunk,
        .list = list_trunks,
        .still = keeps_titles_apart<&core::State::trunks, Trunk>};
    return serve_core(model);
}

}  // namespace linka::api::v6
