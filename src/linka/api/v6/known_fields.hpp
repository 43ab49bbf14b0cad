// Which fields the rows of a list have, and whether a path that is asked for, compared or sorted by
// leads to one: `user.role.name` goes through the descriptions of what the rows name.
#pragma once

#include "linka/api/v6/describe/field.hpp"
#include "linka/api/v6/list_query.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

using KnownFields = std::vector<Field>;

/// Those of a model's rows, by its name.
KnownFields fields_of_model(std::string_view name);
/// Those of rows without a description: texts and the like, which no path goes through.
KnownFields fields_named(std::initializer_list<std::string_view> names);

/// Whether the path leads to something that such rows may have. What is only written, secrets among
/// it, is nowhere; within JSON that nothing describes everything may be.
bool leads_somewhere(const KnownFields& known, std::string_view path);

/// `invalid` when one of `fields` leads nowhere and is not in `row` either.
Status check_fields(const std::vector<std::string>& fields, const KnownFields& known,
                    const json::Object& row = {});

/// The same of all that a list is asked for: the fields, the filter and the order.
Status check_asked(const ListQuery& list, const KnownFields& known, const json::Object& row = {});

}  // namespace linka::api::v6
