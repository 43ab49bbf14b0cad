// Pieces of SIP text that peers send and that people's words become.
#include "linka/base/assert.hpp"
#include "linka/base/text.hpp"
#include "linka/sip/addresses.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/reach.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    const std::string input(data, data + size);
    const auto one_line = [](const std::string& text) {
        return text.find('\r') == std::string::npos && text.find('\n') == std::string::npos;
    };

    LINKA_ASSERT(text::is_utf8(sip::decode_user(input)));
    LINKA_ASSERT(one_line(sip::decode_user(input)));
    LINKA_ASSERT(one_line(sip::encode_user(input)));
    LINKA_ASSERT(text::is_utf8(sip::read_display(input)));
    LINKA_ASSERT(one_line(sip::read_display(input)));
    if (const auto mended = sip::mended_address(input); mended && text::is_utf8(input)) {
        LINKA_ASSERT(!sip::mended_address(*mended));
    }
    static_cast<void>(sip::reach_fault(input));
    const std::string quoted = sip::quote_display(input);
    LINKA_ASSERT(one_line(quoted));
    LINKA_ASSERT(quoted.front() == '"' && quoted.back() == '"');
    LINKA_ASSERT(text::is_utf8(quoted));
    for (const char* type : {"application/dtmf-relay", "application/dtmf"}) {
        if (const auto digit = sip::read_dtmf_body(type, input)) {
            LINKA_ASSERT(sip::read_dtmf_body("application/dtmf-relay", sip::dtmf_body(*digit)) ==
                         digit);
        }
    }
    if (sip::is_allowed_header("X-Test", input)) {
        LINKA_ASSERT(one_line(input));
    }
    static_cast<void>(sip::is_answered_elsewhere(input));
    static_cast<void>(sip::is_private(sip::plain_host(input)));
    static_cast<void>(sip::same_address(input, "::1"));
    return 0;
}
