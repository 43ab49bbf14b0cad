#include "linka/api/server/connection.hpp"

#include "linka/api/server/response_text.hpp"
#include "linka/api/server/url.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/fd.hpp"

#include <array>
#include <optional>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fcntl.h>
#include <unistd.h>

namespace linka::api {

namespace http = boost::beast::http;

void Deadline::set(Duration after, bool cancel) {
    passed_ = false;
    current_ = std::make_shared<int>(0);
    timer_.expires_after(after);
    timer_.async_wait([this, alive = std::weak_ptr<int>(current_), cancel](error_code ec) {
        if (ec || alive.expired()) {
            return;
        }
        passed_ = true;
        error_code ignored;
        if (cancel) {
            stream_->socket().cancel(ignored);
        } else {
            stream_->socket().close(ignored);
        }
    });
}

void Deadline::clear() {
    current_.reset();
    timer_.cancel();
}

namespace {

using Parser = http::request_parser<http::string_body>;

// The bytes that have come and are not used yet. Larger than the header limit, so that the parser
// finds out about too long headers.
constexpr std::size_t buffer_bytes = 32 * 1024;

class Connection {
  public:
    Connection(std::shared_ptr<Stream> stream, Strand strand, const Handler& handler,
               const Limits& limits, LargeBodies& large, Peer peer)
        : stream_(std::move(stream)),
          strand_(std::move(strand)),
          handler_(handler),
          limits_(limits),
          large_(large),
          peer_(std::move(peer)),
          deadline_(*stream_, strand_) {}
    ~Connection() { end_large(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    asio::awaitable<void> run();

  private:
    enum class Next { request, close, socket };

    asio::awaitable<Next> one_request();
    asio::awaitable<bool> read_request();
    asio::awaitable<bool> read_more();
    asio::awaitable<bool> parse_header();
    asio::awaitable<bool> parse_body();
    bool parse();
    [[nodiscard]] bool expects_continue() const;
    [[nodiscard]] bool has_odd_encoding() const;
    bool limit_body();
    [[nodiscard]] std::size_t body_bytes_max() const {
        return is_large_ ? limits_.large_body_bytes : limits_.body_bytes;
    }
    void end_large();
    [[nodiscard]] Result<Request> head_of_request() const;
    asio::awaitable<Response> answer(Request request);
    asio::awaitable<void> write(const Response& response, bool head, bool keep_alive);
    asio::awaitable<bool> write_file(const FilePart& part);
    asio::awaitable<void> refuse(int status, std::string_view code, std::string_view text);
    asio::awaitable<void> refuse_incomplete();
    asio::awaitable<void> linger();

    std::shared_ptr<Stream> stream_;  // shared with a WebSocket that grows out of this connection
    Strand strand_;
    const Handler& handler_;
    const Limits& limits_;
    LargeBodies& large_;
    Peer peer_;
    Deadline deadline_;
    std::size_t requests_ = 0;
    bool odd_encoding_ = false;
    bool is_large_ = false;  // and counted
    boost::beast::flat_buffer buffer_{buffer_bytes};
    // Of the request being read.
    std::optional<Parser> parser_;
    error_code ec_;
    std::shared_ptr<SocketEvents> socket_;  // shared with the push hub
    std::string upgrade_;                   // header of the upgrade request
};

asio::awaitable<void> Connection::run() {
    if (peer_.secure) {
        deadline_.set(limits_.handshake);
        const error_code ec = co_await stream_->handshake();
        if (ec) {
            deadline_.clear();
            co_return;
        }
    }
    Next next = Next::request;
    while (next == Next::request) {
        next = co_await one_request();
    }
    if (next == Next::socket) {
        deadline_.clear();
        co_await serve_socket(stream_, strand_, std::move(upgrade_), std::move(socket_), limits_);
        co_return;
    }
    deadline_.set(limits_.linger);
    if (stream_->socket().is_open()) {
        co_await stream_->shutdown();
    }
    deadline_.clear();
    error_code ignored;
    stream_->socket().close(ignored);
}

asio::awaitable<bool> Connection::read_more() {
    if (buffer_.size() >= buffer_bytes) {
        ec_ = http::error::header_limit;
        co_return false;
    }
    const std::size_t room = std::min<std::size_t>(16 * 1024, buffer_bytes - buffer_.size());
    const asio::mutable_buffer space = buffer_.prepare(room);
    const std::size_t size = co_await stream_->read_some(space, ec_);
    buffer_.commit(size);
    co_return !ec_;
}

// Feeds the parser with what is there. False: it fails, or needs more (ec_ is clear then).
bool Connection::parse() {
    if (buffer_.size() == 0) {
        return false;
    }
    const std::size_t used = parser_->put(buffer_.data(), ec_);
    buffer_.consume(used);
    const bool more = ec_ == http::error::need_more;
    if (more) {
        ec_ = {};
    }
    return !ec_ && !more && used > 0;
}

asio::awaitable<bool> Connection::parse_header() {
    while (!parser_->is_header_done()) {
        const bool moved = parse();
        if (ec_) {
            co_return false;
        }
        if (!moved && !parser_->is_header_done()) {
            const bool more = co_await read_more();
            if (!more) {
                co_return false;
            }
        }
    }
    co_return true;
}

asio::awaitable<bool> Connection::parse_body() {
    while (!parser_->is_done()) {
        const bool moved = parse();
        if (ec_) {
            co_return false;
        }
        if (!moved && !parser_->is_done()) {
            const bool more = co_await read_more();
            if (!more) {
                co_return false;
            }
        }
    }
    co_return true;
}

bool Connection::expects_continue() const {
    return !parser_->is_done() &&
           text::equal_ignoring_case(parser_->get()[http::field::expect], "100-continue");
}

// Where we and a proxy before us could disagree about the end of a body, there must be none: only
// "chunked" is served, once, and to HTTP/1.1 alone (RFC 9112 §6.1, §6.3).
bool Connection::has_odd_encoding() const {
    const auto& message = parser_->get();
    const std::size_t count = message.count(http::field::transfer_encoding);
    return count > 1 ||
           (count == 1 && (message.version() < 11 ||
                           !text::equal_ignoring_case(
                               text::trim(message[http::field::transfer_encoding]), "chunked")));
}

// Results of co_await are named, never part of a condition, and conditions with temporaries are
// functions: GCC 12 lays out such a coroutine's frame with its entry point in the wrong place.
asio::awaitable<bool> Connection::read_request() {
    if (buffer_.size() == 0) {
        deadline_.set(requests_ == 0 ? limits_.first : limits_.idle);
        const bool more = co_await read_more();
        if (!more) {
            co_return false;
        }
    }
    deadline_.set(limits_.header, true);
    const bool header = co_await parse_header();
    if (!header) {
        co_return false;
    }
    odd_encoding_ = has_odd_encoding();
    if (odd_encoding_) {
        co_return false;
    }
    const bool fits = limit_body();
    if (!fits) {
        co_return false;
    }
    deadline_.set(is_large_ ? limits_.large_body : limits_.body, true);
    const bool waits = expects_continue();
    if (waits) {
        co_await stream_->write("HTTP/1.1 100 Continue\r\n\r\n", ec_);
        if (ec_) {
            co_return false;
        }
    }
    const bool body = co_await parse_body();
    co_return body;
}

asio::awaitable<Connection::Next> Connection::one_request() {
    parser_.emplace();
    parser_->eager(false);  // the body's limit comes after the head
    parser_->header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
    parser_->body_limit(std::max(limits_.body_bytes, limits_.large_body_bytes));
    ec_ = {};
    const bool complete = co_await read_request();
    ++requests_;
    if (complete) {
        peer_.waiting->end();
    }
    if (!complete) {
        co_await refuse_incomplete();
        end_large();
        co_return Next::close;
    }
    end_large();
    const bool keep_alive = parser_->keep_alive();
    const bool head = parser_->get().method() == http::verb::head;
    Result<Request> request = head_of_request();
    if (request) {
        request->body = std::move(parser_->get().body());
    }
    if (!request) {
        co_await refuse(400, "malformed", request.error().text);
        co_return Next::close;
    }
    Response response = co_await answer(std::move(*request));
    if (response.socket) {
        socket_ = std::move(response.socket);
        upgrade_ = upgrade_text(parser_->get()[http::field::sec_websocket_key],
                                parser_->get()[http::field::sec_websocket_version],
                                parser_->get()[http::field::sec_websocket_protocol]);
        co_return Next::socket;
    }
    co_await write(response, head, keep_alive);
    peer_.waiting->begin();
    const bool on = keep_alive && stream_->socket().is_open();
    co_return on ? Next::request : Next::close;
}

asio::awaitable<void> Connection::refuse_incomplete() {
    if (odd_encoding_) {
        co_await refuse(501, "transfer_encoding", "Transfer-Encoding: only chunked");
    } else if (ec_ == http::error::header_limit) {
        co_await refuse(431, "header_too_large", "the header is larger than 16 kB");
    } else if (ec_ == http::error::body_limit) {
        co_await refuse(413, "body_too_large",
                        text::format("the body is larger than {} MB", body_bytes_max() >> 20));
    } else if (ec_ == asio::error::operation_aborted && deadline_.passed()) {
        co_await refuse(408, "timeout", "the request did not arrive in time");
    } else if (ec_.category() == make_error_code(http::error::bad_method).category()) {
        co_await refuse(400, "malformed", "this is not an HTTP/1.1 request");
    }
}

// Once the head is there, and nothing of the body was taken. False: it says that it is too large.
bool Connection::limit_body() {
    const auto head = large_.may ? head_of_request() : Result<Request>(Error{});
    if (head && large_.may(*head)) {
        is_large_ = ++large_.under_way <= limits_.large_bodies;
        large_.under_way -= is_large_ ? 0 : 1;
    }
    const auto length = parser_->content_length();
    parser_->body_limit(body_bytes_max());
    parser_->eager(true);
    if (length && *length > body_bytes_max()) {
        ec_ = http::error::body_limit;
        return false;
    }
    return true;
}

void Connection::end_large() {
    large_.under_way -= is_large_ ? 1 : 0;
    is_large_ = false;
}

Result<Request> Connection::head_of_request() const {
    const auto& message = parser_->get();
    if (message.version() != 11 && message.version() != 10) {
        return fail(ErrorCode::invalid, "only HTTP/1.0 and HTTP/1.1 are spoken here");
    }
    Request request;
    request.method = method_from(message.method_string());
    const std::string_view target = message.target();
    const std::size_t question = target.find('?');
    request.path = target.substr(0, question);
    request.query = question == std::string_view::npos ? "" : target.substr(question + 1);
    auto segments = parse_path(request.path);
    if (!segments) {
        return segments.error();
    }
    request.segments = std::move(*segments);
    for (const auto& field : message) {
        request.headers.emplace_back(text::lower(field.name_string()), field.value());
    }
    request.peer = peer_.address;
    request.secure = peer_.secure;
    request.loopback = peer_.loopback;
    return request;
}

// The handler may answer on any thread; the coroutine goes on on the strand.
asio::awaitable<Response> Connection::answer(Request request) {
    struct Waiting {
        explicit Waiting(const Strand& strand) : timer(strand) {}
        asio::steady_timer timer;
        std::optional<Response> response;
    };
    auto waiting = std::make_shared<Waiting>(strand_);  // owned by us and by the answer under way
    waiting->timer.expires_after(limits_.handle);
    deadline_.clear();
    handler_(std::move(request), Respond([waiting, strand = strand_](Response response) {
                 asio::post(strand, [waiting, response = std::move(response)]() mutable {
                     waiting->response = std::move(response);
                     waiting->timer.cancel();
                 });
             }));
    error_code ec;
    while (!waiting->response && waiting->timer.expiry() > std::chrono::steady_clock::now()) {
        co_await waiting->timer.async_wait(into(ec));
    }
    co_return waiting->response ? std::move(*waiting->response)
                                : error_response(504, "timeout", "no answer in time");
}

asio::awaitable<void> Connection::write(const Response& response, bool head, bool keep_alive) {
    std::string text = head_text(response, keep_alive, peer_.secure);
    const bool file = response.file.has_value() && !head;
    if (!head && !file) {
        text += response.body;
    }
    error_code ec;
    for (std::string_view rest = text; !rest.empty() && !ec;) {
        const std::string_view piece = rest.substr(0, 64 * 1024);
        deadline_.set(limits_.write);
        co_await stream_->write(piece, ec);
        rest.remove_prefix(piece.size());
    }
    bool whole = !ec;
    if (whole && file) {
        whole = co_await write_file(*response.file);
    }
    deadline_.clear();
    if (!whole) {
        error_code ignored;
        stream_->socket().close(ignored);
    }
}

// Reads from the page cache as a rule; 64 KiB of a disk that is slow hold up one of the threads.
asio::awaitable<bool> Connection::write_file(const FilePart& part) {
    const runtime::Fd fd(::open(part.path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) {
        co_return false;
    }
    std::string piece(64 * 1024, '\0');
    std::int64_t sent = 0;
    while (sent < part.length) {
        const auto want = std::min<std::int64_t>(64 * 1024, part.length - sent);
        const ssize_t got =
            ::pread(fd.get(), piece.data(), static_cast<std::size_t>(want), part.offset + sent);
        if (got <= 0) {
            co_return false;  // shorter than announced: the client must notice
        }
        deadline_.set(limits_.write);
        error_code ec;
        co_await stream_->write(std::string_view(piece).substr(0, static_cast<std::size_t>(got)),
                                ec);
        if (ec) {
            co_return false;
        }
        sent += got;
    }
    co_return true;
}

asio::awaitable<void> Connection::refuse(int status, std::string_view code, std::string_view text) {
    co_await write(error_response(status, code, text), false, false);
    co_await linger();
}

// A peer that still sends would lose our answer to a reset (RFC 9112 §9.6).
asio::awaitable<void> Connection::linger() {
    if (!stream_->socket().is_open()) {
        co_return;
    }
    error_code ec;
    deadline_.set(limits_.linger);
    if (!peer_.secure) {
        stream_->socket().shutdown(tcp::socket::shutdown_send, ec);
    }
    std::array<char, 4096> nothing{};
    for (std::size_t dropped = 0; !ec && dropped < 2 * limits_.body_bytes;) {
        dropped += co_await stream_->read_some(asio::buffer(nothing), ec);
    }
}

}  // namespace

asio::awaitable<void> serve_connection(std::shared_ptr<Stream> stream, Strand strand,
                                       const Handler& handler, const Limits& limits,
                                       LargeBodies& large, Peer peer) {
    Connection connection(std::move(stream), std::move(strand), handler, limits, large,
                          std::move(peer));
    co_await connection.run();
}

}  // namespace linka::api
