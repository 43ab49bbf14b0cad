#include "linka/media/worker/rtp/sockets.hpp"

#include "linka/base/text.hpp"

#include <cerrno>
#include <cstring>

#include <netinet/ip.h>

namespace linka::media {
namespace {

// A non-blocking UDP socket, marked as voice (DSCP EF, RFC 4594 §4.1).
runtime::Fd bound_socket(const Endpoint& local, int& failure) {
    const int family = local.is_ipv6() ? AF_INET6 : AF_INET;
    runtime::Fd fd(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd) {
        failure = errno;
        return {};
    }
    constexpr int expedited = 0xB8;
    if (local.is_ipv6()) {
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_TCLASS, &expedited, sizeof expedited);
    } else {
        ::setsockopt(fd.get(), IPPROTO_IP, IP_TOS, &expedited, sizeof expedited);
    }
    if (::bind(fd.get(), local.address(), local.length()) != 0) {
        failure = errno;
        return {};
    }
    return fd;
}

}  // namespace

PortRange::PortRange(int low, int high)
    : low_(low + (low & 1)), pairs_(std::max(0, (high - low_ + 1) / 2)) {
}

Result<SocketPair> PortRange::open(const std::string& address) {
    if (!Endpoint::from(address, 0)) {
        return fail(ErrorCode::invalid, text::format("'{}' is no IP address", address));
    }
    for (int tries = 0; tries < pairs_; ++tries) {
        SocketPair pair;
        pair.port = low_ + 2 * next_;
        next_ = (next_ + 1) % pairs_;
        int failure = 0;
        pair.rtp = bound_socket(*Endpoint::from(address, pair.port), failure);
        if (pair.rtp) {
            pair.rtcp = bound_socket(*Endpoint::from(address, pair.port + 1), failure);
        }
        if (pair.rtp && pair.rtcp) {
            return pair;
        }
        if (failure == EADDRNOTAVAIL) {
            return fail(ErrorCode::invalid,
                        text::format("this machine has no address {}", address));
        }
        if (failure != EADDRINUSE && failure != EACCES) {
            return fail(ErrorCode::full, text::format("no socket: error {}", failure));
        }
    }
    return fail(ErrorCode::full,
                text::format("all {} RTP port pairs from {} are taken", pairs_, low_));
}

// Only the headers are read before the kernel writes.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
ReceiveBatch::ReceiveBatch() {
    for (std::size_t i = 0; i < size_max; ++i) {
        vectors_[i] = {.iov_base = bytes_[i].data(), .iov_len = bytes_[i].size()};
        headers_[i] = {};
        headers_[i].msg_hdr.msg_iov = &vectors_[i];
        headers_[i].msg_hdr.msg_iovlen = 1;
        headers_[i].msg_hdr.msg_name = &addresses_[i];
    }
}

std::size_t ReceiveBatch::receive(int fd) {
    // Only what the last call has changed: there are many, and mostly one packet comes.
    for (std::size_t i = 0; i < used_; ++i) {
        headers_[i].msg_hdr.msg_namelen = sizeof(sockaddr_storage);
        headers_[i].msg_hdr.msg_control = controls_[i].data();
        headers_[i].msg_hdr.msg_controllen = control_bytes;
    }
    const int got = ::recvmmsg(fd, headers_.data(), size_max, MSG_DONTWAIT, nullptr);
    used_ = got > 0 ? static_cast<std::size_t>(got) : 0;
    return used_;
}

std::span<const std::uint8_t> ReceiveBatch::datagram(std::size_t i) const {
    if ((headers_[i].msg_hdr.msg_flags & MSG_TRUNC) != 0) {
        return {};
    }
    return std::span(bytes_[i]).first(headers_[i].msg_len);
}

std::span<std::uint8_t> ReceiveBatch::bytes(std::size_t i) {
    return std::span(bytes_[i]).first(datagram(i).size());
}

Endpoint ReceiveBatch::from(std::size_t i) const {
    return {addresses_[i], headers_[i].msg_hdr.msg_namelen};
}

Endpoint ReceiveBatch::local(std::size_t i) const {
    // CMSG_NXTHDR wants what it does not write to.
    msghdr header = headers_[i].msg_hdr;
    for (cmsghdr* each = CMSG_FIRSTHDR(&header); each != nullptr;
         each = CMSG_NXTHDR(&header, each)) {
        if (each->cmsg_level == IPPROTO_IP && each->cmsg_type == IP_PKTINFO) {
            in_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(each), sizeof info);
            return Endpoint::from(info.ipi_addr, 0);
        }
        if (each->cmsg_level == IPPROTO_IPV6 && each->cmsg_type == IPV6_PKTINFO) {
            in6_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(each), sizeof info);
            return Endpoint::from(info.ipi6_addr, 0);
        }
    }
    return {};
}

void tell_local(int fd, bool ipv6) {
    constexpr int on = 1;
    if (ipv6) {
        ::setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
    } else {
        ::setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    }
}

void send_datagram_from(int fd, const Endpoint& local, const Endpoint& to,
                        std::span<const std::uint8_t> datagram) {
    if (!local.known() || local.is_ipv6() != to.is_ipv6()) {
        send_datagram(fd, to, datagram, {});
        return;
    }
    alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof(in6_pktinfo))> control{};
    in_pktinfo v4{};
    in6_pktinfo v6{};
    v4.ipi_spec_dst = local.ipv4();
    v6.ipi6_addr = local.ipv6();
    const std::size_t size = local.is_ipv6() ? sizeof v6 : sizeof v4;
    Endpoint target = to;
    iovec part = {const_cast<std::uint8_t*>(datagram.data()), datagram.size()};
    msghdr message{};
    message.msg_name = target.address();
    message.msg_namelen = target.length();
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(size);
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = local.is_ipv6() ? IPPROTO_IPV6 : IPPROTO_IP;
    header->cmsg_type = local.is_ipv6() ? IPV6_PKTINFO : IP_PKTINFO;
    header->cmsg_len = CMSG_LEN(size);
    if (local.is_ipv6()) {
        std::memcpy(CMSG_DATA(header), &v6, size);
    } else {
        std::memcpy(CMSG_DATA(header), &v4, size);
    }
    (void)::sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void send_datagram(int fd, const Endpoint& to, std::span<const std::uint8_t> head,
                   std::span<const std::uint8_t> payload) {
    // sendmsg does not write through these pointers.
    std::array<iovec, 2> parts = {iovec{const_cast<std::uint8_t*>(head.data()), head.size()},
                                  iovec{const_cast<std::uint8_t*>(payload.data()), payload.size()}};
    Endpoint target = to;
    msghdr message{};
    message.msg_name = target.address();
    message.msg_namelen = target.length();
    message.msg_iov = parts.data();
    message.msg_iovlen = payload.empty() ? 1 : 2;
    (void)::sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

}  // namespace linka::media
