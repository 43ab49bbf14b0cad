// Opens the listening sockets: UDP, TCP and TLS, IPv4 and IPv6, all with the same port.
#pragma once

#include "linka/base/result.hpp"
#include "linka/sip/port.hpp"
#include "linka/sip/tls_contexts.hpp"

struct nta_agent_s;

namespace linka::sip {

struct Listening {
    int port = 0;
    int tls_port = -1;  // -1: no TLS
};

/// Errors name the address and port that could not be had, or the file.
Result<Listening> open_transports(nta_agent_s* agent, const Listen& listen, TlsContexts& tls);

}  // namespace linka::sip
