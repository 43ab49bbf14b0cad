// Descriptions of web phones: whatever a page sends, what we agree to can be answered, and nothing
// of it gets into our answer but what was judged.
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
    const auto agreement = agree(*sdp, all_codecs, Profile::web);
    if (!agreement) {
        return 0;
    }
    LINKA_ASSERT(agreement->security.has_value());
    LINKA_ASSERT(!agreement->security->fingerprints.empty());
    LocalMedia local;
    local.address = "192.0.2.1";
    local.port = 20000;
    local.direction = reversed(agreement->peer_direction);
    local.web = WebMedia{.ice = {.ufrag = "Linka123", .password = "0123456789abcdef01234567"},
                         .fingerprint = agreement->security->fingerprints[0].hash + " " +
                                        agreement->security->fingerprints[0].value,
                         .addresses = {"192.0.2.1"},
                         // Read again as if it were a peer's: one that lets us be passive.
                         .as = Describes::offer};
    const auto again = parse_sdp(write_answer(local, *sdp, *agreement));
    LINKA_ASSERT(again.ok());
    LINKA_ASSERT(again->media.size() == sdp->media.size());
    const auto agreed = agree(*again, all_codecs, Profile::web);
    LINKA_ASSERT(agreed.ok());
    LINKA_ASSERT(agreed->media == agreement->media);
    LINKA_ASSERT(agreed->mid == agreement->mid);
    LINKA_ASSERT(agreed->codecs.size() == agreement->codecs.size());
    LINKA_ASSERT(agreed->security->ice == local.web->ice);
    return 0;
}
