// The list grammar of v6: fields, sort, take/skip/page, q, total and filter in all the encodings
// that clients are known to use (PHP-style brackets in the query string, or JSON as the value of
// filter, sort or fields). Unknown parameters are ignored; what is malformed, in another shape or
// too much is refused with the reason.
#pragma once

#include "linka/api/server/http.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/result.hpp"
#include "linka/store/query.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

struct ListQuery {
    store::Query query;               // fields by the names of v6
    std::vector<std::string> fields;  // asked for; empty: all
};

inline constexpr std::size_t filter_depth_max = 8;
inline constexpr std::size_t filter_count_max = 200;
inline constexpr std::size_t field_depth_max = 8;  // steps of a path
inline constexpr std::size_t field_bytes_max = 200;
inline constexpr std::size_t fields_max = 200;
inline constexpr std::size_t sort_max = 8;
inline constexpr std::int64_t take_max = 1000;
inline constexpr std::int64_t take_default = 100;

/// From decoded parameters of a query string. Errors: `invalid`, by the parameter (an unknown word
/// or shape, a number that is none, too deep, too many).
Result<ListQuery> parse_list(const Pairs& pairs);

/// A filter as nested objects; exposed for tests and fuzzing.
Result<store::Filter> parse_filter(const json::Value& value);

/// "begins" → startswith and the like. False if there is no such operator.
bool operator_from_name(std::string_view name, store::Operator& op);

/// Undoes the HTML encoding that one client puts on values: &amp; &lt; &gt; &quot; &#39;
std::string without_html(std::string_view text);

}  // namespace linka::api::v6
