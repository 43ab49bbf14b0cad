// WebPath: one ICE session with a web phone and the DTLS association over it: our credentials and
// the peer's, the addresses that proved to be the peer's, and the SRTP keys once there are any. A
// leg has one in use, and a second while a new description is coming up.
#pragma once

#include "linka/media/worker/rtp/endpoint.hpp"
#include "linka/media/worker/sdp/security.hpp"
#include "linka/media/worker/web/dtls_thread.hpp"
#include "linka/media/worker/web/srtp.hpp"
#include "linka/media/worker/web/stun.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace linka::media {

class WebPath;
class WebPort;

/// The leg's transport, to its paths.
class WebPathUser {
  public:
    virtual ~WebPathUser() = default;
    /// It has keys now.
    virtual void path_up(WebPath& path) = 0;
    /// SRTP or SRTCP from an address of the path, not yet opened.
    virtual void path_media(WebPath& path, std::span<std::uint8_t> packet, bool rtcp,
                            const Endpoint& from, Instant now) = 0;
};

class WebPath {
  public:
    /// Addresses that a peer's checks may come from at once; the oldest is given up for a newer.
    static constexpr std::size_t addresses_max = 8;

    /// Makes itself known to the port, until it is gone. `port` and `user` outlive it.
    WebPath(WebPort& port, WebPathUser& user, IceCredentials local);
    ~WebPath();
    WebPath(const WebPath&) = delete;
    WebPath& operator=(const WebPath&) = delete;

    [[nodiscard]] const IceCredentials& local() const { return local_; }
    [[nodiscard]] const std::optional<PeerSecurity>& peer() const { return peer_; }
    void set_peer(PeerSecurity peer);
    [[nodiscard]] bool secure() const { return srtp_.has_value(); }
    [[nodiscard]] bool ready() const { return srtp_ && target_.known(); }
    [[nodiscard]] SrtpSession* srtp() { return srtp_ ? &*srtp_ : nullptr; }
    [[nodiscard]] const Endpoint& target() const { return target_; }
    /// Goes on with the association and the keys of `other`, which has none afterwards: an ICE
    /// restart below a living DTLS association (RFC 8842 §5.5).
    void take_over(WebPath& other);

    // Driven by the port.
    void check(const StunMessage& request, const Endpoint& from);
    void dtls(std::span<const std::uint8_t> datagram);
    void media(std::span<std::uint8_t> packet, bool rtcp, const Endpoint& from, Instant now) {
        user_.path_media(*this, packet, rtcp, from, now);
    }
    void dtls_up(const SrtpKeys& keys);
    void dtls_failed(bool stranger);
    void lost_address(const Endpoint& address);  // another path proved it

  private:
    void learn(const Endpoint& from);

    // Given.
    WebPort& port_;
    WebPathUser& user_;
    IceCredentials local_;
    std::optional<PeerSecurity> peer_;

    // State.
    DtlsThread::Id association_ = 0;
    bool refused_ = false;  // the peer's certificate was not the promised one
    std::optional<SrtpSession> srtp_;
    std::vector<Endpoint> addresses_;  // proved by checks, the newest last
    Endpoint target_;                  // where we send: nominated, else the first proved
    bool nominated_ = false;
    std::vector<std::uint8_t> early_;  // a ClientHello that overtook the peer's description
};

}  // namespace linka::media
