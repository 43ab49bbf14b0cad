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

/// A certificate that may sign others, path length 0; of host names only `names` and what lies
/// below them (RFC 5280 §4.2.1.10), so that a stolen key does not open the whole web. Addresses are
/// not limited: a machine's change too often, and then everybody would have to trust a new
/// authority.
Result<Pair> make_authority(const std::string& name, const std::vector<std::string>& names,
                            Instant now, Duration lifetime);
/// Whether this authority's limits let it sign all of `names`.
bool may_sign(const std::string& authority, const std::vector<std::string>& names);
/// A server certificate for `names` (those that are addresses become address entries).
Result<Pair> make_server(const Pair& authority, const std::vector<std::string>& names, Instant now,
                         Duration lifetime);
/// About the first certificate of a PEM text.
Result<Info> inspect(const std::string& pem);

}  // namespace linka::api::x509
