// What a list wants: a filter, an order and a page. The API parses requests into this; the store
// answers it from SQL, and live lists are filtered by the same tree in memory.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/stats/lists.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace linka::store {

/// The operators of the v6 API; synonyms (`begins`, `ne` …) are mapped when parsing.
enum class Operator {
    eq,
    neq,
    lt,
    lte,
    gt,
    gte,
    like,
    notlike,
    contains,
    doesnotcontain,
    startswith,
    doesnotstartwith,
    endswith,
    doesnotendwith,
    in,
    notin,
    isnull,
    isnotnull,
    between
};

LINKA_DESCRIBE_ENUM(Operator, eq, neq, lt, lte, gt, gte, like, notlike, contains, doesnotcontain,
                    startswith, doesnotstartwith, endswith, doesnotendwith, in, notin, isnull,
                    isnotnull, between)

/// A comparison, or a group of filters. Depth and count are bounded by the parser (8 and 200).
struct Filter {
    enum class Kind { all_of, any_of, compare };
    Kind kind = Kind::all_of;
    std::vector<Filter> parts;  // of a group; an empty group is true
    std::string field;          // of a comparison, dotted paths allowed
    Operator op = Operator::eq;
    std::vector<std::string> values;
    bool ignore_case = false;
    bool ignore_accents = false;  // of text operators, which ignore case anyway
};

struct Sort {
    std::string field;
    bool descending = false;
};

struct Query {
    Filter filter;
    std::vector<Sort> sort;
    std::string search;  // full text over the model's own columns
    std::int64_t skip = 0;
    std::int64_t take = 100;  // 0..1000; 0: the number alone
    bool count = true;        // whether the total is wanted
};

/// The filter of the list that a figure counts, see stats::list_behind.
Filter to_filter(const stats::ListFilter& list);

}  // namespace linka::store
