// HttpListeners: the threads and the listening sockets of the HTTP server. What is served comes as
// a Handler. Knows nothing of routes and rights.
#pragma once

#include "linka/api/server/http.hpp"
#include "linka/api/server/limits.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace linka::api {

class HttpListeners {
  public:
    HttpListeners(Limits limits, int threads);
    ~HttpListeners();  // as stop()
    HttpListeners(const HttpListeners&) = delete;
    HttpListeners& operator=(const HttpListeners&) = delete;

    /// PEM files for the TLS ports opened afterwards and, when called again, for new connections.
    Status set_certificate(const std::string& chain_file, const std::string& key_file);

    /// Binds and listens. `addresses`: comma-separated; empty: all; "localhost": both loopbacks.
    /// Port 0: a free one. Gives the port. Errors name address and port.
    Result<std::uint16_t> listen(const std::string& addresses, std::uint16_t port, bool secure,
                                 Handler handler);

    /// Which requests, by their heads, may have a large body (Limits). Ask for rights here: what is
    /// sent is held in memory. Before start().
    void take_large(std::function<bool(const Request& head)> may);

    /// Starts the threads and accepting.
    void start();

    /// Accepts no more, lets requests under way finish for at most `drain`, then closes all.
    void stop(Duration drain);

    /// Runs `work` on one of the threads, in order with everything posted through this call.
    void post(std::function<void()> work);
    /// Runs `work` every `period` from then on, in order with post().
    void every(Duration period, std::function<void()> work);

    [[nodiscard]] std::size_t connections() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace linka::api
