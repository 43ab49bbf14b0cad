#include "linka/api/auth/token.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

namespace linka::api {

std::string random_hex(std::size_t bytes) {
    std::array<char, 64> random{};
    const std::size_t size = std::min(bytes, random.size());
    randombytes_buf(random.data(), size);
    return text::hex(std::string_view(random.data(), size));
}

std::string new_token() {
    return random_hex(32);
}

std::string token_hash(std::string_view token) {
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr,
                       0);
    return text::hex(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

std::string keyed_hash(std::string_view key, std::string_view text) {
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       reinterpret_cast<const unsigned char*>(key.data()), key.size());
    return text::hex(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

bool is_same_secret(std::string_view given, std::string_view expected) {
    return !given.empty() && given.size() == expected.size() &&
           sodium_memcmp(given.data(), expected.data(), given.size()) == 0;
}

}  // namespace linka::api
