// probe: asks a SIP peer whether it is there, with one OPTIONS (RFC 3261 §11) over a socket of its
// own. For the doctor; blocks, needs no running port.
#pragma once

#include "linka/base/time.hpp"
#include "linka/sip/port.hpp"

#include <string>

namespace linka::sip {

/// Empty if any SIP answer came within `wait` (for TLS: if the TCP connection was accepted), else
/// what went wrong, for people. `host` may be a name.
std::string probe(const std::string& host, int port, Transport transport, Duration wait);

}  // namespace linka::sip
