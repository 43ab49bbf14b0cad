#include "linka/api/server/stream.hpp"

#include <memory>

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace linka::api {

struct TlsContext::Impl {
    asio::ssl::context context{asio::ssl::context::tls_server};
};

TlsContext::TlsContext(const std::string& chain_file, const std::string& key_file)
    : impl_(std::make_unique<Impl>()) {
    asio::ssl::context& context = impl_->context;
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                        asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                        asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression);
    SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_RENEGOTIATION);
    // TLS 1.2 with forward secrecy and authenticated ciphers alone; those of 1.3 are so anyway.
    SSL_CTX_set_cipher_list(context.native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
    context.use_certificate_chain_file(chain_file);
    context.use_private_key_file(key_file, asio::ssl::context::pem);
}

TlsContext::~TlsContext() = default;

namespace {

class PlainStream final : public Stream {
  public:
    explicit PlainStream(tcp::socket socket) : socket_(std::move(socket)) {}

    void handshake(std::function<void(error_code)> done) override {
        asio::post(socket_.get_executor(), [done = std::move(done)] { done({}); });
    }
    void read_some(asio::mutable_buffer buffer, IoHandler done) override {
        socket_.async_read_some(buffer, std::move(done));
    }
    void write_some(asio::const_buffer buffer, IoHandler done) override {
        socket_.async_write_some(buffer, std::move(done));
    }
    void shutdown(std::function<void(error_code)> done) override {
        error_code ec;
        socket_.shutdown(tcp::socket::shutdown_send, ec);
        asio::post(socket_.get_executor(), [done = std::move(done), ec] { done(ec); });
    }
    tcp::socket& socket() override { return socket_; }

  private:
    tcp::socket socket_;
};

class SslStream final : public Stream {
  public:
    SslStream(tcp::socket socket, std::shared_ptr<TlsContext> context)
        : context_(std::move(context)), stream_(std::move(socket), context_->impl().context) {}

    void handshake(std::function<void(error_code)> done) override {
        stream_.async_handshake(asio::ssl::stream_base::server, std::move(done));
    }
    void read_some(asio::mutable_buffer buffer, IoHandler done) override {
        stream_.async_read_some(buffer, std::move(done));
    }
    void write_some(asio::const_buffer buffer, IoHandler done) override {
        stream_.async_write_some(buffer, std::move(done));
    }
    void shutdown(std::function<void(error_code)> done) override {
        stream_.async_shutdown([this, done = std::move(done)](error_code ec) {
            error_code ignored;
            stream_.next_layer().shutdown(tcp::socket::shutdown_send, ignored);
            done(ec);
        });
    }
    tcp::socket& socket() override { return stream_.next_layer(); }

  private:
    std::shared_ptr<TlsContext> context_;
    asio::ssl::stream<tcp::socket> stream_;
};

// Makes a callback of a coroutine's handler. The token is a local of each coroutine: Asio wants it
// not const.
template <typename Signature, typename Start, typename Token>
auto initiate(Start start, Token& token) {
    return asio::async_initiate<Token, Signature>(
        [start = std::move(start)](auto handler) mutable {
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            start([shared](auto... results) { (*shared)(results...); });
        },
        token);
}

}  // namespace

asio::awaitable<error_code> Stream::handshake() {
    error_code ec;
    auto token = into(ec);
    co_await initiate<void(error_code)>([this](auto done) { this->handshake(done); }, token);
    co_return ec;
}

asio::awaitable<void> Stream::shutdown() {
    error_code ec;
    auto token = into(ec);
    co_await initiate<void(error_code)>([this](auto done) { this->shutdown(done); }, token);
}

asio::awaitable<std::size_t> Stream::read_some(asio::mutable_buffer buffer, error_code& ec) {
    auto token = into(ec);
    co_return co_await initiate<void(error_code, std::size_t)>(
        [this, buffer](auto done) { this->read_some(buffer, done); }, token);
}

asio::awaitable<void> Stream::write(std::string_view text, error_code& ec) {
    while (!text.empty()) {
        auto token = into(ec);
        const std::size_t sent = co_await initiate<void(error_code, std::size_t)>(
            [this, text](auto done) {
                this->write_some(asio::buffer(text.data(), text.size()), done);
            },
            token);
        if (ec) {
            co_return;
        }
        text.remove_prefix(sent);
    }
}

std::unique_ptr<Stream> plain_stream(tcp::socket socket) {
    return std::make_unique<PlainStream>(std::move(socket));
}

std::unique_ptr<Stream> tls_stream(tcp::socket socket, std::shared_ptr<TlsContext> context) {
    return std::make_unique<SslStream>(std::move(socket), std::move(context));
}

}  // namespace linka::api
