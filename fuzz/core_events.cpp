// The journal's reader: whatever comes in, an event that it accepts is written as a text that reads
// back as the same event.
#include "linka/core/core.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    const std::string input(data, data + size);
    const auto event = core::event_from_text(input);
    if (!event) {
        return 0;
    }
    if (core::type_of(*event).empty()) {
        std::abort();
    }
    const std::string text = core::event_text(*event);
    const auto again = core::event_from_text(text);
    if (!again || core::event_text(*again) != text) {
        std::abort();
    }
    return 0;
}
