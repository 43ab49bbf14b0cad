// DatagramRing: receives and sends the datagrams of many sockets with few system calls
// (io_uring(7)). Each socket has one standing order to receive, and the kernel lays what comes into
// buffers of ours; what a pass of the loop wants to send is handed over at its end. Decision 0018.
#pragma once

#include "linka/media/worker/rtp/datagram.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/runtime/loop.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

struct io_uring;
struct io_uring_buf_ring;
struct io_uring_sqe;

namespace linka::media {

class DatagramRing {
  public:
    /// Who reads a socket that the kernel will not read for us.
    using Refused = std::function<void(int fd, TakeDatagram take)>;

    static constexpr std::size_t sends_max = 512;      // that wait; then they are sent at once
    static constexpr std::size_t buffers_count = 256;  // of what has come and is not taken yet

    /// For the thread that calls it, and the loop it runs. Nothing where the kernel does not offer
    /// all that we need: before Linux 6.1, or where a policy forbids it.
    static std::unique_ptr<DatagramRing> open(runtime::Loop& loop, Refused refused);
    ~DatagramRing();
    DatagramRing(const DatagramRing&) = delete;
    DatagramRing& operator=(const DatagramRing&) = delete;

    void watch(int fd, TakeDatagram take);
    /// Nothing of `fd` is taken after this, and what was to be sent through it is sent: it may be
    /// closed. Nothing happens if it is not watched.
    void unwatch(int fd);

    /// As send_datagram(), at flush() or before. `fd` is watched.
    void send(int fd, const Endpoint& to, std::span<const std::uint8_t> head,
              std::span<const std::uint8_t> payload, const Endpoint& local);
    /// To be called at the end of each pass of the loop.
    void flush();

  private:
    struct Private {};  // so that only open() makes one
    struct Watch;
    struct Slot;
    struct Buffers;

  public:
    DatagramRing(Private, runtime::Loop& loop, std::unique_ptr<io_uring> ring,
                 std::unique_ptr<Buffers> buffers, runtime::Fd bell, Refused refused);

  private:
    io_uring_sqe* order();
    void submit();
    void arm(std::uint32_t index);
    void take_results();
    void received(std::uint32_t index, int result, std::uint32_t flags, Instant now);
    void ended(std::uint32_t index, int result);

    // Given.
    runtime::Loop& loop_;
    std::unique_ptr<io_uring> ring_;
    std::unique_ptr<Buffers> buffers_;
    runtime::Fd bell_;  // rings when something has come
    Refused refused_;

    std::vector<std::unique_ptr<Watch>> watches_;  // a place is free again when the order has ended
    std::vector<std::uint32_t> free_watches_;
    std::unordered_map<int, std::uint32_t> by_fd_;
    std::vector<Slot> slots_;  // of fixed size: the kernel reads them
    std::size_t sends_ = 0;    // slots that wait
    bool more_ = false;        // there are orders for the kernel, or it has something for us
};

}  // namespace linka::media
