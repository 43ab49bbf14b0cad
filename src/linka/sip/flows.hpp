// Connections by the name of who is behind them, so that requests find the way back to a phone
// behind NAT, also when it has connected anew. Keys: a device with its contact, a device, a trunk.
#pragma once

#include "linka/sip/sofia.hpp"

#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace linka::sip {

class Flows {
  public:
    /// Beyond this many keys new ones are not remembered: requests go to the contact's address.
    static constexpr std::size_t keys_max = 50000;

    /// Keeps a reference to `transport` if it is a connection.
    void remember(const std::string& key, tport_t* transport);
    /// The live connection of `key`, or null. Borrowed.
    [[nodiscard]] tport_t* find(const std::string& key) const;
    /// Address and port of the peers behind all live connections.
    [[nodiscard]] std::set<std::pair<std::string, int>> peers() const;
    /// Drops closed connections.
    void tidy();
    void clear() { flows_.clear(); }

    static bool alive(tport_t* transport);

  private:
    std::unordered_map<std::string, TransportRef> flows_;
};

}  // namespace linka::sip
