#include "linka/api/x509.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace linka::api::x509 {

namespace {

template <auto Free>
struct With {
    template <typename T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, With<EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, With<X509_free>>;
using Bio = std::unique_ptr<BIO, With<BIO_free_all>>;
using Limits = std::unique_ptr<NAME_CONSTRAINTS, With<NAME_CONSTRAINTS_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, With<GENERAL_NAMES_free>>;

Error crypto_failed(std::string_view what) {
    return fail(ErrorCode::internal, text::format("OpenSSL could not {}", what));
}

std::string taken(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string to_pem(X509* certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return taken(bio.get());
}

std::string to_pem(EVP_PKEY* key) {
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return taken(bio.get());
}

Bio from_text(const std::string& text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

bool extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    const bool ok = extension != nullptr && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return ok;
}

bool is_address(const std::string& name) {
    std::array<unsigned char, 16> ignored{};
    return ::inet_pton(AF_INET, name.c_str(), ignored.data()) == 1 ||
           ::inet_pton(AF_INET6, name.c_str(), ignored.data()) == 1;
}

// Names go into OpenSSL's extension syntax, so only harmless characters are let in.
std::string alternative_names(const std::vector<std::string>& names) {
    static constexpr std::string_view harmless =
        "abcdefghijklmnopqrstuvwxyz0123456789-.:ABCDEFGHIJKLMNOPQRSTUVWXYZ*_";
    std::string list;
    for (const std::string& name : names) {
        if (name.find_first_not_of(harmless) == std::string::npos && !name.empty()) {
            list += list.empty() ? "" : ",";
            list += (is_address(name) ? "IP:" : "DNS:") + name;
        }
    }
    return list;
}

std::string permitted_names(const std::vector<std::string>& names) {
    std::string list = "critical";
    for (const std::string& name : names) {
        const std::string host = name.starts_with("*.") ? name.substr(2) : name;
        const std::string one = alternative_names({host});
        if (one.starts_with("DNS:")) {
            list += ",permitted;" + one;
        }
    }
    return list;
}

// RFC 5280 §4.2.1.10: the name itself and every one below it.
bool is_below(const STACK_OF(GENERAL_SUBTREE) * permitted, const std::string& name) {
    for (int i = 0; i < sk_GENERAL_SUBTREE_num(permitted); ++i) {
        const GENERAL_NAME* base = sk_GENERAL_SUBTREE_value(permitted, i)->base;
        if (base->type != GEN_DNS) {
            continue;
        }
        const std::string top(reinterpret_cast<const char*>(ASN1_STRING_get0_data(base->d.dNSName)),
                              static_cast<std::size_t>(ASN1_STRING_length(base->d.dNSName)));
        if (text::equal_ignoring_case(name, top) ||
            (name.size() > top.size() + 1 &&
             text::equal_ignoring_case(name.substr(name.size() - top.size() - 1), "." + top))) {
            return true;
        }
    }
    return false;
}

bool set_basics(X509* certificate, EVP_PKEY* key, const std::string& name, Instant now,
                Duration lifetime) {
    std::array<unsigned char, 16> serial{};
    if (RAND_bytes(serial.data(), serial.size()) != 1) {
        return false;
    }
    serial[0] &= 0x7FU;  // positive
    BIGNUM* number = BN_bin2bn(serial.data(), serial.size(), nullptr);
    const bool numbered = BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
    BN_free(number);
    // An hour back, for clients whose clock is behind.
    auto from = static_cast<std::time_t>(now.us / 1'000'000 - 3600);
    auto to = static_cast<std::time_t>((now + lifetime).us / 1'000'000);
    X509_NAME* subject = X509_get_subject_name(certificate);
    const std::string common = name.substr(0, 64);  // RFC 5280, ub-common-name
    return numbered && X509_set_version(certificate, 2) == 1 &&
           X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, &from) != nullptr &&
           X509_time_adj_ex(X509_getm_notAfter(certificate), 0, 0, &to) != nullptr &&
           X509_set_pubkey(certificate, key) == 1 &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(common.c_str()), -1,
                                      -1, 0) == 1;
}

}  // namespace

Result<Pair> make_authority(const std::string& name, const std::vector<std::string>& names,
                            Instant now, Duration lifetime) {
    const Key key(EVP_EC_gen("P-256"));
    const Cert certificate(X509_new());
    if (!key || !certificate || !set_basics(certificate.get(), key.get(), name, now, lifetime)) {
        return crypto_failed("make the authority");
    }
    X509* own = certificate.get();
    const bool ok = X509_set_issuer_name(own, X509_get_subject_name(own)) == 1 &&
                    extend(own, own, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                    extend(own, own, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                    extend(own, own, NID_name_constraints, permitted_names(names)) &&
                    extend(own, own, NID_subject_key_identifier, "hash") &&
                    X509_sign(own, key.get(), EVP_sha256()) > 0;
    if (!ok) {
        return crypto_failed("sign the authority");
    }
    return Pair{to_pem(own), to_pem(key.get())};
}

bool may_sign(const std::string& authority, const std::vector<std::string>& names) {
    const Cert issuer(PEM_read_bio_X509(from_text(authority).get(), nullptr, nullptr, nullptr));
    if (!issuer) {
        return false;
    }
    const Limits limits(static_cast<NAME_CONSTRAINTS*>(
        X509_get_ext_d2i(issuer.get(), NID_name_constraints, nullptr, nullptr)));
    if (!limits) {
        return true;  // one from before there were limits: people trust it already
    }
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return is_address(name) || is_below(limits->permittedSubtrees, name);
    });
}

Result<Pair> make_server(const Pair& authority, const std::vector<std::string>& names, Instant now,
                         Duration lifetime) {
    const Cert issuer(
        PEM_read_bio_X509(from_text(authority.certificate).get(), nullptr, nullptr, nullptr));
    const Key issuer_key(
        PEM_read_bio_PrivateKey(from_text(authority.key).get(), nullptr, nullptr, nullptr));
    const Key key(EVP_EC_gen("P-256"));
    const Cert certificate(X509_new());
    if (!issuer || !issuer_key) {
        return fail(ErrorCode::invalid, "the authority's certificate or key cannot be read");
    }
    const std::string name = names.empty() ? "linka" : names.front();
    if (!key || !certificate || !set_basics(certificate.get(), key.get(), name, now, lifetime)) {
        return crypto_failed("make the server certificate");
    }
    X509* own = certificate.get();
    const bool ok = X509_set_issuer_name(own, X509_get_subject_name(issuer.get())) == 1 &&
                    extend(own, issuer.get(), NID_basic_constraints, "critical,CA:FALSE") &&
                    extend(own, issuer.get(), NID_key_usage, "critical,digitalSignature") &&
                    extend(own, issuer.get(), NID_ext_key_usage, "serverAuth,clientAuth") &&
                    extend(own, issuer.get(), NID_subject_key_identifier, "hash") &&
                    extend(own, issuer.get(), NID_authority_key_identifier, "keyid") &&
                    extend(own, issuer.get(), NID_subject_alt_name, alternative_names(names)) &&
                    X509_sign(own, issuer_key.get(), EVP_sha256()) > 0;
    if (!ok) {
        return crypto_failed("sign the server certificate");
    }
    return Pair{to_pem(own), to_pem(key.get())};
}

Result<Info> inspect(const std::string& pem) {
    const Cert certificate(PEM_read_bio_X509(from_text(pem).get(), nullptr, nullptr, nullptr));
    if (!certificate) {
        return fail(ErrorCode::invalid, "no certificate in PEM form");
    }
    Info info;
    std::tm end{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1) {
        return fail(ErrorCode::invalid, "the certificate has no readable end");
    }
    info.expires = Instant{static_cast<std::int64_t>(::timegm(&end)) * 1'000'000};
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size);
    info.fingerprint =
        text::hex(std::string_view(reinterpret_cast<const char*>(digest.data()), size));
    const Names names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) {
            info.names.emplace_back(
                reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
        } else if (name->type == GEN_IPADD) {
            std::array<char, INET6_ADDRSTRLEN> text{};
            const int family = ASN1_STRING_length(name->d.iPAddress) == 4 ? AF_INET : AF_INET6;
            ::inet_ntop(family, ASN1_STRING_get0_data(name->d.iPAddress), text.data(), text.size());
            info.names.emplace_back(text.data());
        }
    }
    return info;
}

}  // namespace linka::api::x509
