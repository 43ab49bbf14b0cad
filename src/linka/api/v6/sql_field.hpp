// How a field of v6 lies in a table of the store: its column, and how what is shown becomes what
// the column has.
#pragma once

#include <cstdint>
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
    std::string_view name = {};  // of a described field: see sql_fields_of()
    std::string_view column = {};
    Kind kind = Kind::text;
    std::string_view column_out = {};  // text: the column that is shown of calls out
    std::vector<std::pair<std::string_view, std::string_view>> codes = {};  // theirs, ours
    std::int64_t (*from_name)(std::string_view) = nullptr;                  // 0: no such name
    std::string_view column_empty = {};  // text: the column that is shown where this one is empty
};

}  // namespace linka::api::v6
