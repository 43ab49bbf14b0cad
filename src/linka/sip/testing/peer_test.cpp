#include "linka/sip/testing/peer.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"

#include <functional>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace linka::sip::testing {
namespace {

std::string long_name(std::string_view name) {
    static const std::map<std::string, std::string, std::less<>> compact = {
        {"v", "via"},     {"f", "from"},           {"t", "to"},          {"i", "call-id"},
        {"m", "contact"}, {"l", "content-length"}, {"c", "content-type"}};
    const std::string lower = text::lower(name);
    const auto found = compact.find(lower);
    return found == compact.end() ? lower : found->second;
}

sockaddr_storage address_of(const std::string& host, int port, socklen_t& size) {
    sockaddr_storage storage{};
    if (host.find(':') != std::string::npos) {
        auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(static_cast<std::uint16_t>(port));
        inet_pton(AF_INET6, host.c_str(), &v6->sin6_addr);
        size = sizeof(sockaddr_in6);
    } else {
        auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
        v4->sin_family = AF_INET;
        v4->sin_port = htons(static_cast<std::uint16_t>(port));
        inet_pton(AF_INET, host.c_str(), &v4->sin_addr);
        size = sizeof(sockaddr_in);
    }
    return storage;
}

}  // namespace

std::string Message::header(std::string_view name) const {
    const std::vector<std::string> found = all(name);
    return found.empty() ? std::string{} : found.front();
}

std::vector<std::string> Message::all(std::string_view name) const {
    std::vector<std::string> found;
    for (const auto& [key, value] : headers) {
        if (key == text::lower(name)) {
            found.push_back(value);
        }
    }
    return found;
}

bool Message::is_request(std::string_view wanted) const {
    return start.starts_with(std::string(wanted) + " ");
}

int Message::status() const {
    return start.starts_with("SIP/2.0 ") ? std::stoi(start.substr(8, 3)) : 0;
}

int Message::cseq() const {
    return std::atoi(header("CSeq").c_str());
}

std::string Message::method() const {
    const std::string value = header("CSeq");
    return value.substr(value.find(' ') + 1);
}

std::string Message::request_uri() const {
    const std::size_t first = start.find(' ');
    return start.substr(first + 1, start.rfind(' ') - first - 1);
}

std::string Message::tag(std::string_view header_name) const {
    const std::string value = header(header_name);
    const std::size_t at = value.find(";tag=");
    return at == std::string::npos ? "" : value.substr(at + 5, value.find(';', at + 5) - at - 5);
}

Message parse_message(std::string text) {
    Message message;
    const std::size_t end = text.find("\r\n\r\n");
    const std::string head = text.substr(0, end);
    message.body = end == std::string::npos ? "" : text.substr(end + 4);
    bool first = true;
    for (const std::string_view line : text::split(head, '\n')) {
        const std::string_view plain = text::trim(line);
        if (first) {
            message.start = plain;
            first = false;
            continue;
        }
        const std::size_t colon = plain.find(':');
        if (colon != std::string_view::npos) {
            message.headers.emplace_back(long_name(text::trim(plain.substr(0, colon))),
                                         text::trim(plain.substr(colon + 1)));
        }
    }
    message.text = std::move(text);
    return message;
}

Peer::Peer(int server_port, Kind kind, std::string address)
    : server_port_(server_port), kind_(kind), address_(std::move(address)) {
    if (kind_ == Kind::udp) {
        socklen_t size = 0;
        sockaddr_storage where = address_of(address_, 0, size);
        fd_ = runtime::Fd(socket(where.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        EXPECT_EQ(bind(fd_.get(), reinterpret_cast<sockaddr*>(&where), size), 0);
        EXPECT_EQ(getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&where), &size), 0);
        port_ =
            ntohs(where.ss_family == AF_INET ? reinterpret_cast<sockaddr_in*>(&where)->sin_port
                                             : reinterpret_cast<sockaddr_in6*>(&where)->sin6_port);
    }
}

void Peer::disconnect() {
    fd_.reset();
    stream_.clear();
}

void Peer::send(std::string_view text) {
    socklen_t size = 0;
    // The port under test listens on one address of each family.
    const std::string server = address_.find(':') == std::string::npos ? "127.0.0.1" : address_;
    sockaddr_storage where = address_of(server, server_port_, size);
    auto* raw = reinterpret_cast<sockaddr*>(&where);
    if (kind_ == Kind::udp) {
        EXPECT_EQ(sendto(fd_.get(), text.data(), text.size(), 0, raw, size),
                  static_cast<ssize_t>(text.size()));
        return;
    }
    if (!fd_) {
        fd_ = runtime::Fd(socket(where.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
        ASSERT_EQ(connect(fd_.get(), raw, size), 0);
        sockaddr_in own{};
        socklen_t own_size = sizeof own;
        getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&own), &own_size);
        port_ = ntohs(own.sin_port);
    }
    EXPECT_EQ(::send(fd_.get(), text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
}

std::optional<Message> Peer::receive(Duration limit) {
    const Instant until = runtime::steady_now() + limit;
    while (true) {
        if (kind_ == Kind::tcp) {
            while (stream_.starts_with("\r\n")) {
                stream_.erase(0, 2);
                ++pongs_;
            }
            const std::size_t end = stream_.find("\r\n\r\n");
            if (end != std::string::npos) {
                const Message head = parse_message(stream_.substr(0, end + 4));
                const std::size_t whole =
                    end + 4 +
                    static_cast<std::size_t>(std::atoi(head.header("Content-Length").c_str()));
                if (stream_.size() >= whole) {
                    Message message = parse_message(stream_.substr(0, whole));
                    stream_.erase(0, whole);
                    return message;
                }
            }
        }
        const Duration left = until - runtime::steady_now();
        if (left <= 0us || !fd_) {
            return std::nullopt;
        }
        pollfd ready{fd_.get(), POLLIN, 0};
        if (poll(&ready, 1, static_cast<int>(left.count() / 1000) + 1) <= 0) {
            continue;
        }
        std::string buffer(70000, '\0');
        const ssize_t size = recv(fd_.get(), buffer.data(), buffer.size(), 0);
        if (size <= 0) {
            return std::nullopt;
        }
        buffer.resize(static_cast<std::size_t>(size));
        if (kind_ == Kind::udp) {
            return parse_message(std::move(buffer));
        }
        stream_ += buffer;
    }
}

std::optional<Message> Peer::any(Duration limit) {
    if (!kept_.empty()) {
        Message message = std::move(kept_.front());
        kept_.pop_front();
        return message;
    }
    return receive(limit);
}

namespace {

using Wanted = std::function<bool(const Message&)>;

}  // namespace

static std::optional<Message> take_kept(std::deque<Message>& kept, const Wanted& wanted) {
    for (auto message = kept.begin(); message != kept.end(); ++message) {
        if (wanted(*message)) {
            Message found = std::move(*message);
            kept.erase(message);
            return found;
        }
    }
    return std::nullopt;
}

Message Peer::request(std::string_view method, Duration limit) {
    const Wanted wanted = [&](const Message& message) { return message.is_request(method); };
    if (std::optional<Message> kept = take_kept(kept_, wanted)) {
        return *kept;
    }
    const Instant until = runtime::steady_now() + limit;
    while (true) {
        std::optional<Message> message = receive(until - runtime::steady_now());
        if (!message) {
            ADD_FAILURE() << "no request " << method << " came";
            return {};
        }
        if (wanted(*message)) {
            return *message;
        }
        kept_.push_back(std::move(*message));
    }
}

Message Peer::response(int status, std::string_view method, Duration limit) {
    const Wanted wanted = [&](const Message& message) {
        const bool match =
            status < 10 ? message.status() / 100 == status : message.status() == status;
        return match && message.method() == method;
    };
    if (std::optional<Message> kept = take_kept(kept_, wanted)) {
        return *kept;
    }
    const Instant until = runtime::steady_now() + limit;
    while (true) {
        std::optional<Message> message = receive(until - runtime::steady_now());
        if (!message) {
            std::string had;
            for (const Message& each : kept_) {
                had += each.start + "; ";
            }
            ADD_FAILURE() << "no response " << status << " to " << method << " came, but: " << had;
            return {};
        }
        if (wanted(*message)) {
            return *message;
        }
        kept_.push_back(std::move(*message));
    }
}

bool Peer::silent(std::string_view method, Duration limit) {
    const Instant until = runtime::steady_now() + limit;
    while (std::optional<Message> message = receive(until - runtime::steady_now())) {
        const bool hit = message->is_request(method);
        kept_.push_back(std::move(*message));
        if (hit) {
            return false;
        }
    }
    return true;
}

std::string Peer::contact() const {
    const std::string host =
        address_.find(':') == std::string::npos ? address_ : "[" + address_ + "]";
    return text::format("<sip:peer@{}:{}{}>", host, port_,
                        kind_ == Kind::tcp ? ";transport=tcp" : "");
}

std::string Peer::text(const Request& request) {
    const std::string branch =
        request.branch.empty() ? text::format("z9hG4bK-{}-{}", port_, ++branches_) : request.branch;
    const std::string host =
        address_.find(':') == std::string::npos ? address_ : "[" + address_ + "]";
    std::string out = text::format(
        "{} {} SIP/2.0\r\nVia: SIP/2.0/{} {}:{};branch={};rport\r\n"
        "From: {}\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {} {}\r\n",
        request.method, request.uri, kind_ == Kind::udp ? "UDP" : "TCP", host,
        port_ == 0 ? 5060 : port_, branch, request.from, request.to, request.call_id, request.cseq,
        request.method);
    if (request.headers.find("Max-Forwards:") == std::string::npos) {
        out += "Max-Forwards: 70\r\n";
    }
    if (request.headers.find("Contact:") == std::string::npos) {
        out += "Contact: " + contact() + "\r\n";
    }
    out += request.headers;
    if (!request.body.empty()) {
        out += "Content-Type: " + request.content_type + "\r\n";
    }
    return out + text::format("Content-Length: {}\r\n\r\n{}", request.body.size(), request.body);
}

void Peer::answer(const Message& request, int status, const std::string& phrase,
                  const std::string& to_tag, const std::string& headers, const std::string& body) {
    std::string out = text::format("SIP/2.0 {} {}\r\n", status, phrase);
    for (const std::string& via : request.all("Via")) {
        out += "Via: " + via + "\r\n";
    }
    std::string to = request.header("To");
    if (!to_tag.empty() && to.find(";tag=") == std::string::npos) {
        to += ";tag=" + to_tag;
    }
    out += text::format("From: {}\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {}\r\n", request.header("From"),
                        to, request.header("Call-ID"), request.header("CSeq"));
    if (headers.find("Contact:") == std::string::npos) {
        out += "Contact: " + contact() + "\r\n";
    }
    out += headers;
    if (!body.empty()) {
        out += "Content-Type: application/sdp\r\n";
    }
    send(out + text::format("Content-Length: {}\r\n\r\n{}", body.size(), body));
}

}  // namespace linka::sip::testing
