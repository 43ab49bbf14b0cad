// What a v6 model is to the dispatcher: which requests it serves. One file of models/ each.
#pragma once

#include "linka/api/site.hpp"
#include "linka/api/v6/describe/field.hpp"
#include "linka/api/v6/envelope.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

/// What may stand behind the last step of an address and says nothing there.
inline constexpr std::string_view address_suffix = ".json";
inline bool has_address_suffix(std::string_view step) {
    return step.size() > address_suffix.size() && step.ends_with(address_suffix);
}

/// A request to a model: who asks, and what for.
struct Ask {
    const Site& site;
    std::shared_ptr<const core::User> user;
    Request request;  // .method is the effective one
    Envelope envelope;
    std::string name;             // of the record; empty: the collection
    std::string relation;         // empty: the record itself
    std::int64_t takes_back = 0;  // the entry of the change log that is taken back
    std::shared_ptr<const Request> asked = nullptr;  // as it came, to be judged anew; of writes
    std::uint64_t roles_version = 0;                 // by which it is judged
    int tries = 0;                                   // so often it was judged before
};

using Serve = std::function<void(const std::shared_ptr<Ask>&, const Respond&)>;

/// What a page needs to draw a model, and a program to know its fields.
struct Described {
    std::vector<std::string> columns;
    std::vector<Field> fields;
};

/// Empty functions: 405.
struct Model {
    std::string name;                  // as documented, e.g. "activitiesCall"
    std::vector<std::string> aliases;  // further spellings
    Serve list;
    Serve one;
    Serve create;
    Serve update;
    Serve remove;
    Serve relation;
    std::optional<Described> described = std::nullopt;  // none: it is no record that people keep
    std::optional<Module> module = std::nullopt;  // none: every signed-in person's own business
    std::vector<Field> shown = {};  // of what people do not keep: what its rows have, and take
    /// The record that a request names, as changes of it are kept, with `_sys` as who asks reads
    /// it; nothing: there is none. On a worker.
    std::function<std::optional<json::Object>(const Ask&, store::Reader&)> whole = nullptr;
};

/// The fields of a model, for programs.
inline const std::vector<Field>& fields_of(const Model& model) {
    return model.described ? model.described->fields : model.shown;
}

/// For others it is as if there were no such model.
inline bool may_read(const Model& model, const Records& records, const core::User& user) {
    return !model.module || may(records, user, *model.module, Operation::read);
}

/// All of them, in the order of the page.
const std::vector<Model>& models();
/// The one of this name, exactly; null: there is none.
const Model* model_named(std::string_view name);

Model users_model();
Model queues_model();
Model devices_model();
Model pauses_model();
Model statuses_model();
Model groups_model();
Model roles_model();
Model rights_to_call_model();
Model profiles_model();
Model recordings_model();
Model inbound_routes_model();
Model ring_groups_model();
Model trunks_model();
Model time_groups_model();
Model settings_model();
Model audit_log_model();
Model activities_model();
Model calls_model();
Model realtime_sessions_model();
Model users_session_model();

}  // namespace linka::api::v6
