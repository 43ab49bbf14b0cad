// Transport: how one leg's packets travel: plain RTP on a pair of ports of its own
// (PlainTransport), or SRTP over the port that all web phones share (WebTransport). It knows
// addresses and keys, the leg knows codecs; neither knows the other's.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/media/worker/rtp/packet.hpp"
#include "linka/media/worker/sdp/negotiation.hpp"

#include <cstdint>
#include <span>

namespace linka::media {

/// Whom a transport tells what came: its leg.
class TransportUser {
  public:
    virtual ~TransportUser() = default;
    /// A datagram that is no RTCP; `from` goes to Transport::accept once it is known to be RTP of
    /// an agreed kind.
    virtual void take_rtp(std::span<const std::uint8_t> datagram, const Endpoint& from,
                          Instant now) = 0;
    /// RTCP of the leg's own peer.
    virtual void take_rtcp(std::span<const std::uint8_t> datagram, Instant now) = 0;
    /// From now on the peer can be sent to.
    virtual void transport_up() = 0;
};

class Transport {
  public:
    virtual ~Transport() = default;

    /// Which descriptions it speaks.
    [[nodiscard]] virtual Profile profile() const = 0;
    /// Once, before anything else: nothing comes before.
    virtual void start(TransportUser& user) = 0;
    /// Fills in where and how we are reached, for an offer of ours or the answer to the peer's.
    virtual void describe(LocalMedia& local, Describes as) = 0;
    /// What the peer's description says of its side. `as`: what the peer's text was. Errors:
    /// `invalid`, `refused`.
    virtual Status expect(const Agreement& agreement, Describes as) = 0;
    /// True if that packet from there is our peer's.
    virtual bool accept(const Endpoint& from, const RtpPacket& packet, Instant now) = 0;
    /// Signalling has shown that the peer is where it says.
    virtual void confirm() {}
    /// Packets thrown away because they came from elsewhere.
    [[nodiscard]] virtual std::int64_t strangers() const { return 0; }
    /// True if the peer can be sent to.
    [[nodiscard]] virtual bool ready() const = 0;
    /// Losing a packet is life. `head` is the RTP header.
    virtual void send_rtp(std::span<const std::uint8_t> head,
                          std::span<const std::uint8_t> payload) = 0;
    virtual void send_rtcp(std::span<const std::uint8_t> packet) = 0;
};

}  // namespace linka::media
