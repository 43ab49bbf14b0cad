// Lists in memory: filter, order and cut rows that are JSON objects, by the rules that the store
// follows for its tables. Used where the rows are few (users, queues, devices, sessions …).
#pragma once

#include "linka/api/v6/known_fields.hpp"
#include "linka/api/v6/list_query.hpp"

#include <string_view>
#include <vector>

namespace linka::api::v6 {

/// The value at a dotted path; a relation compares as its `name`. Null if there is none.
const json::Value* value_at(const json::Object& row, std::string_view path);

/// Does the row pass?
bool matches(const store::Filter& filter, const json::Object& row);

struct Listed {
    json::Array rows;
    std::int64_t total = 0;
};

/// Filter, search, order (stable), skip and take, and only the fields that were asked for. Errors:
/// those of check_asked().
Result<Listed> list_rows(std::vector<json::Object> rows, const ListQuery& list,
                         const KnownFields& known);

/// The row with only these (possibly dotted) fields; all if there are none.
json::Object only_fields(const json::Object& row, const std::vector<std::string>& fields);

}  // namespace linka::api::v6
