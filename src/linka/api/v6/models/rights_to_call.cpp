// /api/v6/rightsToCall: which numbers whoever has one may call. A user's is their `acl`.
#include "linka/api/auth/token.hpp"
#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/describe/records.hpp"
#include "linka/api/v6/describe/serve_core.hpp"
#include "linka/core/records/limits.hpp"

namespace linka::api::v6 {

namespace {

using core::RightToCall;

std::shared_ptr<const RightToCall> find_right(const Ask& ask) {
    return ask.site.directory.now()->right_to_call(std::string_view(ask.name));
}

json::Object right_json(const View& view, const RightToCall& right) {
    json::Object out =
        read_record(rights_to_call_description(), right, attributes_of(right.attributes), view);
    out["_sys"] = view.versioned_sys("rightsToCall", right.name, json::to_text(right));
    return out;
}

Rows right_rows(const View& view) {
    Rows all;
    for (const auto& [id, right] : view.records->rights_to_call) {
        all.push_back(right_json(view, *right));
    }
    return all;
}

void name_right(const Ask&, Form&, Writing<RightToCall>& writing) {
    if (writing.now.name.empty()) {
        writing.now.name = "rights_to_call_" + random_hex(16);
    }
}

}  // namespace

const Description<RightToCall>& rights_to_call_description() {
    namespace limits = core::limits;
    static const Description<RightToCall> all{
        "rightsToCall",
        Module::rights_to_call,
        {"title", "rules", "description"},
        {member::chosen_name<RightToCall>(),
         member::text("title", &RightToCall::title, limits::title_bytes_max)
             .required()
             .distinct()
             .basic(),
         member::texts("rules", &RightToCall::rules).required().basic(),
         member::note<RightToCall>("description", limits::description_bytes_max).advanced()},
        [](const RightToCall& right) { return right.name; },
        true};
    return all;
}

Model rights_to_call_model() {
    static const CoreModel<RightToCall> model{
        .description = rights_to_call_description(),
        .find = find_right,
        .rows = right_rows,
        .read = right_json,
        .save = [](const Writing<RightToCall>& writing) -> core::Input {
            return core::SaveRightToCall{writing.now};
        },
        .remove = [](const RightToCall& right) -> core::Input {
            return core::RemoveRightToCall{right.id};
        },
        .saved = saved_among<&core::State::rights_to_call, RightToCall>,
        .fault = [](const core::State& state, const RightToCall& right,
                    bool) { return core::check(state, right); },
        .check = name_right,
        .still = keeps_titles_apart<&core::State::rights_to_call, RightToCall>};
    return serve_core(model);
}

}  // namespace linka::api::v6
