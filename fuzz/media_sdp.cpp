// Session descriptions: whatever a peer sends, what we agree to can be answered, and our answer can
// be read and agreed to again.
#include "linka/base/assert.hpp"
#include "linka/media/worker/sdp/negotiation.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka::media;
    const std::string text(data, data + size);
    const auto sdp = parse_sdp(text);
    if (!sdp) {
        return 0;
    }
    const auto agreement = agree(*sdp, all_codecs);
    if (!agreement) {
        return 0;
    }
    const LocalMedia local = {.address = "192.0.2.1",
                              .port = 20000,
                              .session = 1,
                              .version = 1,
                              .direction = reversed(agreement->peer_direction),
                              .crypto = agreement->crypto};
    const auto again = parse_sdp(write_answer(local, *sdp, *agreement));
    LINKA_ASSERT(again.ok());
    LINKA_ASSERT(again->media.size() == sdp->media.size());
    const auto agreed = agree(*again, all_codecs);
    LINKA_ASSERT(agreed.ok());
    LINKA_ASSERT(agreed->media == agreement->media);
    LINKA_ASSERT(agreed->codecs.size() == agreement->codecs.size());
    LINKA_ASSERT(agreed->crypto == agreement->crypto);
    return 0;
}
