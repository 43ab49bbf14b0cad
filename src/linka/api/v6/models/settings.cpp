// /api/v6/settings: what holds for the whole instance; one record, which is changed and neither
// made nor deleted.
#include "linka/api/live/names.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "linka/core/records/limits.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace linka::api::v6 {

namespace {

using core::Settings;

constexpr std::string_view settings_name = "instance";

// As the core checks them: minutes, and seconds.
constexpr core::limits::Span inactivity{1, 1'440, true};
constexpr core::limits::Span voicemail{5, 300, false};
constexpr core::limits::Span outbound_ring{5, 180, false};

// What is usual in a country, by its code.
std::string_view usual_emergency(std::string_view country) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> all{
        {{"420", "112, 150, 155, 156, 158"},
         {"421", "112, 150, 155, 158, 159"},
         {"43", "112, 122, 133, 144"},
         {"44", "112, 999"},
         {"48", "112, 997, 998, 999"},
         {"49", "110, 112"}}};
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto& each) { return each.first == country; });
    return found != all.end() ? found->second : "112";
}

// Who is in need must reach somebody, whatever has been set up.
void check_settings(const Ask& /*ask*/, Form& form, Writing<Settings>& writing) {
    if (form.has("emergency") && writing.now.emergency.empty()) {
        const std::string_view usual = usual_emergency(writing.now.country);
        form.wrong("emergency", text::format("Aspoň jedno číslo; obvyklá jsou {}", usual),
                   text::format("At least one number; usual are {}", usual));
    }
}

// Of channels that nothing serves nothing ever comes, so that a row of theirs would do nothing.
std::vector<core::Channel> matrix_channels() {
    std::vector<core::Channel> served;
    std::copy_if(core::given_out.begin(), core::given_out.end(), std::back_inserter(served),
                 [](core::Channel channel) { return core::is_served(channel); });
    return served;
}

std::string_view code_of(core::Channel channel) {
    return channel_type(linka::name_of(channel));
}

std::vector<std::string> matrix_names() {
    std::vector<std::string> names;
    for (const core::Channel channel : matrix_channels()) {
        names.emplace_back(code_of(channel));
    }
    return names;
}

json::Value matrix_json(const core::DistributionMatrix& matrix) {
    json::Object rows;
    for (const core::Channel open : matrix_channels()) {
        json::Object row;
        for (const core::Channel offered : matrix_channels()) {
            row[code_of(offered)] = *core::part_of(*core::part_of(matrix, open), offered);
        }
        rows[code_of(open)] = std::move(row);
    }
    return rows;
}

// What is wrong in the parts of a field, told together at the field.
struct CellFaults {
    std::vector<std::string> all;

    void add(const std::string& part, const Form& of) {
        for (const auto& [where, text] : of.errors()) {
            all.push_back(text::format("{}{}: {}", part, where, text));
        }
    }
};

void write_row(Form& rows, const std::string& name, const json::Value& value, core::Beside& row,
               CellFaults& faults) {
    if (!value.is_object()) {
        rows.wrong(name, "musí být objekt", "must be an object");
        return;
    }
    Form cells(value.get_object(), rows.language());
    for (const core::Channel offered : matrix_channels()) {
        cells.integer(code_of(offered), *core::part_of(row, offered), core::limits::beside.least,
                      core::limits::beside.most);
    }
    const std::vector<std::string> known = matrix_names();
    cells.only({known.begin(), known.end()});
    faults.add(name + ", ", cells);
}

// Cells that are not given stay as they are.
void write_matrix(Form& form, Settings& settings, const Records&) {
    const json::Value* value = form.value("distribution");
    if (value == nullptr || value->is_null()) {
        return;
    }
    if (!value->is_object()) {
        form.wrong("distribution", "musí být objekt", "must be an object");
        return;
    }
    CellFaults faults;
    Form rows(value->get_object(), form.language());
    for (const core::Channel open : matrix_channels()) {
        const std::string name(code_of(open));
        if (const json::Value* row = rows.value(name)) {
            write_row(rows, name, *row, *core::part_of(settings.distribution, open), faults);
        }
    }
    const std::vector<std::string> known = matrix_names();
    rows.only({known.begin(), known.end()});
    faults.add({}, rows);
    if (!faults.all.empty()) {
        const std::string told = text::format("{}", fmt::join(faults.all, "; "));
        form.wrong("distribution", told, told);
    }
}

Member<Settings> matrix_member() {
    Member<Settings> out = member::special<Settings>(
        "distribution", FieldKind::matrix,
        [](const Settings& settings, const json::Object&, const View&) {
            return matrix_json(settings.distribution);
        },
        write_matrix);
    return std::move(out)
        .choices(matrix_names())
        .limit({LimitOf::number, core::limits::beside})
        .standard(matrix_json({}));
}

std::shared_ptr<const Settings> find_settings(const Ask& ask) {
    return ask.name == settings_name ? ask.site.directory.now()->settings : nullptr;
}

json::Object read_settings(const View& view, const Settings& settings) {
    json::Object out = read_record(settings_description(), settings, {}, view);
    out["_sys"] = view.versioned_sys("settings", settings_name, json::to_text(settings));
    return out;
}

const CoreModel<Settings>& settings() {
    static const CoreModel<Settings> model{
        .description = settings_description(),
        .find = find_settings,
        .rows = [](const View& view) { return Rows{read_settings(view, *view.records->settings)}; },
        .read = read_settings,
        .save = [](const Writing<Settings>& writing) -> core::Input {
            return core::SaveSettings{writing.now};
        },
        .remove = nullptr,
        .saved = [](const core::State& state, const Settings&,
                    const core::Reply&) { return &state.settings; },
        .fault = [](const core::State& state, const Settings& settings,
                    bool) { return core::check(state, settings); },
        .check = check_settings,
        // Telephones reach emergency numbers without a password, so their side has to know them.
        .finish =
            [](const AskPtr& ask, const Respond& respond, Writing<Settings> writing,
               const core::State&) {
                ask->site.health.accounts_changed();
                respond(ask->envelope.success(read_settings(view_of(*ask), writing.now)));
            }};
    return model;
}

}  // namespace

const Description<Settings>& settings_description() {
    static const Description<Settings> all{
        "settings",
        Module::settings,
        {"title", "country", "emergency", "allowed_prefixes", "premium"},
        {member::shown<Settings>("name", FieldKind::text,
                                 [](const Settings&, const json::Object&, const View&) {
                                     return json::Value(settings_name);
                                 }),
         member::shown<Settings>("title", FieldKind::text,
                                 [](const Settings&, const json::Object&, const View& view) {
                                     return json::Value(view.envelope.language() == Language::cs
                                                            ? "Společné nastavení"
                                                            : "Common settings");
                                 }),
         member::text("country", &Settings::country, 3)
             .limit({LimitOf::digits, {1, 3, false}})
             .required()
             .basic(),
         member::texts("emergency", &Settings::emergency).basic(),
         member::texts("allowed_prefixes", &Settings::allowed_prefixes).basic(),
         member::texts("premium", &Settings::premium).basic(), matrix_member().basic(),
         member::duration("inactivity_logout", &Settings::inactivity_logout, 60s, inactivity)
             .advanced(),
         member::duration("voicemail_max", &Settings::voicemail_max, 1s, voicemail).advanced(),
         member::duration("outbound_ring_max", &Settings::outbound_ring_max, 1s, outbound_ring)
             .advanced()},
        [](const Settings&) { return std::string(settings_name); },
        true};
    return all;
}

Model settings_model() {
    Model model = serve_core(settings());
    model.create = nullptr;
    model.remove = nullptr;
    return model;
}

}  // namespace linka::api::v6
