#include "linka/media/worker/sdp/security.hpp"

#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::media {
namespace {

constexpr std::size_t fingerprints_max = 4;

// RFC 8839 §5.4: ice-char = ALPHA / DIGIT / "+" / "/".
bool is_ice_text(std::string_view text, std::size_t least) {
    constexpr std::size_t most = 256;
    return text.size() >= least && text.size() <= most &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '+' || c == '/';
           });
}

// The bytes that a hash makes; 0: a hash that we do not trust or know (RFC 8122 §5).
std::size_t hash_bytes(std::string_view hash) {
    return hash == "sha-256" ? 32 : hash == "sha-384" ? 48 : hash == "sha-512" ? 64 : 0;
}

bool is_hex_pairs(std::string_view value, std::size_t bytes) {
    if (value.size() != bytes * 3 - 1) {
        return false;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        const bool digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
        if (i % 3 == 2 ? c != ':' : !digit) {
            return false;
        }
    }
    return true;
}

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return result;
}

}  // namespace

Result<PeerSecurity> security_of(const SdpMedia& media) {
    PeerSecurity security;
    security.ice = {.ufrag = media.ice_ufrag, .password = media.ice_password};
    if (!is_ice_text(security.ice.ufrag, 4) || !is_ice_text(security.ice.password, 22)) {
        return fail(ErrorCode::invalid, "the SDP has no usable ice-ufrag and ice-pwd");
    }
    for (const std::string& line : media.fingerprints) {
        const auto space = std::min(line.find(' '), line.size());
        Fingerprint fingerprint;
        fingerprint.hash = text::lower(std::string_view(line).substr(0, space));
        fingerprint.value = upper(text::trim(std::string_view(line).substr(space)));
        const std::size_t bytes = hash_bytes(fingerprint.hash);
        if (bytes != 0 && is_hex_pairs(fingerprint.value, bytes) &&
            security.fingerprints.size() < fingerprints_max) {
            security.fingerprints.push_back(std::move(fingerprint));
        }
    }
    if (security.fingerprints.empty()) {
        return fail(ErrorCode::invalid, "the SDP has no fingerprint of SHA-256 or better");
    }
    // Without a=setup an answer means active (RFC 4145 §4); we are the server always.
    if (!media.setup.empty() && media.setup != "active" && media.setup != "actpass") {
        return fail(ErrorCode::refused, "the SDP's a=setup must let us be passive");
    }
    return security;
}

}  // namespace linka::media
