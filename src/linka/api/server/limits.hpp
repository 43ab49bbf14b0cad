// How long and how much the HTTP server puts up with. Tests shorten the times.
#pragma once

#include "linka/base/time.hpp"

#include <cstddef>

namespace linka::api {

struct Limits {
    std::size_t header_bytes = 16 * 1024;  // beyond: 431
    std::size_t body_bytes = 1024 * 1024;  // beyond: 413
    // Of the requests that are let send more (HttpListeners::take_large), so many at once: the
    // others are held to `body_bytes`.
    std::size_t large_body_bytes = 32 * 1024 * 1024;
    int large_bodies = 4;
    Duration large_body = 300s;  // instead of `body`
    // Connections on all HTTPS ports together, and from one network (see network_of()). Beyond the
    // first the one that has waited longest without a whole request makes room; beyond the second
    // the new one is closed at once; loopback, where a proxy may be, is exempt from that.
    std::size_t connections = 4096;
    std::size_t connections_per_network = 1024;
    // The same on the plain ports, which only help people to trust the certificate.
    std::size_t plain_connections = 256;
    std::size_t plain_connections_per_network = 32;
    std::size_t socket_queue = 256;          // push messages waiting for one peer
    std::size_t socket_message = 64 * 1024;  // what a peer may send in one message
    Duration handshake = 10s;                // TLS, from accept
    Duration first = 10s;                    // to the first byte of the first request: closed
    Duration header = 10s;                   // from the first byte of a request: 408
    Duration body = 30s;                     // from the end of the header: 408
    Duration idle = 75s;                     // between requests: closed
    Duration handle = 60s;                   // the handler's time: 504
    Duration write = 60s;                    // for 64 KiB of the answer to leave
    Duration linger = 2s;                    // reading on after an early refusal
    Duration ping = 20s;                     // WebSocket ping; no pong by the next: closed
};

}  // namespace linka::api
