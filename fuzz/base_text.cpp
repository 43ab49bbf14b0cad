// Text helpers that see bytes from outside.
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    const std::string input(data, data + size);

    LINKA_ASSERT(text::from_base64(text::base64(input)) == input);
    if (const auto bytes = text::from_base64(input)) {
        LINKA_ASSERT(text::base64(*bytes).size() == input.size());
    }
    if (const auto number = text::to_int(input)) {
        LINKA_ASSERT(text::to_int(std::to_string(*number)) == number);
    }
    // A string of ours is always valid JSON, and comes back unchanged if it was UTF-8.
    const auto read = json::from_text<std::string>(json::to_text(input));
    LINKA_ASSERT(read.ok());
    LINKA_ASSERT(!text::is_utf8(input) || *read == input);

    std::string joined;
    for (const auto part : text::split(input, ',')) {
        joined += part;
        joined += ',';
    }
    LINKA_ASSERT(joined == input + ',');
    return 0;
}
