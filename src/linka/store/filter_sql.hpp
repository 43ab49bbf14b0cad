// Filters and orders as SQL. Names come from the list of columns alone and every value is a bound
// parameter, so nothing from outside becomes SQL.
#pragma once

#include "linka/store/columns.hpp"
#include "linka/store/query.hpp"

#include <span>
#include <string>
#include <variant>
#include <vector>

namespace linka::store {

using Parameter = std::variant<std::int64_t, double, std::string>;

/// A piece of SQL with its parameters, in order.
struct Sql {
    std::string text;
    std::vector<Parameter> parameters;

    Sql& add(std::string_view sql);
    Sql& value(Parameter parameter);  // adds `?`
    void bind(Stmt& statement) const;
};

/// Rows of another table that belong to a row. The field `name.column` compares a column of theirs,
/// and holds if any of them meets it.
struct Related {
    std::string_view name;
    std::string_view table;
    std::string_view owner;  // their column that has the id of the row
    const std::vector<Column>* columns = nullptr;
};

/// Appends the condition. Errors: `invalid`, with the field.
Status add_filter(Sql& sql, std::span<const Column> columns, const Filter& filter,
                  std::span<const Related> related = {});
/// Appends the condition that each word of `search` is in one of the text columns, or is the id.
void add_search(Sql& sql, std::span<const Column> columns, std::string_view search);
/// Appends ORDER BY; the key breaks ties. `by_default` serves when `sort` is empty.
Status add_order(Sql& sql, std::span<const Column> columns, const std::vector<Sort>& sort,
                 const Sort& by_default);
/// Whether the filter compares this field somewhere.
bool mentions(const Filter& filter, std::string_view field);

}  // namespace linka::store
