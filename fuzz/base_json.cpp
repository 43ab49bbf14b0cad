// The JSON reader: whatever comes in, what it accepts is written and read back as the same value
// (doubles excepted).
#include "linka/base/json_read.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace {

enum class Colour { red, blue };
LINKA_DESCRIBE_ENUM(Colour, red, blue)

struct Point {
    static constexpr std::string_view type = "point";
    std::int32_t x = 0;
    std::optional<std::uint8_t> y;
};
LINKA_DESCRIBE(Point, (x, y))

struct Text {
    static constexpr std::string_view type = "text";
    std::string text;
};
LINKA_DESCRIBE(Text, (text))

struct Everything {
    Colour colour = Colour::red;
    std::vector<std::variant<Point, Text>> parts;
    std::map<std::string, double> weights;
    linka::Instant at;
    bool flag = false;
    linka::json::Raw raw;
};
LINKA_DESCRIBE(Everything, (colour, parts, weights, at, flag, raw))

// Boost.JSON 1.81 reads doubles to within some units of their last place, so a value with one
// comes back nearly, not exactly.
bool has_double(const linka::json::Value& value) {
    if (const auto* array = value.if_array()) {
        return std::ranges::any_of(*array, has_double);
    }
    if (const auto* object = value.if_object()) {
        return std::ranges::any_of(*object,
                                   [](const auto& pair) { return has_double(pair.value()); });
    }
    return value.is_double();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    const std::string input(data, data + size);
    const auto value = json::parse(input);
    if (!value) {
        return 0;
    }
    const auto again = json::parse(boost::json::serialize(*value));
    LINKA_ASSERT(again.ok());
    LINKA_ASSERT(has_double(*value) || *again == *value);

    const auto read = json::from_value<Everything>(*value);
    if (read) {
        const std::string text = json::to_text(*read);
        const auto reread = json::from_text<Everything>(text);
        LINKA_ASSERT(reread.ok());
        LINKA_ASSERT(has_double(*value) || json::to_text(*reread) == text);
    }
    return 0;
}
