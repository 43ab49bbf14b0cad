#include "linka/api/server/socket.hpp"

#include "linka/api/server/connection.hpp"

#include <deque>
#include <mutex>

#include <boost/asio/associated_executor.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace linka::api {

namespace websocket = boost::beast::websocket;

namespace {

// Beast's view of a Stream: one buffer at a time, which read_some and write_some may do.
class Layer {
  public:
    using executor_type = asio::any_io_executor;
    explicit Layer(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}

    executor_type get_executor() { return stream_->socket().get_executor(); }

    template <typename Buffers, typename Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, asio::mutable_buffer buffer) {
                auto shared = std::make_shared<decltype(handler)>(std::move(handler));
                stream_->read_some(buffer,
                                   [shared](error_code ec, std::size_t n) { (*shared)(ec, n); });
            },
            token, first<asio::mutable_buffer>(buffers));
    }

    template <typename Buffers, typename Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, asio::const_buffer buffer) {
                auto shared = std::make_shared<decltype(handler)>(std::move(handler));
                stream_->write_some(buffer,
                                    [shared](error_code ec, std::size_t n) { (*shared)(ec, n); });
            },
            token, first<asio::const_buffer>(buffers));
    }

    Stream& stream() { return *stream_; }

  private:
    template <typename Buffer, typename Buffers>
    static Buffer first(const Buffers& buffers) {
        const auto end = asio::buffer_sequence_end(buffers);
        for (auto it = asio::buffer_sequence_begin(buffers); it != end; ++it) {
            const Buffer buffer(*it);
            if (buffer.size() > 0) {
                return buffer;
            }
        }
        return {};
    }

    std::shared_ptr<Stream> stream_;  // shared with the connection it grew out of
};

[[maybe_unused]] void beast_close_socket(Layer& layer) {
    error_code ignored;
    layer.stream().socket().close(ignored);
}

[[maybe_unused]] void teardown(boost::beast::role_type, Layer& layer, error_code& ec) {
    layer.stream().socket().close(ec);
}

template <typename Handler>
void async_teardown(boost::beast::role_type, Layer& layer, Handler&& handler) {
    auto shared = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
    layer.stream().shutdown([shared](error_code ec) { (*shared)(ec); });
}

// A peer that goes on sending after it was told to go is cut off after so many messages.
constexpr std::size_t unheard_max = 100;

class PeerSocket final : public Socket, public std::enable_shared_from_this<PeerSocket> {
  public:
    PeerSocket(std::shared_ptr<Stream> stream, Strand strand, std::shared_ptr<SocketEvents> events,
               const Limits& limits)
        : strand_(std::move(strand)),
          events_(std::move(events)),
          limits_(limits),
          deadline_(*stream, strand_),
          websocket_(std::move(stream)) {}

    void send(std::shared_ptr<const std::string> text) override;
    void restart(std::shared_ptr<const std::string> text) override;
    void close() override;
    asio::awaitable<void> run(std::string request);
    /// Lets go of the events, which know this socket: without it neither would ever end.
    void part() { events_.reset(); }

  private:
    void wake_locked();
    bool listens() {
        const std::lock_guard lock(mutex_);
        return !closed_;
    }
    asio::awaitable<void> pump();

    Strand strand_;
    std::shared_ptr<SocketEvents> events_;  // shared with the hub that made them
    const Limits limits_;
    Deadline deadline_;
    websocket::stream<Layer> websocket_;

    std::mutex mutex_;
    std::deque<std::shared_ptr<const std::string>> waiting_;  // texts are shared by all peers
    bool pumping_ = false;
    bool stale_ = false;   // resync is on its way or has left
    bool closed_ = false;  // nothing is sent any more
};

void PeerSocket::wake_locked() {
    if (!pumping_) {
        pumping_ = true;
        // Posted, since co_spawn may begin at once and the caller has the lock.
        asio::post(strand_, [self = shared_from_this()] {
            asio::co_spawn(
                self->strand_, [self] { return self->pump(); }, asio::detached);
        });
    }
}

void PeerSocket::send(std::shared_ptr<const std::string> text) {
    const std::lock_guard lock(mutex_);
    if (stale_ || closed_) {
        return;
    }
    if (waiting_.size() >= limits_.socket_queue) {
        waiting_.clear();
        stale_ = true;
        text = nullptr;  // stands for the resync
    }
    waiting_.push_back(std::move(text));
    wake_locked();
}

void PeerSocket::restart(std::shared_ptr<const std::string> text) {
    const std::lock_guard lock(mutex_);
    if (!closed_) {
        stale_ = false;
        waiting_.push_back(std::move(text));
        wake_locked();
    }
}

void PeerSocket::close() {
    {
        // At once, whatever the peer makes of our goodbye: nothing more is said or heard.
        const std::lock_guard lock(mutex_);
        closed_ = true;
        waiting_.clear();
    }
    asio::post(strand_, [self = shared_from_this()] {
        if (self->websocket_.is_open()) {
            self->websocket_.async_close(websocket::close_code::going_away, [self](error_code) {});
        }
    });
}

asio::awaitable<void> PeerSocket::pump() {
    static const std::string resync = R"({"type":"resync"})";
    for (;;) {
        std::shared_ptr<const std::string> text;
        bool overflowed = false;
        {
            const std::lock_guard lock(mutex_);
            if (waiting_.empty() || closed_) {
                pumping_ = false;
                co_return;
            }
            text = std::move(waiting_.front());
            waiting_.pop_front();
            overflowed = text == nullptr;
        }
        deadline_.set(limits_.write);
        error_code ec;
        const std::string& bytes = overflowed ? resync : *text;
        co_await websocket_.async_write(asio::buffer(bytes.data(), bytes.size()), into(ec));
        deadline_.clear();
        if (ec) {
            const std::lock_guard lock(mutex_);
            closed_ = true;
            waiting_.clear();
            pumping_ = false;
            co_return;
        }
        if (overflowed && events_ && events_->overflowed) {
            events_->overflowed();
        }
    }
}

asio::awaitable<void> PeerSocket::run(std::string request) {
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = limits_.handshake;
    timeout.idle_timeout = 2 * limits_.ping;
    timeout.keep_alive_pings = true;
    websocket_.set_option(timeout);
    websocket_.read_message_max(limits_.socket_message);
    websocket_.text(true);
    error_code ec;
    co_await websocket_.async_accept(asio::buffer(request.data(), request.size()), into(ec));
    if (!ec) {
        events_->opened(shared_from_this());
        std::size_t unheard = 0;  // after our goodbye, until the peer's
        while (!ec && unheard <= unheard_max) {
            boost::beast::flat_buffer buffer(limits_.socket_message);
            co_await websocket_.async_read(buffer, into(ec));
            const bool hears = listens();
            unheard += hears ? 0 : 1;
            if (!ec && hears && events_->message) {
                const asio::const_buffer data = buffer.data();
                events_->message(std::string(static_cast<const char*>(data.data()), data.size()));
            }
        }
    }
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        waiting_.clear();
    }
    if (events_->closed) {
        events_->closed();
    }
    deadline_.clear();
    beast_close_socket(websocket_.next_layer());
}

// Parts when the coroutine ends, also when it is destroyed with the server's context.
class Parting {
  public:
    explicit Parting(PeerSocket& peer) : peer_(peer) {}
    ~Parting() { peer_.part(); }
    Parting(const Parting&) = delete;
    Parting& operator=(const Parting&) = delete;

  private:
    PeerSocket& peer_;
};

}  // namespace

asio::awaitable<void> serve_socket(std::shared_ptr<Stream> stream, Strand strand,
                                   std::string request, std::shared_ptr<SocketEvents> events,
                                   const Limits& limits) {
    auto peer = std::make_shared<PeerSocket>(std::move(stream), std::move(strand),
                                             std::move(events), limits);
    const Parting parting(*peer);
    co_await peer->run(std::move(request));
}

}  // namespace linka::api
