// Messages between the server and linka-demo: what is accepted is written and read back as the
// same.
#include "linka/base/assert.hpp"
#include "linka/demo/protocol.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka::demo;
    const std::string text(data, data + size);
    if (const auto request = decode_request(text)) {
        const std::string packet = encode(*request);
        const auto again = decode_request(packet);
        LINKA_ASSERT(!again.ok() || encode(*again) == packet);
        LINKA_ASSERT(again.ok() || packet.size() > message_bytes_max);
    }
    if (const auto notice = decode_notice(text)) {
        const auto again = decode_notice(encode(*notice));
        LINKA_ASSERT(again.ok());
    }
    return 0;
}
