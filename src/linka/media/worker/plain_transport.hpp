// PlainTransport: RTP as SIP peers speak it: a pair of sockets for one leg, the lock on where its
// sound comes from, and SRTP where the descriptions hold keys (RFC 4568).
//
// Nothing is sent to an address that no single host has, to a service's port, or to ourselves; and
// nothing but to the host that signals, until signalling or the peer's own sound has shown that
// somebody is there who wants it: a forged INVITE must not make us shout at a third party.
#pragma once

#include "linka/media/worker/plain_ports.hpp"
#include "linka/media/worker/rtp/datagrams.hpp"
#include "linka/media/worker/rtp/source_lock.hpp"
#include "linka/media/worker/transport.hpp"
#include "linka/media/worker/web/srtp.hpp"

#include <memory>
#include <optional>
#include <string>

namespace linka::media {

struct PlainOptions {
    std::string advertise;     // address for the SDP
    Endpoint signalling;       // host that the peer signals from; unknown: any may be sent to
    bool unconfirmed = false;  // until confirm(), only that host, or one that sound came from
    bool srtp = false;         // offers of ours ask for SRTP
};

class PlainTransport : public Transport, private PlainPortUser {
  public:
    /// `ports`, whose `port` is, and `datagrams` are the worker's and outlive us.
    PlainTransport(PlainPorts& ports, Datagrams& datagrams, std::unique_ptr<PlainPort> port,
                   PlainOptions options);
    ~PlainTransport() override;
    PlainTransport(const PlainTransport&) = delete;
    PlainTransport& operator=(const PlainTransport&) = delete;

    [[nodiscard]] Profile profile() const override { return Profile::plain; }
    void start(TransportUser& user) override;
    void describe(LocalMedia& local, Describes as) override;
    Status expect(const Agreement& agreement, Describes as) override;
    bool accept(const Endpoint& from, const RtpPacket& packet, Instant now) override;
    void confirm() override;
    [[nodiscard]] std::int64_t strangers() const override { return source_lock_.ignored(); }
    [[nodiscard]] bool ready() const override;
    void send_rtp(std::span<const std::uint8_t> head,
                  std::span<const std::uint8_t> payload) override;
    void send_rtcp(std::span<const std::uint8_t> packet) override;

  private:
    void at_rtp_port(const Datagram& datagram, Instant now) override;
    void at_rtcp_port(const Datagram& datagram, Instant now) override;
    // What came, opened if it is SRTP; empty: it is not our peer's.
    std::span<const std::uint8_t> opened(const Datagram& datagram, bool rtcp);
    void send(int fd, const Endpoint& to, std::span<const std::uint8_t> head,
              std::span<const std::uint8_t> payload, bool rtcp);
    Status secure(const Agreement& agreement, Describes as);
    [[nodiscard]] Endpoint rtcp_target() const;
    void decide_wanted();

    // Given.
    PlainPorts& ports_;
    Datagrams& datagrams_;
    std::unique_ptr<PlainPort> port_;
    const SocketPair& sockets_;
    PlainOptions options_;
    Endpoint advertised_;
    TransportUser* user_ = nullptr;  // owns us

    // Of the peer.
    bool rtcp_mux_ = false;
    Endpoint rtp_;         // described
    Endpoint rtcp_;        // described; unknown: reports are not sent
    bool held_ = true;     // by the address 0.0.0.0, or not described yet
    bool wanted_ = false;  // the described address may be sent to before sound came from there
    SourceLock source_lock_;

    // SRTP.
    std::optional<SdesCrypto> ours_;
    std::optional<SdesCrypto> theirs_;
    std::optional<SrtpSession> srtp_;
};

}  // namespace linka::media
