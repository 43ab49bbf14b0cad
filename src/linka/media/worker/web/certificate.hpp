// Certificate: who a worker is in DTLS: a key on P-256 and a certificate signed with it, made at
// the start and never stored. Its fingerprint in our descriptions is what makes it trusted (RFC
// 8827 §6.5).
#pragma once

#include "linka/base/result.hpp"

#include <memory>
#include <string>

#include <openssl/bio.h>
#include <openssl/types.h>

namespace linka::media {

struct OpensslFree {
    void operator()(EVP_PKEY* key) const;
    void operator()(X509* certificate) const;
    void operator()(SSL* ssl) const;
    void operator()(SSL_CTX* context) const;
    void operator()(BIO_METHOD* method) const;
};
template <typename T>
using OpensslPtr = std::unique_ptr<T, OpensslFree>;

struct Certificate {
    OpensslPtr<EVP_PKEY> key;
    OpensslPtr<X509> certificate;
    std::string fingerprint;  // "sha-256 AB:CD:…"
};

/// Errors: `unavailable` (OpenSSL cannot).
Result<Certificate> make_certificate();

/// "AB:CD:…" of a certificate by the hash of that name ("sha-256"); empty if there is none.
std::string certificate_fingerprint(const X509& certificate, const std::string& hash);

/// Text of ice-chars (RFC 8839 §5.4), 6 unpredictable bits each, from OpenSSL. Empty if it has
/// none.
std::string random_ice_text(std::size_t length);

}  // namespace linka::media
