// ConnectionLimits: which TCP and TLS connections to the SIP ports are closed: those that prove
// nothing in time (silent, half a handshake, half a message), and those that one network, or all
// strangers together, have too many of. Knows no socket; Stack lists them and closes.
#pragma once

#include "linka/base/time.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace linka::sip {

/// A connection that a peer made to us.
struct Connection {
    int fd = -1;
    std::string host;  // the peer's
    int port = 0;
};

class ConnectionLimits {
  public:
    /// A connection must have carried a registration, a call or a request within a call by then.
    static constexpr Duration proof_time = 8s;
    static constexpr std::size_t unproven_of_network_max = 100;
    static constexpr std::size_t unproven_max = 1000;
    static constexpr std::size_t all_max = 10000;

    /// `room`: how many there may be at all, below all_max where descriptors are scarce.
    explicit ConnectionLimits(std::size_t room = all_max) : room_(room) {}

    /// Which of the open ones to close. `proven` is asked about those that were not proven before.
    std::vector<int> to_close(std::vector<Connection> open,
                              const std::function<bool(const Connection&)>& proven, Instant now);

  private:
    struct Known {
        Instant since;
        bool proven = false;
        bool open = false;
    };

    const std::size_t room_;
    std::unordered_map<std::string, Known> known_;  // by the peer's address and port
};

}  // namespace linka::sip
