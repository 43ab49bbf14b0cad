#include "linka/api/auth/password.hpp"

#include "linka/base/assert.hpp"

#include <array>

#include <sodium.h>

namespace linka::api {

namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 64U << 20U;

void start_sodium() {
    static const int started = sodium_init();
    LINKA_ASSERT(started >= 0);
}

}  // namespace

std::string hash_password(std::string_view password) {
    start_sodium();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    const int failed = crypto_pwhash_str_alg(out.data(), password.data(), password.size(), passes,
                                             memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    return failed == 0 ? std::string(out.data()) : std::string();
}

bool verify_password(const std::string& hash, std::string_view password) {
    start_sodium();
    static const std::string nobody = hash_password("nobody has this password");
    const std::string& expected = hash.empty() ? nobody : hash;
    const bool equal =
        crypto_pwhash_str_verify(expected.c_str(), password.data(), password.size()) == 0;
    return equal && !hash.empty();
}

}  // namespace linka::api
