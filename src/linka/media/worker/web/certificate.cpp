#include "linka/media/worker/web/certificate.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace linka::media {

void OpensslFree::operator()(EVP_PKEY* key) const {
    ::EVP_PKEY_free(key);
}
void OpensslFree::operator()(X509* certificate) const {
    ::X509_free(certificate);
}
void OpensslFree::operator()(SSL* ssl) const {
    ::SSL_free(ssl);
}
void OpensslFree::operator()(SSL_CTX* context) const {
    ::SSL_CTX_free(context);
}
void OpensslFree::operator()(BIO_METHOD* method) const {
    ::BIO_meth_free(method);
}

Result<Certificate> make_certificate() {
    Certificate made;
    made.key.reset(::EVP_EC_gen("P-256"));
    made.certificate.reset(::X509_new());
    std::uint32_t serial = 0;
    if (!made.key || !made.certificate ||
        ::RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) {
        return fail(ErrorCode::unavailable, "OpenSSL makes no key on P-256");
    }
    X509* certificate = made.certificate.get();
    // From yesterday, for clocks that go wrong, for ten years: nobody looks at it but by its
    // fingerprint, and a worker lives shorter.
    constexpr long day_s = 24 * 3600;
    ::X509_set_version(certificate, X509_VERSION_3);
    ::ASN1_INTEGER_set(::X509_get_serialNumber(certificate), static_cast<long>(serial >> 1));
    ::X509_gmtime_adj(::X509_getm_notBefore(certificate), -day_s);
    ::X509_gmtime_adj(::X509_getm_notAfter(certificate), 3650 * day_s);
    X509_NAME* name = ::X509_get_subject_name(certificate);
    ::X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                 reinterpret_cast<const unsigned char*>("linka"), -1, -1, 0);
    ::X509_set_issuer_name(certificate, name);
    ::X509_set_pubkey(certificate, made.key.get());
    if (::X509_sign(certificate, made.key.get(), ::EVP_sha256()) == 0) {
        return fail(ErrorCode::unavailable, "OpenSSL signs no certificate");
    }
    made.fingerprint = "sha-256 " + certificate_fingerprint(*certificate, "sha-256");
    return made;
}

std::string certificate_fingerprint(const X509& certificate, const std::string& hash) {
    const EVP_MD* digest = hash == "sha-256"   ? ::EVP_sha256()
                           : hash == "sha-384" ? ::EVP_sha384()
                           : hash == "sha-512" ? ::EVP_sha512()
                                               : nullptr;
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int length = 0;
    if (digest == nullptr || ::X509_digest(&certificate, digest, bytes.data(), &length) != 1) {
        return {};
    }
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        if (i > 0) {
            text += ':';
        }
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    return text;
}

std::string random_ice_text(std::size_t length) {
    constexpr std::string_view chars =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::vector<unsigned char> bytes(length);
    if (::RAND_bytes(bytes.data(), static_cast<int>(length)) != 1) {
        return {};
    }
    std::string text;
    for (const unsigned char byte : bytes) {
        text += chars[byte & 63];
    }
    return text;
}

}  // namespace linka::media
