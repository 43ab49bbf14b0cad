#include "udp.hpp"

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace linka::bench {

sockaddr_in address_of(const std::string& address, int port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::inet_pton(AF_INET, address.c_str(), &out.sin_addr) != 1) {
        throw std::invalid_argument(address + " is not an IPv4 address");
    }
    return out;
}

runtime::Fd bound_socket(int port) {
    runtime::Fd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const sockaddr_in own = address_of("127.0.0.1", port);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface
    if (!fd || ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0) {
        throw std::system_error(errno, std::generic_category(), "UDP port " + std::to_string(port));
    }
    const int bytes = 4 << 20;
    (void)::setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    return fd;
}

int port_of(int fd) {
    sockaddr_in own{};
    socklen_t size = sizeof own;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface
    (void)::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size);
    return ntohs(own.sin_port);
}

Udp::Udp(sockaddr_in server, int port)
    : server_(server), fd_(bound_socket(port)), port_(port_of(fd_.get())) {
}

void Udp::send(std::string_view text) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface
    const auto* to = reinterpret_cast<const sockaddr*>(&server_);
    (void)::sendto(fd_.get(), text.data(), text.size(), MSG_DONTWAIT, to, sizeof server_);
}

void Udp::receive(const std::function<void(std::string_view)>& take) {
    std::array<mmsghdr, batch_max> headers{};
    std::array<iovec, batch_max> parts{};
    for (std::size_t i = 0; i < batch_max; ++i) {
        parts[i] = {buffers_[i].data(), buffers_[i].size()};
        headers[i].msg_hdr.msg_iov = &parts[i];
        headers[i].msg_hdr.msg_iovlen = 1;
    }
    int count = batch_max;
    while (count == static_cast<int>(batch_max)) {
        count = ::recvmmsg(fd_.get(), headers.data(), batch_max, MSG_DONTWAIT, nullptr);
        for (int i = 0; i < count; ++i) {
            const auto index = static_cast<std::size_t>(i);
            take({buffers_[index].data(), headers[index].msg_len});
        }
    }
}

}  // namespace linka::bench
