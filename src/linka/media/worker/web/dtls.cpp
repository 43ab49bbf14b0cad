#include "linka/media/worker/web/dtls.hpp"

#include <algorithm>
#include <cstring>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/srtp.h>
#include <openssl/ssl.h>
#include <sys/time.h>

namespace linka::media {
namespace {

// Smaller than what any path carries: our flights are never fragmented by IP.
constexpr long dtls_datagram_bytes = 1200;

DtlsAssociation& association_of(BIO* bio) {
    return *static_cast<DtlsAssociation*>(::BIO_get_data(bio));
}

int bio_write(BIO* bio, const char* data, int size) {
    association_of(bio).write(
        {reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(std::max(size, 0))});
    return size;
}

int bio_read(BIO* bio, char* data, int size) {
    ::BIO_clear_retry_flags(bio);
    const int got = association_of(bio).read({data, static_cast<std::size_t>(std::max(size, 0))});
    if (got < 0) {
        BIO_set_retry_read(bio);
    }
    return got;
}

long bio_control(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH || command == BIO_CTRL_DUP ? 1 : 0;
}

int bio_create(BIO* bio) {
    ::BIO_set_init(bio, 1);
    return 1;
}

// Nobody signed the peer's certificate: the description's fingerprint is what counts (RFC 8122).
int verify_peer(X509_STORE_CTX* store, void*) {
    const auto* ssl = static_cast<const SSL*>(
        ::X509_STORE_CTX_get_ex_data(store, ::SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto* association = static_cast<DtlsAssociation*>(SSL_get_app_data(ssl));
    const X509* certificate = ::X509_STORE_CTX_get0_cert(store);
    if (certificate != nullptr && association->expects(*certificate)) {
        return 1;
    }
    ::X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED);
    return 0;
}

// RFC 6347 §4.2.4.1 proposes a second and doubles it; a second is long while a call is answered,
// and browsers themselves repeat sooner.
unsigned int next_timeout(SSL*, unsigned int before_us) {
    constexpr unsigned int first_us = 200'000;
    constexpr unsigned int longest_us = 2'000'000;
    return before_us == 0 ? first_us : std::min(2 * before_us, longest_us);
}

}  // namespace

Result<DtlsContext> DtlsContext::create(const Certificate& certificate) {
    DtlsContext made;
    made.context_.reset(::SSL_CTX_new(::DTLS_server_method()));
    made.method_.reset(::BIO_meth_new(::BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "linka web"));
    SSL_CTX* context = made.context_.get();
    BIO_METHOD* method = made.method_.get();
    if (context == nullptr || method == nullptr) {
        return fail(ErrorCode::unavailable, "OpenSSL has no DTLS");
    }
    ::BIO_meth_set_write(method, bio_write);
    ::BIO_meth_set_read(method, bio_read);
    ::BIO_meth_set_ctrl(method, bio_control);
    ::BIO_meth_set_create(method, bio_create);
    SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION);
    ::SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_RENEGOTIATION |
                                       SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_read_ahead(context, 1);
    ::SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    ::SSL_CTX_set_cert_verify_callback(context, verify_peer, nullptr);
    // RFC 8827 §6.5: ECDHE with AES-GCM and P-256; every browser has them.
    const bool usable =
        ::SSL_CTX_use_certificate(context, certificate.certificate.get()) == 1 &&
        ::SSL_CTX_use_PrivateKey(context, certificate.key.get()) == 1 &&
        ::SSL_CTX_set_cipher_list(context,
                                  "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
                                  "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-SHA256") == 1 &&
        SSL_CTX_set1_groups_list(context, "X25519:P-256") == 1 &&
        // 0 is this one function's success. GCM first: a third of the work of CM with SHA-1.
        ::SSL_CTX_set_tlsext_use_srtp(context, "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80") == 0;
    if (!usable) {
        return fail(ErrorCode::unavailable, "OpenSSL refuses the worker's DTLS settings");
    }
    return made;
}

DtlsAssociation::DtlsAssociation(const DtlsContext& context, std::vector<Fingerprint> expected)
    : expected_(std::move(expected)), ssl_(::SSL_new(context.context())) {
    BIO* bio = ssl_ ? ::BIO_new(context.method()) : nullptr;
    if (bio == nullptr) {
        state_ = State::failed;  // no memory
        return;
    }
    ::BIO_set_data(bio, this);
    ::SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_app_data(ssl_.get(), this);
    SSL_set_mtu(ssl_.get(), dtls_datagram_bytes);
    ::DTLS_set_timer_cb(ssl_.get(), next_timeout);
    ::SSL_set_accept_state(ssl_.get());
}

int DtlsAssociation::read(std::span<char> out) {
    if (in_.empty()) {
        return -1;
    }
    const std::size_t count = std::min(out.size(), in_.size());
    std::memcpy(out.data(), in_.data(), count);
    in_ = {};  // a datagram is read at once, as from a socket
    return static_cast<int>(count);
}

void DtlsAssociation::write(std::span<const std::uint8_t> datagram) {
    if (out_.size() < datagrams_out_max) {
        out_.emplace_back(datagram.begin(), datagram.end());
    }
}

bool DtlsAssociation::expects(const X509& certificate) {
    // RFC 8122 §5: of several hashes, any that we know may decide; a mismatch of one is no match.
    for (const Fingerprint& fingerprint : expected_) {
        if (certificate_fingerprint(certificate, fingerprint.hash) == fingerprint.value) {
            return true;
        }
    }
    stranger_ = true;
    return false;
}

DtlsAssociation::State DtlsAssociation::received(std::span<const std::uint8_t> datagram) {
    if (state_ == State::failed) {
        return state_;
    }
    in_ = datagram;
    const State state = advance();
    in_ = {};
    return state;
}

DtlsAssociation::State DtlsAssociation::timed_out() {
    if (state_ == State::handshaking) {
        ::ERR_clear_error();
        if (DTLSv1_handle_timeout(ssl_.get()) < 0) {
            state_ = State::failed;  // retransmitted too often
        }
    }
    return state_;
}

std::optional<Duration> DtlsAssociation::timer() const {
    timeval left{};
    if (state_ != State::handshaking || DTLSv1_get_timeout(ssl_.get(), &left) != 1) {
        return std::nullopt;
    }
    return Duration(std::chrono::seconds(left.tv_sec)) + std::chrono::microseconds(left.tv_usec);
}

std::vector<std::vector<std::uint8_t>> DtlsAssociation::take_out() {
    return std::exchange(out_, {});
}

DtlsAssociation::State DtlsAssociation::advance() {
    ::ERR_clear_error();
    if (state_ == State::handshaking) {
        const int done = ::SSL_do_handshake(ssl_.get());
        if (done == 1) {
            state_ = export_keys() ? State::up : State::failed;
            return state_;
        }
        if (::SSL_get_error(ssl_.get(), done) != SSL_ERROR_WANT_READ) {
            state_ = State::failed;
        }
        return state_;
    }
    // Up: a repeated Finished makes OpenSSL repeat ours; data and alerts mean nothing to us. A
    // close_notify does not end the leg either: the page may be reloading.
    std::array<char, 2048> ignored{};
    (void)::SSL_read(ssl_.get(), ignored.data(), ignored.size());
    return state_;
}

bool DtlsAssociation::export_keys() {
    const SRTP_PROTECTION_PROFILE* chosen = ::SSL_get_selected_srtp_profile(ssl_.get());
    if (chosen == nullptr) {
        return false;
    }
    const bool gcm = chosen->id == SRTP_AEAD_AES_128_GCM;
    if (!gcm && chosen->id != SRTP_AES128_CM_SHA1_80) {
        return false;
    }
    keys_.profile = gcm ? SrtpProfile::aes_128_gcm : SrtpProfile::aes_128_cm_sha1_80;
    // RFC 5764 §4.2: client key, server key, client salt, server salt. The peer is the client.
    constexpr std::size_t key = 16;
    const std::size_t salt = gcm ? 12 : 14;
    constexpr std::string_view label = "EXTRACTOR-dtls_srtp";
    std::array<std::uint8_t, 2 * SrtpKeys::bytes_max> material{};
    if (::SSL_export_keying_material(ssl_.get(), material.data(), 2 * (key + salt), label.data(),
                                     label.size(), nullptr, 0, 0) != 1) {
        return false;
    }
    const auto* bytes = material.data();
    std::copy_n(bytes, key, keys_.receiving.begin());
    std::copy_n(bytes + key, key, keys_.sending.begin());
    std::copy_n(bytes + 2 * key, salt, keys_.receiving.begin() + key);
    std::copy_n(bytes + 2 * key + salt, salt, keys_.sending.begin() + key);
    return true;
}

bool is_client_hello(std::span<const std::uint8_t> datagram) {
    // RFC 6347 §4.1 and §4.2.2: record type handshake, epoch 0, message type client_hello.
    return datagram.size() > 13 && datagram[0] == 22 && datagram[3] == 0 && datagram[4] == 0 &&
           datagram[13] == 1;
}

}  // namespace linka::media
