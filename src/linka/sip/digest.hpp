// Digest authentication as text (RFC 7616, RFC 2617 for MD5, RFC 8760 for SIP): reads and writes
// challenges and credentials and computes responses. Knows nothing of nonces' validity (nonces.hpp)
// and of accounts (authenticator.hpp). Only qop=auth.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace linka::sip {

enum class DigestAlgorithm { md5, sha256 };

/// Lower-case hexadecimal digest of `bytes`.
std::string digest_hex(DigestAlgorithm algorithm, std::string_view bytes);

/// The value of a WWW-Authenticate or Proxy-Authenticate header.
struct DigestChallenge {
    DigestAlgorithm algorithm = DigestAlgorithm::md5;
    std::string realm;
    std::string nonce;
    std::string opaque;
    bool qop_auth = false;
    bool stale = false;
};

/// The value of an Authorization or Proxy-Authorization header.
struct DigestCredentials {
    DigestAlgorithm algorithm = DigestAlgorithm::md5;
    std::string username;
    std::string realm;
    std::string nonce;
    std::string uri;
    std::string response;
    std::string cnonce;
    std::string opaque;
    std::string nc;   // eight hexadecimal digits
    std::string qop;  // "auth", or empty as in RFC 2069
};

/// Empty if it is not Digest, names an unknown algorithm or qop, repeats a field, lacks a needed
/// one, or is longer than 4,096 bytes.
std::optional<DigestChallenge> parse_challenge(std::string_view text);
std::optional<DigestCredentials> parse_credentials(std::string_view text);

/// The nonce count as a number; empty unless it is one to eight hexadecimal digits.
std::optional<std::uint32_t> nonce_count(const DigestCredentials& credentials);

/// Whether credentials that say `digest_uri` may stand for an INVITE to `request_uri` that came
/// from `source_host`; `ours(host)`: an address of ours. RFC 7616 §3.4.6 wants the two to be equal,
/// which real telephones and routers that rewrite addresses break: port, parameters and scheme may
/// differ, and the host where it is ours. The user part may not, and no host may be the caller's
/// own: whoever lures a telephone into answering a challenge for a call to himself could else use
/// the answer for a call to any number.
bool may_stand_for(std::string_view digest_uri, std::string_view request_uri,
                   std::string_view source_host, const std::function<bool(std::string_view)>& ours);

/// What `response` must be if `password` is right (RFC 7616 §3.4.1).
std::string digest_response(const DigestCredentials& credentials, std::string_view method,
                            std::string_view password);

std::string to_header(const DigestChallenge& challenge);
std::string to_header(const DigestCredentials& credentials);

/// Who answers a challenge, for which request.
struct DigestAnswer {
    std::string_view username;
    std::string_view password;
    std::string_view method;
    std::string_view uri;
    std::string_view cnonce;
    std::uint32_t nc = 1;
};
DigestCredentials answer_challenge(const DigestChallenge& challenge, const DigestAnswer& answer);

}  // namespace linka::sip
