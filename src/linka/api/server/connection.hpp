// Private to server/*.cpp. One connection's life: handshake, requests one after another, perhaps a
// WebSocket, end. Every phase has a deadline of its own.
#pragma once

#include "linka/api/server/http.hpp"
#include "linka/api/server/limits.hpp"
#include "linka/api/server/stream.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace linka::api {

/// Closes the socket (or only stops what waits on it) when its time is over. On the strand.
class Deadline {
  public:
    Deadline(Stream& stream, const Strand& strand) : stream_(&stream), timer_(strand) {}

    /// `cancel`: only the pending reads and writes are stopped, so that an answer can be given.
    void set(Duration after, bool cancel = false);
    void clear();
    [[nodiscard]] bool passed() const { return passed_; }

  private:
    Stream* stream_;
    asio::steady_timer timer_;
    std::shared_ptr<int> current_ = std::make_shared<int>(0);  // owned by us, watched by the timer
    bool passed_ = false;
};

// Since when a connection has given no whole request: read by those who need its place.
class WaitingSince {
  public:
    void begin() { since_ = std::chrono::steady_clock::now().time_since_epoch().count(); }
    void end() { since_ = 0; }
    /// Ticks of the steady clock; 0: it does not wait.
    [[nodiscard]] std::int64_t since() const { return since_; }

  private:
    std::atomic<std::int64_t> since_{std::chrono::steady_clock::now().time_since_epoch().count()};
};

struct Peer {
    std::string address;
    bool secure = false;
    bool loopback = false;
    std::shared_ptr<WaitingSince> waiting;  // shared with the listener
};

/// Those that may send more than others, see HttpListeners::take_large().
struct LargeBodies {
    std::function<bool(const Request& head)> may;  // empty: nobody
    std::atomic<int> under_way{0};
};

/// Serves until the connection ends. `handler` and `large` outlive it.
asio::awaitable<void> serve_connection(std::shared_ptr<Stream> stream, Strand strand,
                                       const Handler& handler, const Limits& limits,
                                       LargeBodies& large, Peer peer);

/// Turns the stream into a WebSocket and serves it to its end. `request` is the upgrade request's
/// header as it came.
asio::awaitable<void> serve_socket(std::shared_ptr<Stream> stream, Strand strand,
                                   std::string request, std::shared_ptr<SocketEvents> events,
                                   const Limits& limits);

}  // namespace linka::api
