// The saved text of legs and registrations: whatever is read can be written and read again, equal.
#include "linka/base/assert.hpp"
#include "linka/sip/registrar.hpp"
#include "linka/sip/saved.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    const std::string input(data, data + size);

    if (const auto leg = sip::from_saved(input)) {
        const std::string text = sip::to_saved(*leg);
        const auto again = sip::from_saved(text);
        LINKA_ASSERT(again.ok());
        LINKA_ASSERT(sip::to_saved(*again) == text);
    }
    sip::Registrar registrar;
    if (registrar.restore("330", input, Instant{1})) {
        const std::string text = registrar.save("330");
        sip::Registrar second;
        LINKA_ASSERT(text.empty() || second.restore("330", text, Instant{1}).ok());
        LINKA_ASSERT(registrar.contacts("330", Instant{1}).size() <= sip::Registrar::contacts_max);
    }
    return 0;
}
