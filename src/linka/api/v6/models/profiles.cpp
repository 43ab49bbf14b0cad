// /api/v6/profiles: limits and permissions at work that many people share. The built-in ones, by
// which older clients set how far somebody sees, are among them and stay as they are.
#include "linka/api/auth/token.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/api/v6/describe/unread.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/limits.hpp"

#include <array>

namespace linka::api::v6 {

namespace {

using core::Access;
using core::Profile;
using core::Transfers;

// As existing clients name them.
constexpr std::array<std::pair<Transfers, std::string_view>, 4> transfer_names{
    {{Transfers::none, "none"},
     {Transfers::attended, "only assisted transfer"},
     {Transfers::blind, "only blind transfer"},
     {Transfers::both, "blind and assisted transfer"}}};

void write_transfers(Form& form, Profile& profile, const Records&) {
    const auto given = form.related("canTransferCall");
    if (!given) {
        return;
    }
    std::string all;
    for (const auto& [transfers, name] : transfer_names) {
        if (name == *given) {
            profile.transfers = transfers;
            return;
        }
        all += (all.empty() ? "" : ", ") + std::string(name);
    }
    form.wrong("canTransferCall", text::format("{}: jsou jen {}", *given, all),
               text::format("{}: there are only {}", *given, all));
}

Member<Profile> transfers_member() {
    std::vector<std::string> names;
    for (const auto& [transfers, name] : transfer_names) {
        names.emplace_back(name);
    }
    auto out = member::special<Profile>(
        "canTransferCall", FieldKind::choice,
        [](const Profile& profile, const json::Object&, const View&) {
            return json::Value(transfer_names[static_cast<std::size_t>(profile.transfers)].second);
        },
        write_transfers);
    return std::move(out)
        .choices(std::move(names))
        .standard(json::Value(transfer_names.back().second))
        .basic();
}

void write_devices(Form& form, Profile& profile, const Records& records) {
    if (!form.list("devices")) {
        return;
    }
    profile.devices.clear();
    for (const std::string& name : form.names("devices")) {
        if (const auto device = records.device(std::string_view(name))) {
            profile.devices.push_back(device->id);
        } else {
            form.none_such("devices", name);
        }
    }
}

Member<Profile> devices_member() {
    auto out = member::special<Profile>(
        "devices", FieldKind::names,
        [](const Profile& profile, const json::Object&, const View& view) {
            json::Array names;
            for (const core::DeviceId id : profile.devices) {
                const auto device = view.records->device(id);
                if (device && reads(*view.records, *view.viewer, id)) {
                    names.emplace_back(device->name);
                }
            }
            return json::Value(std::move(names));
        },
        write_devices);
    return std::move(out).of("sipDevices").standard(json::Array()).basic();
}

// `type` of the built-in one for the back office says so.
Member<Profile> type_member() {
    auto out = member::fixed<Profile>("type", "CC");
    out.read = [](const Profile& profile, const json::Object&, const View&) {
        const bool office = !profile.id && profile.name == name_of(Access::back_office);
        return json::Value(office ? "BO" : "CC");
    };
    return out;
}

std::vector<Member<Profile>> profile_members() {
    namespace limits = core::limits;
    std::vector<Member<Profile>> all{
        member::chosen_name<Profile>(),
        member::text("title", &Profile::title, limits::title_bytes_max)
            .required()
            .distinct()
            .basic(),
        member::number_or_none("maxActivities", &Profile::max_activities,
                               {1, limits::max_activities_max, false})
            .basic(),
        member::flag("noQueueCallsAllowed", &Profile::call_without_queue).basic(),
        transfers_member(),
        devices_member(),
        member::note<Profile>("description", limits::description_bytes_max).advanced(),
        member::shown<Profile>("built_in", FieldKind::flag,
                               [](const Profile& profile, const json::Object&, const View&) {
                                   return json::Value(!profile.id);
                               }),
        type_member()};
    for (const std::string name : {"maxOutRecords", "monitoringModes", "gptFunctions"}) {
        all.push_back(member::fixed<Profile>(name, 0));
    }
    for (const std::string name :
         {"deleteMissedActivity", "askForAssistance", "oneTimePassword", "passwordReset"}) {
        all.push_back(member::fixed<Profile>(name, false));
    }
    for (const std::string name : {"options", "customViews", "customSocialMediaViews"}) {
        all.push_back(member::fixed<Profile>(name, nullptr));
    }
    return all;
}

bool is_built_in(std::string_view name) {
    auto access = Access::agent;
    return enum_from_name(name, access);
}

std::shared_ptr<const Profile> find_profile(const Ask& ask) {
    auto access = Access::agent;
    if (enum_from_name(ask.name, access)) {
        return std::make_shared<const Profile>(
            built_in_profile(access, ask.envelope.language()));  // the answer's
    }
    return ask.site.directory.now()->profile(std::string_view(ask.name));
}

Rows profile_rows(const View& view) {
    Rows all;
    for (const Access access :
         {Access::admin, Access::manager, Access::agent, Access::back_office}) {
        all.push_back(view.profile(built_in_profile(access, view.envelope.language())));
    }
    for (const auto& [id, profile] : view.records->profiles) {
        all.push_back(view.profile(*profile));
    }
    return all;
}

void check_profile(const Ask& ask, Form& form, Writing<Profile>& writing) {
    if (writing.now.name.empty()) {
        writing.now.name = "profiles_" + random_hex(16);
    }
    if (writing.create && is_built_in(writing.now.name)) {
        form.wrong("name", "Takové jméno už existuje", "exists already");
    }
    keep_unread(ask, form, "devices", writing.old.devices, writing.now.devices, std::identity());
}

const CoreModel<Profile>& profiles() {
    static const CoreModel<Profile> model{
        .description = profiles_description(),
        .find = find_profile,
        .rows = profile_rows,
        .read = [](const View& view, const Profile& profile) { return view.profile(profile); },
        .save = [](const Writing<Profile>& writing) -> core::Input {
            return core::SaveProfile{writing.now};
        },
        .remove = [](const Profile& profile) -> core::Input {
            return core::RemoveProfile{profile.id};
        },
        .saved = saved_among<&core::State::profiles, Profile>,
        .fault = [](const core::State& state, const Profile& profile,
                    bool) { return core::check(state, profile); },
        .check = check_profile,
        .still = keeps_titles_apart<&core::State::profiles, Profile>};
    return model;
}

}  // namespace

const Description<Profile>& profiles_description() {
    static const Description<Profile> all{
        "profiles",
        Module::profiles,
        {"title", "canTransferCall", "maxActivities", "description"},
        profile_members(),
        [](const Profile& profile) { return profile.name; },
        true};
    return all;
}

Model profiles_model() {
    Model model = serve_core(profiles());
    for (Serve* change : {&model.update, &model.remove}) {
        *change = [own = *change](const AskPtr& ask, const Respond& respond) {
            is_built_in(ask->name) ? respond(built_in_stays(*ask)) : own(ask, respond);
        };
    }
    return model;
}

}  // namespace linka::api::v6
