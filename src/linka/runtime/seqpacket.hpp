// Unix SOCK_SEQPACKET sockets on a Loop: whole messages, in order, between programs of one
// machine. One end listens and accepts, the other connects; both then talk through a
// SeqpacketPeer. Nothing here knows what the packets mean.
#pragma once

#include "linka/base/result.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/runtime/loop.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

namespace linka::runtime {

/// A listening socket at `path` that only our own user may connect to. A socket file that nobody
/// listens on any more is replaced. Errors: `conflict` when somebody listens there, `invalid`
/// when something else lies there, `internal` with the system's reason.
Result<Fd> listen_seqpacket(const std::string& path);

/// Errors: `unavailable` when nobody listens at `path` or its backlog is full.
Result<Fd> connect_seqpacket(const std::string& path);

/// Hands every accepted connection to `on_accept` for as long as it lives.
class SeqpacketListener {
  public:
    SeqpacketListener(Loop& loop, Fd listening, std::function<void(Fd)> on_accept);
    ~SeqpacketListener();
    SeqpacketListener(const SeqpacketListener&) = delete;
    SeqpacketListener& operator=(const SeqpacketListener&) = delete;

  private:
    void accept_one(const std::function<void(Fd)>& on_accept);

    Loop& loop_;
    Fd fd_;
    Loop::TimerId pause_ = 0;  // runs when the process was out of descriptors
};

/// One end of a connection. Callbacks come from the loop, never from within send(); they may
/// destroy the peer.
class SeqpacketPeer {
  public:
    struct Options {
        std::size_t queue_max = 4096;  // packets that may wait for a slow reader
        std::size_t packet_bytes_max = 128 * 1024;
        bool hurries = false;  // Loop::hurry()
    };

    using OnPacket = std::function<void(std::string_view)>;
    using OnClosed = std::function<void()>;

    /// `on_closed` is called at most once, when the other end is gone or has sent a packet that
    /// is empty or larger than packet_bytes_max; all packets before that are delivered first.
    SeqpacketPeer(Loop& loop, Fd connected, OnPacket on_packet, OnClosed on_closed,
                  Options options);
    SeqpacketPeer(Loop& loop, Fd connected, OnPacket on_packet, OnClosed on_closed);
    ~SeqpacketPeer();
    SeqpacketPeer(const SeqpacketPeer&) = delete;
    SeqpacketPeer& operator=(const SeqpacketPeer&) = delete;

    /// False, and nothing is sent, when the queue is full, the packet is empty or too large, or
    /// on_closed was called. What is sent to an end that has gone unnoticed is taken, and lost like
    /// all that it had not read: on_closed follows.
    [[nodiscard]] bool send(std::string packet);
    /// Packets that wait for the other end to read.
    [[nodiscard]] std::size_t queued() const { return queue_.size(); }

  private:
    enum class Sent { yes, later, lost, refused };
    // Lives in the loop's watch, which outlasts a peer that is destroyed by its own callback.
    struct Callbacks {
        OnPacket on_packet;
        OnClosed on_closed;
        bool peer_destroyed = false;
    };

    void handle(std::uint32_t events, Callbacks& callbacks);
    void receive_waiting(const Callbacks& callbacks);
    void send_waiting();
    Sent send_now(const std::string& packet);
    void close(const Callbacks& callbacks);

    Loop& loop_;
    Fd fd_;
    const Options options_;
    std::string buffer_;
    std::deque<std::string> queue_;
    Callbacks* running_ = nullptr;  // while the loop calls us
};

}  // namespace linka::runtime
