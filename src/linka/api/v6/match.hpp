// Lists in memory: filter, order and cut rows that are JSON objects, by the rules that the store
// follows for its tables. Used where the rows are few (users, queues, devices, sessions …).
#pragma once

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
/// `invalid` when a field of the filter or the order is none of `known` (dotted ones by their first
/// step), or one that is asked for neither that nor in the rows.
Result<Listed> list_rows(std::vector<json::Object> rows, const ListQuery& list,
                         const std::vector<std::string>& known);

/// `invalid` when one of `fields` (by its first step) is neither `known` nor in `row`.
Status check_fields(const std::vector<std::string>& fields, const std::vector<std::string>& known,
                    const json::Object& row = {});

/// The row with only these (possibly dotted) fields; all if there are none.
json::Object only_fields(const json::Object& row, const std::vector<std::string>& fields);

}  // namespace linka::api::v6
