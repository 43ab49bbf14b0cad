#include "linka/media/worker/sdp/sdes.hpp"

#include "linka/base/assert.hpp"
#include "linka/base/text.hpp"

#include <algorithm>

#include <openssl/rand.h>

namespace linka::media {
namespace {

constexpr std::string_view suite_80 = "AES_CM_128_HMAC_SHA1_80";
constexpr std::string_view suite_32 = "AES_CM_128_HMAC_SHA1_32";
constexpr std::int64_t tag_max = 999'999'999;

std::optional<SrtpProfile> suite_named(std::string_view name) {
    if (text::equal_ignoring_case(name, suite_80)) {
        return SrtpProfile::aes_128_cm_sha1_80;
    }
    if (text::equal_ignoring_case(name, suite_32)) {
        return SrtpProfile::aes_128_cm_sha1_32;
    }
    return std::nullopt;
}

}  // namespace

std::optional<SdesCrypto> read_sdes(std::string_view line) {
    std::vector<std::string_view> words;
    for (const std::string_view word : text::split(line, ' ')) {
        if (!word.empty()) {
            words.push_back(word);
        }
    }
    constexpr std::string_view method = "inline:";
    if (words.size() < 3 || !words[2].starts_with(method)) {
        return std::nullopt;
    }
    const auto tag = text::to_int(words[0]);
    const auto suite = suite_named(words[1]);
    // inline:KEY[|LIFETIME][|MKI:LENGTH]; a lifetime is longer than any call.
    const auto parts = text::split(words[2].substr(method.size()), '|');
    const bool identified = std::any_of(parts.begin() + 1, parts.end(), [](std::string_view part) {
        return part.find(':') != std::string_view::npos;
    });
    const bool changed = std::any_of(words.begin() + 3, words.end(), [](std::string_view word) {
        return !word.starts_with("WSH=");  // a hint, which changes nothing that is sent
    });
    const auto key = text::from_base64(parts[0]);
    if (!tag || *tag < 1 || *tag > tag_max || !suite || identified || changed || !key ||
        key->size() != SrtpKeys::bytes_max) {
        return std::nullopt;
    }
    SdesCrypto crypto;
    crypto.tag = static_cast<int>(*tag);
    crypto.suite = *suite;
    std::copy(key->begin(), key->end(), crypto.key.begin());
    return crypto;
}

std::string write_sdes(const SdesCrypto& crypto) {
    const std::string_view key(reinterpret_cast<const char*>(crypto.key.data()), crypto.key.size());
    return text::format("{} {} inline:{}", crypto.tag,
                        crypto.suite == SrtpProfile::aes_128_cm_sha1_32 ? suite_32 : suite_80,
                        text::base64(key));
}

SdesCrypto make_sdes() {
    SdesCrypto crypto;
    LINKA_ASSERT(RAND_bytes(crypto.key.data(), static_cast<int>(crypto.key.size())) == 1);
    return crypto;
}

}  // namespace linka::media
