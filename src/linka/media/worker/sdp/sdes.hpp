// Keys of SRTP that stand in the descriptions themselves (RFC 4568): how telephones and trunks that
// know no DTLS secure their sound. Worth as much as the signalling's own secrecy.
#pragma once

#include "linka/media/worker/web/srtp.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace linka::media {

/// One a=crypto line: AES_CM_128_HMAC_SHA1_80 or _32.
struct SdesCrypto {
    int tag = 1;  // 1 to 999,999,999
    SrtpProfile suite = SrtpProfile::aes_128_cm_sha1_80;
    std::array<std::uint8_t, SrtpKeys::bytes_max> key{};  // master key and salt

    bool operator==(const SdesCrypto&) const = default;
};

/// The line's value, after "a=crypto:"; nothing if it cannot be used: another suite, several keys,
/// a key identifier (MKI), or session parameters that change what is sent (RFC 4568 §6.3).
std::optional<SdesCrypto> read_sdes(std::string_view line);
/// The same value again.
std::string write_sdes(const SdesCrypto& crypto);
/// A fresh key of ours.
SdesCrypto make_sdes();

}  // namespace linka::media
