// PlainTransport: RTP/AVP as SIP peers speak it: a pair of sockets for one leg, and the lock on
// where its sound comes from.
#pragma once

#include "linka/media/worker/rtp/sockets.hpp"
#include "linka/media/worker/rtp/source_lock.hpp"
#include "linka/media/worker/transport.hpp"
#include "linka/runtime/loop.hpp"

#include <string>

namespace linka::media {

class PlainTransport : public Transport {
  public:
    /// `advertise`: the address for the SDP. `batch` is the worker's and outlives us.
    PlainTransport(runtime::Loop& loop, ReceiveBatch& batch, SocketPair sockets,
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
    void receive_rtp(Instant now);
    void receive_rtcp(Instant now);

    // Given.
    runtime::Loop& loop_;
    ReceiveBatch& batch_;
    SocketPair sockets_;
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
