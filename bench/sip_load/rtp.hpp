// The audio of the calls: every 20 ms a G.711 A-law packet for each stream, and a count of what
// arrives. A few sockets carry all streams, told apart by the server's port, so that sendmmsg
// and recvmmsg keep the generator cheap.
#pragma once

#include "figures.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/runtime/loop.hpp"
#include "udp.hpp"

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace linka::bench {

class Rtp {
  public:
    static constexpr int sockets = 8;

    /// `enabled` false: descriptions name ports that nobody reads, and nothing is sent.
    Rtp(runtime::Loop& loop, sockaddr_in server, bool enabled);
    Rtp(const Rtp&) = delete;
    Rtp& operator=(const Rtp&) = delete;

    /// A place for a new stream's description.
    int next_socket() { return next_++ % sockets; }
    [[nodiscard]] int port(int socket) const { return ports_.at(static_cast<std::size_t>(socket)); }

    /// Sends from here on; `remote` is the server's port, which names the stream.
    void open(int socket, int remote);
    /// Counts from here on: both sides talk.
    void count(int remote);
    void close(int remote, RtpFigures& figures);

  private:
    struct Stream {
        int socket = 0;
        bool counting = false;
        std::uint16_t sequence = 0;
        std::uint32_t time = 0;
        std::int64_t sent = 0;
        std::int64_t received = 0;
        std::int64_t lost = 0;
        std::uint32_t remote_source = 0;
        std::uint16_t remote_sequence = 0;
        Instant heard;
        Duration gap{};
    };
    void tick();
    void send_from(std::size_t socket);
    std::size_t receive(std::size_t socket);  // how many came
    void take(Stream& stream, const unsigned char* packet, Instant now);

    runtime::Loop& loop_;
    const sockaddr_in server_;
    const bool enabled_;
    std::array<runtime::Fd, sockets> fds_;
    std::array<int, sockets> ports_{};
    std::unordered_map<int, Stream> streams_;        // by the server's port
    std::array<std::vector<int>, sockets> sending_;  // ports of the streams of a socket
    int next_ = 0;
    Instant next_send_;
    std::size_t phase_ = 0;
};

}  // namespace linka::bench
