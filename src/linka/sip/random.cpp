#include "linka/sip/random.hpp"

#include "linka/base/assert.hpp"
#include "linka/base/text.hpp"

#include <openssl/rand.h>

namespace linka::sip {

std::string random_hex(std::size_t bytes) {
    LINKA_ASSERT(bytes <= 64);
    unsigned char raw[64];
    // Fails only if the system has no source of randomness: nothing can be secured then.
    LINKA_ASSERT(RAND_bytes(raw, static_cast<int>(bytes)) == 1);
    std::string text;
    text.reserve(bytes);
    for (std::size_t i = 0; i < bytes; ++i) {
        text += static_cast<char>(raw[i]);
    }
    return text::hex(text);
}

}  // namespace linka::sip
