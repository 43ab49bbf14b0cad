// Making and reading X.509 certificates (RFC 5280) with OpenSSL, as PEM text. Used by
// certificates.cpp alone.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"

#include <string>
#include <vector>

namespace linka::api::x509 {

struct Pair {
    std::string certificate;
    std::string key;
};

struct Info {
    Instant expires;
    std::vector<std::string> names;  // subject alternative names: DNS names and addresses
    std::string fingerprint;         // SHA-256, hex
};

/// A certificate that may sign others, path length 0.
Result<Pair> make_authority(const std::string& name, Instant now, Duration lifetime);
/// A server certificate for `names` (those that are addresses become address entries).
Result<Pair> make_server(const Pair& authority, const std::vector<std::string>& names, Instant now,
                         Duration lifetime);
/// About the first certificate of a PEM text.
Result<Info> inspect(const std::string& pem);

}  // namespace linka::api::x509
