// A UDP socket on loopback that talks to one server, and takes datagrams in batches.
#pragma once

#include "linka/runtime/fd.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include <netinet/in.h>

namespace linka::bench {

/// An IPv4 address and port; throws std::invalid_argument for anything else (start-up only).
sockaddr_in address_of(const std::string& address, int port);
/// Bound to 127.0.0.1 (port 0: any), not blocking, with a large buffer. Throws std::system_error.
runtime::Fd bound_socket(int port = 0);
int port_of(int fd);

class Udp {
  public:
    explicit Udp(sockaddr_in server, int port = 0);

    [[nodiscard]] int fd() const { return fd_.get(); }
    [[nodiscard]] int port() const { return port_; }
    /// What does not fit into the socket's buffer is lost, as on any network: SIP sends it again.
    void send(std::string_view text);
    /// Everything that waits, each to `take`.
    void receive(const std::function<void(std::string_view)>& take);

  private:
    static constexpr std::size_t batch_max = 32;
    static constexpr std::size_t bytes_max = 4096;

    const sockaddr_in server_;
    const runtime::Fd fd_;
    const int port_;
    std::array<std::array<char, bytes_max>, batch_max> buffers_{};
};

}  // namespace linka::bench
