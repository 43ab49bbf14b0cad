// Private to server/*.cpp. Stream: a TCP connection, plain or TLS, behind one type, so that Beast
// and the coroutines are compiled once. All calls on the connection's strand; one read and one
// write at a time.
#pragma once

#include "linka/api/server/asio.hpp"

#include <functional>
#include <memory>
#include <string>

using SSL_CTX = struct ssl_ctx_st;

namespace linka::api {

using IoHandler = std::function<void(error_code, std::size_t)>;

class Stream {
  public:
    virtual ~Stream() = default;
    virtual void handshake(std::function<void(error_code)> done) = 0;
    virtual void read_some(asio::mutable_buffer buffer, IoHandler done) = 0;
    virtual void write_some(asio::const_buffer buffer, IoHandler done) = 0;
    /// TLS close_notify, then the end of sending.
    virtual void shutdown(std::function<void(error_code)> done) = 0;
    virtual tcp::socket& socket() = 0;

    /// The same as coroutines.
    asio::awaitable<error_code> handshake();
    asio::awaitable<std::size_t> read_some(asio::mutable_buffer buffer, error_code& ec);
    asio::awaitable<void> write(std::string_view text, error_code& ec);
    asio::awaitable<void> shutdown();
};

/// A context for servers from PEM files; throws boost::system::system_error with the reason.
class TlsContext {
  public:
    TlsContext(const std::string& chain_file, const std::string& key_file);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    struct Impl;
    [[nodiscard]] Impl& impl() const { return *impl_; }

  private:
    std::unique_ptr<Impl> impl_;
};

std::unique_ptr<Stream> plain_stream(tcp::socket socket);
/// `context` is shared by the listener, which may replace it, and every stream made with it.
std::unique_ptr<Stream> tls_stream(tcp::socket socket, std::shared_ptr<TlsContext> context);

}  // namespace linka::api
