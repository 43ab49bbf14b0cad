// A WebSocket peer as the rest of the program sees it (RFC 6455; Beast is in socket.cpp only).
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace linka::api {

/// Thread-safe. Messages leave in the order of send(). When the peer does not keep up and the
/// queue is full, everything waiting is dropped, the peer gets `{"type":"resync"}`, and send()
/// does nothing until restart().
class Socket {
  public:
    virtual ~Socket() = default;
    virtual void send(std::shared_ptr<const std::string> text) = 0;
    /// Ends a resync: `text` is the new start, later send()s follow it.
    virtual void restart(std::shared_ptr<const std::string> text) = 0;
    virtual void close() = 0;
};

/// Called on the connection's strand.
struct SocketEvents {
    std::function<void(std::shared_ptr<Socket>)> opened;
    std::function<void(std::string)> message;
    std::function<void()> overflowed;  // the resync has left: give a new start
    std::function<void()> closed;      // last call
};

}  // namespace linka::api
