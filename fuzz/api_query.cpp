// The list grammar of v6: whatever comes in a query string, parsing ends, stays within its bounds,
// and what is accepted can be matched against a row.
#include "linka/api/server/url.hpp"
#include "linka/api/v6/match.hpp"
#include "linka/base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka::api;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto pairs = parse_form(text);
    if (!pairs) {
        return 0;
    }
    const auto list = v6::parse_list(*pairs);
    if (list) {
        LINKA_ASSERT(list->query.take >= 0);
        LINKA_ASSERT(list->query.take <= v6::take_max);
        LINKA_ASSERT(list->query.skip >= 0);
        linka::json::Object row;
        row["name"] = "jan";
        row["age"] = 7;
        row["queue"] = linka::json::Object{{"name", 6001}};
        static_cast<void>(v6::matches(list->query.filter, row));
        static_cast<void>(
            v6::list_rows({row, row}, *list, v6::fields_named({"name", "age", "queue"})));
    }
    return 0;
}
