// Lists that come from the store's tables: how fields of v6 become columns, and their values the
// table's values. Filters on relations are turned into the ids that they mean.
#pragma once

#include "linka/api/v6/serve.hpp"
#include "linka/api/v6/sql_field.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

using SqlFields = std::vector<SqlField>;

/// The query in the words of the table. Errors: `invalid` names the field.
Result<store::Query> to_sql(const store::Query& query, const SqlFields& fields, const View& view);

/// The names of the fields.
std::vector<std::string> names_of(const SqlFields& fields);

/// A comparison, and all of several.
store::Filter is_equal(std::string field, std::string value);
store::Filter is_in(std::string field, std::vector<std::string> values);
store::Filter all_of(std::vector<store::Filter> parts);
store::Filter any_of(std::vector<store::Filter> parts);

/// Reads a row of the store; an object, always.
json::Object row_object(const std::string& row);
std::int64_t number_in(const json::Object& row, std::string_view column);
std::string text_in(const json::Object& row, std::string_view column);
bool flag_in(const json::Object& row, std::string_view column);
Instant instant_in(const json::Object& row, std::string_view column);
std::int64_t seconds_in(const json::Object& row, std::string_view column);

}  // namespace linka::api::v6
