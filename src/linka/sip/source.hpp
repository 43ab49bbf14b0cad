// Where a request came from.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/sip/port.hpp"

#include <string>

namespace linka::sip {

/// The sender's address as the network shows it, and so the way back.
struct Source {
    Transport transport = Transport::udp;
    std::string host;  // IP address, IPv6 without brackets
    int port = 0;
    bool operator==(const Source&) const = default;
};
LINKA_DESCRIBE(Source, (transport, host, port))

}  // namespace linka::sip
