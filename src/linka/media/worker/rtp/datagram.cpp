#include "linka/media/worker/rtp/datagram.hpp"

#include <cstring>

#include <netinet/ip.h>

namespace linka::media {

void tell_local(int fd, bool ipv6) {
    constexpr int on = 1;
    if (ipv6) {
        ::setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
    } else {
        ::setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    }
}

Endpoint local_of(const msghdr& received) {
    msghdr header = received;  // CMSG_NXTHDR wants what it does not write to
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

void set_local(msghdr& message, const Endpoint& local, std::span<std::uint8_t> control) {
    const auto* target = static_cast<const sockaddr*>(message.msg_name);
    if (!local.known() || local.is_ipv6() != (target->sa_family == AF_INET6)) {
        return;
    }
    in_pktinfo v4{};
    in6_pktinfo v6{};
    std::size_t size = sizeof v4;
    if (local.is_ipv6()) {
        v6.ipi6_addr = local.ipv6();
        size = sizeof v6;
    } else {
        v4.ipi_spec_dst = local.ipv4();
    }
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
}

}  // namespace linka::media
