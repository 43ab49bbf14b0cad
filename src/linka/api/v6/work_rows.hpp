// Private to v6/models: activities and calls as v6 shows them, from rows of the store.
#pragma once

#include "linka/api/v6/describe/description.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/api/v6/status_rows.hpp"
#include "linka/core/work/description.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace linka::api::v6 {

inline constexpr std::size_t dialled_bytes_max = 64;  // of a number

/// Records that are nested in the rows of one answer, each made once.
class Nested {
  public:
    /// `view` lives longer.
    Nested(store::Reader& reader, const View& view) : view_(view), statuses_(reader) {}

    [[nodiscard]] const StatusBook& statuses() const { return statuses_; }
    /// As relations, see View.
    const json::Value& user(core::UserId id);
    const json::Value& queue(core::QueueId id);

  private:
    const View& view_;
    StatusBook statuses_;
    std::map<core::UserId, json::Value> users_;
    std::map<core::QueueId, json::Value> queues_;
};

/// What a PUT of an activity asks for, as far as it can be read without knowing the activity.
struct Wanted {
    core::Description description;
    std::string action;                     // empty: none
    std::optional<std::string> until;       // postponed until
    const json::Object* present = nullptr;  // the activity as it is read now
};

/// A row of Model::activities.
struct ShownActivity {
    const json::Object& row;
    const json::Value& item;  // the call, its number where the activity is nested in it, or null
    Nested& nested;
    Wanted* wanted = nullptr;  // where it is written
};

/// A row of Model::interactions.
struct ShownCall {
    const json::Object& row;
    const Rows& activities;  // rows of its activities
    Nested& nested;
};

const Description<ShownActivity>& activities_description();
const Description<ShownCall>& calls_description();
const SqlFields& activity_fields();
const SqlFields& call_fields();

std::string call_name(std::int64_t interaction);
/// The interaction of "activitiesCall_17", or of a bare "17"; 0 if `name` is none.
std::int64_t call_from_name(std::string_view name);
/// The number of "activities_17", or of a bare "17"; 0 if `name` is none.
std::int64_t activity_number(std::string_view name);

/// Rows of a model by a column; at most 1000.
Result<std::vector<json::Object>> rows_by(store::Reader& reader, store::Model model,
                                          const std::string& column,
                                          std::vector<std::string> values);

}  // namespace linka::api::v6
