// DTLS 1.2 (RFC 6347) towards one web phone: we are the server, the phone's certificate is known by
// its fingerprint, and what we want are keys for SRTP (RFC 5764). Datagrams in, datagrams out; it
// knows no socket, no clock but OpenSSL's own for retransmissions, and no thread.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/media/worker/sdp/security.hpp"
#include "linka/media/worker/web/certificate.hpp"
#include "linka/media/worker/web/srtp.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace linka::media {

/// What all associations of a worker share.
class DtlsContext {
  public:
    /// `certificate` outlives it. Errors: `unavailable`.
    static Result<DtlsContext> create(const Certificate& certificate);
    [[nodiscard]] SSL_CTX* context() const { return context_.get(); }
    [[nodiscard]] BIO_METHOD* method() const { return method_.get(); }

  private:
    OpensslPtr<SSL_CTX> context_;
    OpensslPtr<BIO_METHOD> method_;
};

class DtlsAssociation {
  public:
    enum class State { handshaking, up, failed };
    /// Datagrams that wait to be taken; a flight has at most a handful.
    static constexpr std::size_t datagrams_out_max = 32;

    /// The peer's certificate must have one of the fingerprints.
    DtlsAssociation(const DtlsContext& context, std::vector<Fingerprint> expected);
    DtlsAssociation(const DtlsAssociation&) = delete;
    DtlsAssociation& operator=(const DtlsAssociation&) = delete;

    State received(std::span<const std::uint8_t> datagram);
    /// When timer() has run out: sends the last flight again.
    State timed_out();
    /// How long until timed_out() is due; nothing: never.
    [[nodiscard]] std::optional<Duration> timer() const;

    [[nodiscard]] State state() const { return state_; }
    /// True once the peer has shown another certificate than its description promised.
    [[nodiscard]] bool stranger() const { return stranger_; }
    /// Once up.
    [[nodiscard]] const SrtpKeys& keys() const { return keys_; }
    /// What is to be sent to the peer, in order.
    std::vector<std::vector<std::uint8_t>> take_out();

    // For OpenSSL's callbacks.
    int read(std::span<char> out);
    void write(std::span<const std::uint8_t> datagram);
    bool expects(const X509& certificate);

  private:
    State advance();
    bool export_keys();

    std::vector<Fingerprint> expected_;
    OpensslPtr<SSL> ssl_;
    State state_ = State::handshaking;
    bool stranger_ = false;
    std::span<const std::uint8_t> in_;  // the datagram being handled, until it has been read
    std::vector<std::vector<std::uint8_t>> out_;
    SrtpKeys keys_;
};

/// True for a datagram that begins a handshake: it starts with a ClientHello.
bool is_client_hello(std::span<const std::uint8_t> datagram);

}  // namespace linka::media
