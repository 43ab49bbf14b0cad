// OwnPorts: the UDP and TCP ports of this machine that are ours: those of the legs and of the
// server's own services. Sound is never sent there, whatever a peer's description says.
#pragma once

#include "linka/media/worker/rtp/endpoint.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace linka::media {

/// Below it services live, and no telephone's sound (RFC 3551 §8 leaves it to dynamic ports).
constexpr int peer_port_min = 1024;

class OwnPorts {
  public:
    /// `services`: ports of the server that we belong to.
    explicit OwnPorts(std::span<const int> services);

    /// A port may be ours on several addresses: as often as it is added, at most 255 times.
    void add(int port) { ++ports_.at(static_cast<std::size_t>(port)); }
    void remove(int port) {
        std::uint8_t& uses = ports_.at(static_cast<std::size_t>(port));
        uses = static_cast<std::uint8_t>(uses - (uses > 0 ? 1 : 0));
    }

    /// Why RTP must not be sent to `to`, in words that follow "is"; empty: it may. `advertised`:
    /// the public address by which we are known, which is ours though no interface has it.
    [[nodiscard]] std::string_view fault(const Endpoint& to, const Endpoint& advertised) const;

  private:
    std::vector<std::uint8_t> ports_ = std::vector<std::uint8_t>(65536);
};

}  // namespace linka::media
