// What a web phone's description says about its safety: ICE credentials (RFC 8839 §5.4), the
// fingerprints of its certificate (RFC 8122 §5) and who begins the DTLS handshake (RFC 4145 §4).
#pragma once

#include "linka/base/result.hpp"
#include "linka/media/worker/sdp/sdp.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linka::media {

struct IceCredentials {
    std::string ufrag;
    std::string password;
    bool operator==(const IceCredentials&) const = default;
};

struct Fingerprint {
    std::string hash;   // "sha-256", "sha-384" or "sha-512"
    std::string value;  // "AB:CD:…", upper case
    bool operator==(const Fingerprint&) const = default;
};

/// Of a peer whose description can be used: credentials that ICE allows, at least one fingerprint
/// of a hash that we know.
struct PeerSecurity {
    IceCredentials ice;
    std::vector<Fingerprint> fingerprints;
    bool operator==(const PeerSecurity&) const = default;
};

/// Errors: `invalid` (broken or missing), `refused` (the peer wants to be the DTLS server).
Result<PeerSecurity> security_of(const SdpMedia& media);

}  // namespace linka::media
