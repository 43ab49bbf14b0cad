#include "linka/sip/probe.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/sip/random.hpp"

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

namespace linka::sip {
namespace {

std::string system_text(int error) {
    return std::generic_category().message(error);
}

bool wait_for(int fd, short events, Duration wait) {
    pollfd waited{fd, events, 0};
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(wait).count();
    return ::poll(&waited, 1, static_cast<int>(ms)) == 1;
}

// A connected socket, or why there is none.
Result<runtime::Fd> connect_to(const std::string& host, int port, bool udp, Duration wait) {
    addrinfo hints{};
    hints.ai_socktype = udp ? SOCK_DGRAM : SOCK_STREAM;
    addrinfo* found = nullptr;
    const int failure = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (failure != 0) {
        return fail(ErrorCode::not_found, gai_strerror(failure));
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
    runtime::Fd fd(
        ::socket(found->ai_family, found->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) {
        return fail(ErrorCode::internal, system_text(errno));
    }
    if (::connect(fd.get(), found->ai_addr, found->ai_addrlen) == 0) {
        return fd;
    }
    if (errno != EINPROGRESS) {
        return fail(ErrorCode::unavailable, system_text(errno));
    }
    if (!wait_for(fd.get(), POLLOUT, wait)) {
        return fail(ErrorCode::timed_out, "no connection in time");
    }
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        return fail(ErrorCode::unavailable, system_text(error));
    }
    return fd;
}

std::string options_request(const std::string& host, int port, bool udp) {
    const std::string token = random_hex(12);
    return text::format(
        "OPTIONS sip:{0}:{1} SIP/2.0\r\nVia: SIP/2.0/{2} linka.invalid;branch=z9hG4bK{3};rport\r\n"
        "Max-Forwards: 70\r\nFrom: <sip:linka@linka.invalid>;tag={3}\r\nTo: <sip:{0}:{1}>\r\n"
        "Call-ID: {3}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
        host, port, udp ? "UDP" : "TCP", token);
}

}  // namespace

std::string probe(const std::string& host, int port, Transport transport, Duration wait) {
    const bool udp = transport == Transport::udp;
    const auto fd = connect_to(host, port, udp, wait);
    if (!fd) {
        return fd.error().text;
    }
    if (transport == Transport::tls) {
        return {};
    }
    const std::string request = options_request(host, port, udp);
    if (::send(fd->get(), request.data(), request.size(), MSG_NOSIGNAL) < 0) {
        return system_text(errno);
    }
    if (!wait_for(fd->get(), POLLIN, wait)) {
        return "no answer to OPTIONS";
    }
    std::array<char, 2048> buffer{};
    const ssize_t size = ::recv(fd->get(), buffer.data(), buffer.size(), 0);
    if (size < 0) {
        return system_text(errno);
    }
    const std::string_view answer(buffer.data(), static_cast<std::size_t>(size));
    return answer.starts_with("SIP/2.0 ") ? std::string() : "what answers does not speak SIP";
}

}  // namespace linka::sip
