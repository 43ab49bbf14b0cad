// Private to v6/models: activities and calls as v6 shows them, from rows of the store.
#pragma once

#include "linka/api/v6/sql_fields.hpp"
#include "linka/api/v6/status_rows.hpp"

#include <map>

namespace linka::api::v6 {

const SqlFields& activity_fields();
const SqlFields& call_fields();
/// All members of such a row: the fields, and what cannot be compared.
std::vector<std::string> activity_members();
std::vector<std::string> call_members();

std::string call_name(std::int64_t interaction);
/// The interaction of "activitiesCall_17", or of a bare "17"; 0 if `name` is none.
std::int64_t call_from_name(std::string_view name);

/// A row of Model::interactions. `activities`: rows of its activities, to be nested.
json::Object call_json(const json::Object& row, const View& view, const Rows& activities,
                       const StatusBook& book);
/// A row of Model::activities; `item`: the call, or null.
json::Object activity_json(const json::Object& row, const View& view, const json::Value& item,
                           const StatusBook& book);
/// An activity nested in its call: item is a number.
json::Object nested_activity(const json::Object& row, const View& view, const StatusBook& book);

/// Rows of a model by a column; at most 1000.
Result<std::vector<json::Object>> rows_by(store::Reader& reader, store::Model model,
                                          const std::string& column,
                                          std::vector<std::string> values);

}  // namespace linka::api::v6
