// Datagrams: all that a worker receives and sends by UDP. Through a DatagramRing where the kernel
// offers one, socket by socket otherwise; whoever uses it sees no difference.
#pragma once

#include "linka/media/worker/rtp/datagram_ring.hpp"
#include "linka/media/worker/rtp/sockets.hpp"
#include "linka/runtime/loop.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace linka::media {

class Datagrams {
  public:
    enum class Way : std::uint8_t { ring, one_by_one };

    /// `way`: the ring only where it can be had. One for a loop, on its thread: it wants the end of
    /// each pass (Loop::after_each_pass).
    explicit Datagrams(runtime::Loop& loop, Way way = Way::ring);
    ~Datagrams();
    Datagrams(const Datagrams&) = delete;
    Datagrams& operator=(const Datagrams&) = delete;

    /// Which way they go. Decided with the first watch().
    [[nodiscard]] Way way() const { return way_; }

    /// Takes what comes to `fd`, a bound UDP socket that stays the caller's, until unwatch().
    /// Longer datagrams than datagram_bytes_max are passed over.
    void watch(int fd, TakeDatagram take);
    /// Nothing of `fd` is taken after this. Call it before closing `fd`.
    void unwatch(int fd);

    /// Sends through `fd`, which is watched, at the end of this pass of the loop at the latest.
    /// Losing a datagram is life (full buffer, unreachable network). `local`: the address of ours
    /// that it comes from; unknown: the route decides.
    void send(int fd, const Endpoint& to, std::span<const std::uint8_t> head,
              std::span<const std::uint8_t> payload, const Endpoint& local = {});

  private:
    void watch_alone(int fd, TakeDatagram take);
    void read(int fd, const TakeDatagram& take);

    runtime::Loop& loop_;
    Way way_;
    std::unique_ptr<DatagramRing> ring_;
    std::unique_ptr<ReceiveBatch> batch_;  // for what does not come through the ring
    int reading_ = -1;                     // whose batch is being taken; -1: it was unwatched
};

}  // namespace linka::media
