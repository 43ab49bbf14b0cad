// Messages between server and worker: what is accepted is written and read back as the same.
#include "linka/base/assert.hpp"
#include "linka/media/protocol/message.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka::media;
    const std::string text(data, data + size);
    if (const auto request = decode_request(text)) {
        const std::string packet = encode(*request);
        const auto again = decode_request(packet);
        LINKA_ASSERT(!again.ok() || encode(*again) == packet);
        LINKA_ASSERT(again.ok() || packet.size() > message_bytes_max);
    }
    (void)decode_notice(text);  // doubles in it come back nearly, not exactly
    return 0;
}
