// What a v6 model is to the dispatcher: which requests it serves. One file of models/ each.
#pragma once

#include "linka/api/site.hpp"
#include "linka/api/v6/envelope.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

/// A request to a model: who asks, and what for.
struct Ask {
    const Site& site;
    std::shared_ptr<const core::User> user;
    Request request;  // .method is the effective one
    Envelope envelope;
    std::string name;      // of the record; empty: the collection
    std::string relation;  // empty: the record itself
};

using Serve = std::function<void(const std::shared_ptr<Ask>&, const Respond&)>;

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
};

Model users_model();
Model queues_model();
Model devices_model();
Model pauses_model();
Model statuses_model();
Model activities_model();
Model calls_model();
Model realtime_sessions_model();
Model users_session_model();

}  // namespace linka::api::v6
