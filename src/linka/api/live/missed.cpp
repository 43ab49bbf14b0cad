// The list of missed calls: rows, and closing one by hand.
#include "linka/core/work/missed.hpp"

#include "linka/api/live/actions.hpp"
#include "linka/api/live/names.hpp"
#include "linka/api/live/rows.hpp"
#include "linka/base/text.hpp"
#include "linka/core/view.hpp"

#include <algorithm>

namespace linka::api {

namespace {

constexpr std::string_view missed_prefix = "missed_";

core::MissedId missed_from_name(std::string_view name) {
    if (!name.starts_with(missed_prefix)) {
        return {};
    }
    const auto id = text::to_int(name.substr(missed_prefix.size()));
    return core::MissedId{id && *id > 0 ? *id : 0};
}

}  // namespace

std::string missed_name(core::MissedId id) {
    return std::string(missed_prefix) + std::to_string(id.value);
}

std::string missed_text(const core::State& state, const Viewer& viewer) {
    std::vector<const core::Missed*> rows;
    for (const auto& [id, missed] : state.missed) {
        const core::User* called = core::find_user(state, missed.user);
        if (core::is_shown(missed) && viewer.sees_missed(missed.queue, called)) {
            rows.push_back(&missed);
        }
    }
    std::sort(rows.begin(), rows.end(), [](const core::Missed* a, const core::Missed* b) {
        return a->last != b->last ? a->last > b->last : a->id > b->id;
    });
    std::string text = "[";
    for (const core::Missed* missed : rows) {
        text += text.size() > 1 ? "," : "";
        text += missed_row(state, *missed);
    }
    return text + "]";
}

void add_missed_routes(Router& router, const Site& site) {
    router.add(Method::get, "/api/live/missed",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   read_live(
                       site, respond,
                       [viewer = Viewer(*site.directory.now(), call.user)](const core::State& state,
                                                                           Instant) {
                           return json_response(R"({"missed":)" + missed_text(state, viewer) + "}");
                       });
               }));
    router.add(Method::post, "/api/live/missed/{name}/done",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   const core::MissedId missed = missed_from_name(call.values.at("name"));
                   submit(site, respond, core::CloseMissed{call.user->id, missed}, call.language);
               }));
}

}  // namespace linka::api
