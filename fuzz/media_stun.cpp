// STUN from anywhere: whatever is read can be checked, answered, and the answer be read.
#include "linka/base/assert.hpp"
#include "linka/media/worker/web/datagram_kind.hpp"
#include "linka/media/worker/web/dtls.hpp"
#include "linka/media/worker/web/stun.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka::media;
    const std::span<const std::uint8_t> datagram(data, size);
    (void)datagram_kind(datagram);
    (void)is_client_hello(datagram);
    const auto message = parse_stun(datagram);
    if (!message) {
        return 0;
    }
    (void)verify_stun(*message, "VOkJxbRl1RmTxUk/WvJxBt");
    StunOut answer;
    answer.transaction = message->transaction;
    answer.mapped = message->mapped;
    answer.error_code = message->error_code;
    answer.not_understood = message->not_understood;
    answer.password = "VOkJxbRl1RmTxUk/WvJxBt";
    const auto bytes = write_stun(answer);
    const auto again = parse_stun(bytes);
    LINKA_ASSERT(again.has_value());
    LINKA_ASSERT(again->has_fingerprint);
    LINKA_ASSERT(verify_stun(*again, answer.password));
    LINKA_ASSERT(again->mapped == message->mapped);
    return 0;
}
