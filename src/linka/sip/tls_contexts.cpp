#include "linka/sip/tls_contexts.hpp"

#include <mutex>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace linka::sip {
namespace {

// Up to TLS 1.2: forward secrecy and authenticated encryption only. What OpenSSL has by default is
// more (CBC, CCM with a tag of 8 bytes, ARIA, CAMELLIA), and no telephone that knows TLS 1.2 needs
// it. The suites of TLS 1.3 are good as they are.
constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

// Where the creation hook puts new contexts of this thread; null: not interested.
thread_local std::vector<SSL_CTX*>* seen = nullptr;

void on_created(void* parent, void* /*pointer*/, CRYPTO_EX_DATA* /*data*/, int /*index*/,
                long /*number*/, void* /*argument*/) {
    if (seen != nullptr) {
        seen->push_back(static_cast<SSL_CTX*>(parent));
    }
}

std::string ssl_error() {
    char text[256] = "unknown";
    const unsigned long code = ERR_peek_last_error();
    if (code != 0) {
        ERR_error_string_n(code, text, sizeof text);
    }
    ERR_clear_error();
    return text;
}

// Checks a certificate file on a context of its own, so that a bad file spoils nothing.
bool usable(const std::string& file) {
    SSL_CTX* trial = SSL_CTX_new(TLS_method());
    const bool good = trial != nullptr &&
                      SSL_CTX_use_certificate_chain_file(trial, file.c_str()) == 1 &&
                      SSL_CTX_use_PrivateKey_file(trial, file.c_str(), SSL_FILETYPE_PEM) == 1 &&
                      SSL_CTX_check_private_key(trial) == 1;
    SSL_CTX_free(trial);
    return good;
}

}  // namespace

void TlsContexts::Release::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

TlsContexts::TlsContexts() {
    static std::once_flag once;
    std::call_once(once, [] {
        CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL_CTX, 0, nullptr, &on_created, nullptr, nullptr);
    });
}

TlsContexts::~TlsContexts() {
    collect();
}

void TlsContexts::begin() {
    if (seen == nullptr) {
        // Freed in collect(), which the destructor calls too.
        seen = std::make_unique<std::vector<SSL_CTX*>>().release();
    }
}

void TlsContexts::collect() {
    const std::unique_ptr<std::vector<SSL_CTX*>> taken(std::exchange(seen, nullptr));
    if (!taken) {
        return;
    }
    for (SSL_CTX* context : *taken) {
        SSL_CTX_up_ref(context);
        contexts_.emplace_back(context);
    }
}

Status TlsContexts::load(const std::string& directory) {
    const std::string file = directory + "/agent.pem";
    if (!usable(file)) {
        return fail(ErrorCode::invalid,
                    "certificate and key in " + file + " cannot be used: " + ssl_error());
    }
    for (const auto& context : contexts_) {
        SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
        if (SSL_CTX_set_cipher_list(context.get(), ciphers) != 1) {
            return fail(ErrorCode::internal, "no cipher for SIP over TLS: " + ssl_error());
        }
        // Idle connections give their buffers back: most phones are idle, and the library never
        // frees the rest of a closed one.
        SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
        if (SSL_CTX_use_certificate_chain_file(context.get(), file.c_str()) != 1 ||
            SSL_CTX_use_PrivateKey_file(context.get(), file.c_str(), SSL_FILETYPE_PEM) != 1) {
            return fail(ErrorCode::internal, "cannot load " + file + ": " + ssl_error());
        }
    }
    return Done{};
}

}  // namespace linka::sip
