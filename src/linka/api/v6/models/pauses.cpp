// /api/v6/pauses. System pauses (wrap, lajdak, dnd) can be renamed, nothing else: the core says so.
#include "linka/api/auth/token.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/view.hpp"

namespace linka::api::v6 {

namespace {

using core::Pause;

// A pause that somebody made has no type.
json::Value pause_type_of(const Pause& pause, const json::Object&, const View&) {
    return json::Value(pause.type == core::PauseType::custom ? std::string_view()
                                                             : linka::name_of(pause.type));
}

std::shared_ptr<const Pause> find_one_pause(const Ask& ask) {
    return ask.site.directory.now()->pause(std::string_view(ask.name));
}

Rows pause_rows(const View& view) {
    Rows all;
    for (const auto& [id, pause] : view.records->pauses) {
        all.push_back(view.pause(*pause));
    }
    return all;
}

void check_pause(const Ask&, Form&, Writing<Pause>& writing) {
    if (writing.now.name.empty()) {
        writing.now.name = "pauses_" + random_hex(16);
    }
}

}  // namespace

const Description<Pause>& pauses_description() {
    namespace limits = core::limits;
    static const Description<Pause> all{
        "pauses",
        Module::pauses,
        {"title", "type", "paid", "max_duration", "deactivated"},
        {member::chosen_name<Pause>(),
         member::text("title", &Pause::title, limits::title_bytes_max)
             .required()
             .distinct()
             .basic(),
         member::shown<Pause>("type", FieldKind::choice, pause_type_of)
             .choices({"wrap", "lajdak", "dnd"}),
         member::flag("paid", &Pause::paid).basic(),
         member::duration("max_duration", &Pause::max_duration, 60s, limits::pause_minutes).basic(),
         member::flag("auto_pause", &Pause::auto_pause).advanced(),
         member::flag("prevent_direct_calls", &Pause::prevent_direct_calls).advanced(),
         member::flag("deactivated", &Pause::deactivated).advanced(),
         member::fixed<Pause>("calculated_from", ""), member::fixed<Pause>("repeatable", true),
         member::fixed<Pause>("max_amount", 0), member::fixed<Pause>("min_timeout", 0)},
        [](const Pause& pause) { return pause.name; }};
    return all;
}

Model pauses_model() {
    static const CoreModel<Pause> model{
        .description = pauses_description(),
        .find = find_one_pause,
        .rows = pause_rows,
        .read = [](const View& view, const Pause& pause) { return view.pause(pause); },
        .save = [](const Writing<Pause>& writing) -> core::Input {
            return core::SavePause{writing.now};
        },
        .remove = [](const Pause& pause) -> core::Input { return core::RemovePause{pause.id}; },
        .saved = saved_among<&core::State::pauses, Pause>,
        .fault = [](const core::State& state, const Pause& pause,
                    bool) { return core::check(state, pause); },
        .check = check_pause,
        .still = keeps_titles_apart<&core::State::pauses, Pause>};
    return serve_core(model);
}

}  // namespace linka::api::v6
