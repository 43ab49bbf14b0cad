// PlainTransport: RTP/AVP as SIP peers speak it: a pair of sockets for one leg, and the lock on
// where its sound comes from.
#pragma once

#include "linka/media/worker/plain_ports.hpp"
#include "linka/media/worker/rtp/datagrams.hpp"
#include "linka/media/worker/rtp/source_lock.hpp"
#include "linka/media/worker/transport.hpp"

#include <memory>
#include <string>

namespace linka::media {

class PlainTransport : public Transport, private PlainPortUser {
  public:
    /// `advertise`: the address for the SDP. `ports`, whose `port` is, and `datagrams` are the
    /// worker's and outlive us.
    PlainTransport(PlainPorts& ports, Datagrams& datagrams, std::unique_ptr<PlainPort> port,
                   std::string advertise);
    ~PlainTransport() override;
    PlainTransport(const PlainTransport&) = delete;
    PlainTransport& operator=(const PlainTransport&) = delete;

    [[nodiscard]] Profile profile() const override { return Profile::plain; }
    void start(TransportUser& user) override;
    void describe(LocalMedia& local, Describes as) override;
    Status expect(const Agreement& agreement, Describes as) override;
    bool accept(const Endpoint& from, Instant now) override;
    [[nodiscard]] bool ready() const override;
    void send_rtp(std::span<const std::uint8_t> head,
                  std::span<const std::uint8_t> payload) override;
    void send_rtcp(std::span<const std::uint8_t> packet) override;

  private:
    void at_rtp_port(const Datagram& datagram, Instant now) override;
    void at_rtcp_port(const Datagram& datagram, Instant now) override;

    // Given.
    PlainPorts& ports_;
    Datagrams& datagrams_;
    std::unique_ptr<PlainPort> port_;
    const SocketPair& sockets_;
    std::string advertise_;
    TransportUser* user_ = nullptr;  // owns us

    // Of the peer.
    bool described_ = false;
    bool rtcp_mux_ = false;
    Endpoint rtp_;
    Endpoint rtcp_;
    Endpoint rtcp_from_;  // where its RTCP came from
    SourceLock source_lock_;
};

}  // namespace linka::media
