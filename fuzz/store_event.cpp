// Events of the journal: whatever stands there is read or refused; what is read is written and read
// back.
#include "linka/base/json_write.hpp"
#include "linka/store/journal.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    const std::string text(data, data + size);
    const auto event = store::read_event(text);
    if (event) {
        LINKA_ASSERT(!store::type_of(*event).empty());
        LINKA_ASSERT(store::read_event(json::to_text(*event)).ok());
    }
    return 0;
}
