// The UDP sockets of a leg: RTP on an even port, RTCP on the odd one after it (RFC 3550 §11).
#pragma once

#include "linka/base/result.hpp"
#include "linka/media/worker/rtp/datagram.hpp"
#include "linka/media/worker/rtp/packet.hpp"
#include "linka/runtime/fd.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include <sys/uio.h>

namespace linka::media {

struct SocketPair {
    runtime::Fd rtp;
    runtime::Fd rtcp;
    int port = 0;  // of RTP
    bool ipv6 = false;
};

/// An unpredictable number below `count`, which is above 0.
std::uint32_t unpredictable_below(std::uint32_t count);

/// Hands out pairs from a range of ports, drawn by lot: whoever knows the ports of his own calls
/// must not know those of the next.
class PortRange {
  public:
    PortRange(int low, int high);
    /// Errors: `invalid` (no such local address), `full` (no pair free).
    Result<SocketPair> open(const std::string& address);
    /// A pair that open() gave has been closed.
    void closed() { --open_; }
    /// All pairs are given out: open() would try each of them in vain.
    [[nodiscard]] bool exhausted() const { return open_ >= pairs_; }

  private:
    int low_;
    int pairs_;
    int open_ = 0;
};

/// Room for what one recvmmsg brings; one for the whole worker.
class ReceiveBatch {
  public:
    ReceiveBatch();
    ReceiveBatch(const ReceiveBatch&) = delete;
    ReceiveBatch& operator=(const ReceiveBatch&) = delete;

    /// Datagrams that wait, at most size_max; 0 if none. Longer ones than datagram_bytes_max are
    /// passed over.
    std::size_t receive(int fd);
    [[nodiscard]] std::span<const std::uint8_t> datagram(std::size_t i) const;
    /// The same, to be opened in place; begins at a multiple of four.
    [[nodiscard]] std::span<std::uint8_t> bytes(std::size_t i);
    [[nodiscard]] Endpoint from(std::size_t i) const;
    /// The address of ours that it was sent to, port 0; unknown unless tell_local() was asked for.
    [[nodiscard]] Endpoint local(std::size_t i) const;

    static constexpr std::size_t size_max = 16;

  private:
    static_assert(datagram_bytes_max % 4 == 0);
    alignas(8) std::array<std::array<std::uint8_t, datagram_bytes_max>, size_max> bytes_;
    alignas(cmsghdr) std::array<std::array<std::uint8_t, control_bytes>, size_max> controls_;
    std::array<sockaddr_storage, size_max> addresses_;
    std::array<iovec, size_max> vectors_;
    std::array<mmsghdr, size_max> headers_;
    std::size_t used_ = size_max;  // headers that the last call has written to
};

/// Sends one datagram; losing it is life (full buffer, unreachable network). `local`: the address
/// of ours that it comes from (a socket on 0.0.0.0 or :: has several); unknown: the route decides.
void send_datagram(int fd, const Endpoint& to, std::span<const std::uint8_t> head,
                   std::span<const std::uint8_t> payload, const Endpoint& local = {});

}  // namespace linka::media
