#include "linka/media/worker/rtp/sockets.hpp"

#include "linka/base/assert.hpp"
#include "linka/base/text.hpp"

#include <cerrno>
#include <cstring>

#include <netinet/ip.h>
#include <unistd.h>

namespace linka::media {
namespace {

constexpr int draws = 16;  // of a port by lot, before all are tried in turn

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

std::uint32_t unpredictable_below(std::uint32_t count) {
    std::uint32_t number = 0;
    // Without random numbers no call is safe: the kernel has them, or the machine has not booted.
    LINKA_ASSERT(::getentropy(&number, sizeof number) == 0);
    return number % count;
}

PortRange::PortRange(int low, int high)
    : low_(low + (low & 1)), pairs_(std::max(0, (high - low_ + 1) / 2)) {
}

Result<SocketPair> PortRange::open(const std::string& address) {
    const auto local = Endpoint::from(address, 0);
    if (!local) {
        return fail(ErrorCode::invalid, text::format("'{}' is no IP address", address));
    }
    // A few draws find a free pair wherever many are; then every one is tried, from the last draw
    // on, so that the last free one is found, too.
    int place = 0;
    for (int tries = 0; tries < draws + pairs_ && pairs_ > 0; ++tries) {
        place = tries < draws
                    ? static_cast<int>(unpredictable_below(static_cast<std::uint32_t>(pairs_)))
                    : (place + 1) % pairs_;
        SocketPair pair;
        pair.port = low_ + 2 * place;
        pair.ipv6 = local->is_ipv6();
        int failure = 0;
        pair.rtp = bound_socket(*Endpoint::from(address, pair.port), failure);
        if (pair.rtp) {
            pair.rtcp = bound_socket(*Endpoint::from(address, pair.port + 1), failure);
        }
        if (pair.rtp && pair.rtcp) {
            ++open_;
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
    return local_of(headers_[i].msg_hdr);
}

void send_datagram(int fd, const Endpoint& to, std::span<const std::uint8_t> head,
                   std::span<const std::uint8_t> payload, const Endpoint& local) {
    // sendmsg does not write through these pointers.
    std::array<iovec, 2> parts = {iovec{const_cast<std::uint8_t*>(head.data()), head.size()},
                                  iovec{const_cast<std::uint8_t*>(payload.data()), payload.size()}};
    // Written by set_local(). NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    alignas(cmsghdr) std::array<std::uint8_t, control_bytes> control;
    Endpoint target = to;
    msghdr message{};
    message.msg_name = target.address();
    message.msg_namelen = target.length();
    message.msg_iov = parts.data();
    message.msg_iovlen = payload.empty() ? 1 : 2;
    set_local(message, local, control);
    (void)::sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

}  // namespace linka::media
