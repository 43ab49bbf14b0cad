// Lists that come from the store's tables: how fields of v6 become columns, and their values the
// table's values. Filters on relations are turned into the ids that they mean.
#pragma once

#include "linka/api/v6/serve.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linka::api::v6 {

struct SqlField {
    enum class Kind {
        text,      // as it is
        number,    // as it is
        instant,   // wall time of the zone → microseconds
        seconds,   // → microseconds; shown and compared without their fractions, as instants are
        flag,      // true, false
        happened,  // true: the instant is there
        user,      // login, or a path into the user → ids
        creator,   // the same, of rows that a user made by calling out; null in others
        queue,     // number, or a path into the queue → numbers
        id,        // a record's name → its number, by `from_name`
        codes,     // our words for one of theirs, by `codes`; empty without a word: null
        listed,    // names in a JSON array
        fixed      // has the value `codes[0].first` (null without it) in every row
    };
    std::string_view name;
    std::string_view column;
    Kind kind = Kind::text;
    std::string_view column_out = {};  // text: the column that is shown of calls out
    std::vector<std::pair<std::string_view, std::string_view>> codes = {};  // theirs, ours
    std::int64_t (*from_name)(std::string_view) = nullptr;                  // 0: no such name
    std::string_view column_empty = {};  // text: the column that is shown where this one is empty
};

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
