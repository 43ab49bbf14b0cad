#include "linka/api/server/listener.hpp"

#include "linka/api/server/connection.hpp"
#include "linka/api/server/network.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/metrics.hpp"
#include "linka/runtime/this_machine.hpp"

#include <atomic>
#include <list>
#include <map>
#include <mutex>
#include <thread>

#include <boost/asio/ip/v6_only.hpp>

namespace linka::api {

namespace {

metrics::Gauge open_connections("linka_http_connections", "Open HTTP connections");
metrics::Counter pushed_out_connections(
    "linka_http_connections_pushed_out_total",
    "HTTP connections closed while they waited, because others wanted in");
metrics::Counter refused_connections("linka_http_connections_refused_total",
                                     "HTTP connections closed at once because a limit was reached");

}  // namespace

struct HttpListeners::Impl {
    struct Port {
        tcp::acceptor acceptor;
        bool secure = false;
        std::shared_ptr<const Handler> handler;  // shared with its connections
    };

    struct Open {
        std::weak_ptr<Stream> stream;
        Strand strand;
        std::shared_ptr<WaitingSince> waiting;  // shared with the connection
        bool secure = false;
        bool pushed_out = false;  // counts no more
    };

    Impl(Limits given, int threads_wanted)
        : limits(given), threads_count(threads_wanted), work(asio::make_work_guard(context)) {}

    asio::awaitable<void> accept(Port& port);
    struct Admission {
        std::string network;
        bool secure = false;
        bool loopback = false;
    };
    bool admit(const Admission& who);
    void make_room_locked(bool secure);
    void release(const Stream* stream, const Admission& who);
    void serve(Port& port, tcp::socket socket, const Strand& strand);
    Status bind(const tcp::endpoint& endpoint, bool dual, bool secure,
                const std::shared_ptr<const Handler>& handler);

    const Limits limits;
    const int threads_count;
    LargeBodies large;

    // Connections that are left when the context goes still look at these.
    std::mutex mutex;
    std::shared_ptr<TlsContext> certificate;  // mutex
    struct Door {
        std::size_t count = 0;
        std::map<std::string, std::size_t> by_network;
    };
    Door secure_door;                       // mutex
    Door plain_door;                        // mutex
    std::map<const Stream*, Open> streams;  // mutex
    std::atomic<std::size_t> count{0};
    std::atomic<bool> stopping{false};

    asio::io_context context;
    asio::executor_work_guard<asio::io_context::executor_type> work;
    Strand order{context.get_executor()};
    std::list<Port> ports;
    std::list<asio::steady_timer> timers;
    std::vector<std::thread> threads;
};

namespace {

// RAII around one admitted connection.
struct Admitted {
    std::function<void()> leave;
    explicit Admitted(std::function<void()> work) : leave(std::move(work)) {}
    Admitted(const Admitted&) = delete;
    Admitted& operator=(const Admitted&) = delete;
    ~Admitted() { leave(); }
};

asio::awaitable<void> serve_admitted(std::shared_ptr<Stream> stream, Strand strand,
                                     std::shared_ptr<const Handler> handler, const Limits& limits,
                                     LargeBodies& large, Peer peer,
                                     std::shared_ptr<Admitted> admitted) {
    static_cast<void>(admitted);  // leaves with this frame
    co_await serve_connection(std::move(stream), std::move(strand), *handler, limits, large,
                              std::move(peer));
}

std::string text_of(const tcp::endpoint& endpoint) {
    return endpoint.address().is_v6()
               ? text::format("[{}]:{}", endpoint.address().to_string(), endpoint.port())
               : text::format("{}:{}", endpoint.address().to_string(), endpoint.port());
}

// 127.0.0.1 that came in on a dual-stack socket is ::ffff:127.0.0.1.
asio::ip::address plain_address(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    return address;
}

}  // namespace

bool HttpListeners::Impl::admit(const Admission& who) {
    const std::lock_guard lock(mutex);
    Door& door = who.secure ? secure_door : plain_door;
    const std::size_t most = who.secure ? limits.connections : limits.plain_connections;
    const std::size_t most_here =
        who.secure ? limits.connections_per_network : limits.plain_connections_per_network;
    const auto here = door.by_network.find(who.network);
    const bool crowd = !who.loopback && here != door.by_network.end() && here->second >= most_here;
    if (!crowd && door.count >= most) {
        make_room_locked(who.secure);
    }
    if (crowd || door.count >= most) {
        refused_connections.add();
        return false;
    }
    ++door.by_network[who.network];
    ++door.count;
    ++count;
    open_connections.add(1);
    return true;
}

// Whoever has said nothing whole for longest goes, so that connections which only sit there keep
// nobody out. It still counts until it is closed; the door is made one wider for that moment.
void HttpListeners::Impl::make_room_locked(bool secure) {
    Open* oldest = nullptr;
    for (auto& [key, open] : streams) {
        if (open.secure == secure && !open.pushed_out && open.waiting->since() != 0 &&
            (oldest == nullptr || open.waiting->since() < oldest->waiting->since())) {
            oldest = &open;
        }
    }
    if (oldest == nullptr) {
        return;
    }
    oldest->waiting->end();
    --(secure ? secure_door : plain_door).count;
    oldest->pushed_out = true;
    pushed_out_connections.add();
    asio::post(oldest->strand, [weak = oldest->stream] {
        if (const auto stream = weak.lock()) {
            error_code ignored;
            stream->socket().close(ignored);
        }
    });
}

void HttpListeners::Impl::release(const Stream* stream, const Admission& who) {
    const std::lock_guard lock(mutex);
    Door& door = who.secure ? secure_door : plain_door;
    const auto here = door.by_network.find(who.network);
    if (here != door.by_network.end() && --here->second == 0) {
        door.by_network.erase(here);
    }
    const auto open = streams.find(stream);
    if (open == streams.end() || !open->second.pushed_out) {
        --door.count;
    }
    if (open != streams.end()) {
        streams.erase(open);
    }
    --count;
    open_connections.add(-1);
}

void HttpListeners::Impl::serve(Port& port, tcp::socket socket, const Strand& strand) {
    error_code ec;
    const tcp::endpoint remote = socket.remote_endpoint(ec);
    if (ec) {
        return;
    }
    const asio::ip::address from = plain_address(remote.address());
    Peer peer{from.to_string(), port.secure, from.is_loopback(), std::make_shared<WaitingSince>()};
    const Admission who{network_of(peer.address), port.secure, peer.loopback};
    if (!admit(who)) {
        return;
    }
    socket.set_option(tcp::no_delay(true), ec);
    std::shared_ptr<Stream> stream;  // shared by connection, WebSocket and our list for stop()
    {
        const std::lock_guard lock(mutex);
        stream = port.secure ? tls_stream(std::move(socket), certificate)
                             : plain_stream(std::move(socket));
        streams.emplace(stream.get(), Open{stream, strand, peer.waiting, port.secure});
    }
    auto admitted =
        std::make_shared<Admitted>([this, who, key = static_cast<const Stream*>(stream.get())] {
            release(key, who);
        });  // owned by the coroutine
    asio::co_spawn(strand,
                   serve_admitted(std::move(stream), strand, port.handler, limits, large,
                                  std::move(peer), std::move(admitted)),
                   [](const std::exception_ptr& thrown) {
                       if (thrown) {
                           log::error("http connection ended by an exception");
                       }
                   });
}

asio::awaitable<void> HttpListeners::Impl::accept(Port& port) {
    while (!stopping) {
        Strand strand(context.get_executor());
        tcp::socket socket(strand);
        error_code ec;
        co_await port.acceptor.async_accept(socket, into(ec));
        if (ec == asio::error::operation_aborted || stopping) {
            co_return;
        }
        if (ec) {
            // As a rule out of descriptors: wait until some connections are gone.
            log::error("http cannot accept", {{"reason", ec.message()}});
            asio::steady_timer pause(context, std::chrono::milliseconds(200));
            co_await pause.async_wait(into(ec));
            continue;
        }
        serve(port, std::move(socket), strand);
    }
}

Status HttpListeners::Impl::bind(const tcp::endpoint& endpoint, bool dual, bool secure,
                                 const std::shared_ptr<const Handler>& handler) {
    error_code ec;
    tcp::acceptor acceptor(context);
    acceptor.open(endpoint.protocol(), ec);
    if (!ec) {
        acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
        if (endpoint.address().is_v6()) {
            acceptor.set_option(asio::ip::v6_only(!dual), ec);
        }
        acceptor.bind(endpoint, ec);
    }
    if (!ec) {
        acceptor.listen(512, ec);
    }
    if (ec) {
        return fail(
            ec == asio::error::address_in_use ? ErrorCode::conflict : ErrorCode::unavailable,
            text::format("cannot listen on {} (TCP): {}", text_of(endpoint), ec.message()));
    }
    ports.push_back(Port{std::move(acceptor), secure, handler});
    return Done{};
}

HttpListeners::HttpListeners(Limits limits, int threads)
    : impl_(std::make_unique<Impl>(limits, threads)) {
}

HttpListeners::~HttpListeners() {
    stop(Duration{});
}

Status HttpListeners::set_certificate(const std::string& chain_file, const std::string& key_file) {
    try {
        auto fresh = std::make_shared<TlsContext>(chain_file, key_file);
        const std::lock_guard lock(impl_->mutex);
        impl_->certificate = std::move(fresh);
        return Done{};
    } catch (const boost::system::system_error& error) {
        return fail(ErrorCode::invalid, text::format("certificate {} with key {}: {}", chain_file,
                                                     key_file, error.what()));
    }
}

Result<std::uint16_t> HttpListeners::listen(const std::string& addresses, std::uint16_t port,
                                            bool secure, Handler handler) {
    const auto shared = std::make_shared<const Handler>(std::move(handler));
    if (addresses.empty()) {
        Status bound = impl_->bind({asio::ip::address_v6::any(), port}, true, secure, shared);
        if (!bound && bound.error().code == ErrorCode::unavailable) {
            bound = impl_->bind({asio::ip::address_v4::any(), port}, false, secure, shared);
        }
        if (!bound) {
            return bound.error();
        }
        return impl_->ports.back().acceptor.local_endpoint().port();
    }
    const std::string list = addresses == "localhost" ? "127.0.0.1,::1" : addresses;
    for (const std::string_view part : text::split(list, ',')) {
        error_code ec;
        const std::string name(text::trim(part));
        const asio::ip::address address = asio::ip::make_address(name, ec);
        if (ec) {
            return fail(ErrorCode::invalid, text::format("'{}' is not an IP address", name));
        }
        const Status bound = impl_->bind({address, port}, false, secure, shared);
        const bool spare = addresses == "localhost" && address.is_v6();
        if (!bound && !(spare && bound.error().code == ErrorCode::unavailable)) {
            return bound.error();
        }
        if (bound) {
            port = impl_->ports.back().acceptor.local_endpoint().port();
        }
    }
    return port;
}

void HttpListeners::take_large(std::function<bool(const Request& head)> may) {
    impl_->large.may = std::move(may);
}

void HttpListeners::start() {
    for (Impl::Port& port : impl_->ports) {
        asio::co_spawn(
            impl_->context, [this, &port] { return impl_->accept(port); }, asio::detached);
    }
    for (int i = 0; i < impl_->threads_count; ++i) {
        impl_->threads.emplace_back([this] {
            runtime::name_thread("linka-https");
            impl_->context.run();
        });
    }
}

void HttpListeners::stop(Duration drain) {
    if (impl_->stopping.exchange(true)) {
        return;
    }
    asio::post(impl_->order, [this] {
        error_code ignored;
        for (Impl::Port& port : impl_->ports) {
            port.acceptor.close(ignored);
        }
        for (asio::steady_timer& timer : impl_->timers) {
            timer.cancel();
        }
    });
    const auto until = std::chrono::steady_clock::now() + drain;
    while (impl_->count > 0 && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    impl_->work.reset();
    {
        const std::lock_guard lock(impl_->mutex);
        for (auto& [key, entry] : impl_->streams) {
            asio::post(entry.strand, [weak = entry.stream] {
                if (const auto stream = weak.lock()) {
                    error_code ignored;
                    stream->socket().close(ignored);
                }
            });
        }
    }
    // Handlers that still wait for an answer would hold the threads.
    const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (impl_->count > 0 && std::chrono::steady_clock::now() < last) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    impl_->context.stop();
    for (std::thread& thread : impl_->threads) {
        thread.join();
    }
    impl_->threads.clear();
    const std::lock_guard lock(impl_->mutex);
    impl_->streams.clear();  // their strands must not outlive the context
}

void HttpListeners::post(std::function<void()> work) {
    asio::post(impl_->order, std::move(work));
}

namespace {

void repeat(asio::steady_timer& timer, Duration period,
            std::shared_ptr<std::function<void()>> work) {
    timer.expires_after(period);
    timer.async_wait([&timer, period, work = std::move(work)](error_code ec) {
        if (!ec) {
            (*work)();
            repeat(timer, period, work);
        }
    });
}

}  // namespace

void HttpListeners::every(Duration period, std::function<void()> work) {
    asio::steady_timer& timer = impl_->timers.emplace_back(impl_->order);
    repeat(timer, period, std::make_shared<std::function<void()>>(std::move(work)));
}

std::size_t HttpListeners::connections() const {
    return impl_->count;
}

}  // namespace linka::api
