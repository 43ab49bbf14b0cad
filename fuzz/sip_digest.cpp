// Challenges and credentials as peers send them.
#include "linka/base/assert.hpp"
#include "linka/sip/digest.hpp"
#include "linka/sip/nonces.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    const std::string input(data, data + size);

    if (const auto challenge = sip::parse_challenge(input)) {
        const std::string text = sip::to_header(*challenge);
        LINKA_ASSERT(text.find('\n') == std::string::npos);
        // Quoting may make it longer than what is taken.
        if (text.size() <= 4096) {
            LINKA_ASSERT(sip::parse_challenge(text).has_value());
        }
    }
    if (const auto credentials = sip::parse_credentials(input)) {
        static_cast<void>(sip::nonce_count(*credentials));
        LINKA_ASSERT(!sip::digest_response(*credentials, "INVITE", "x").empty());
        static_cast<void>(sip::may_stand_for(credentials->uri, "sip:510@192.0.2.1", "192.0.2.7",
                                             [](std::string_view) { return false; }));
        sip::Nonces nonces("secret");
        LINKA_ASSERT(nonces.use(credentials->nonce, 1, "192.0.2.1", Instant{1}) !=
                     sip::Nonces::Verdict::good);
    }
    return 0;
}
