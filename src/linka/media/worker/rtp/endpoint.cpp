#include "linka/media/worker/rtp/endpoint.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

#include <arpa/inet.h>

namespace linka::media {

// A union has one member. NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
Endpoint::Endpoint(const sockaddr_storage& address, socklen_t length) {
    v6_ = {};
    any_.sa_family = AF_UNSPEC;
    if ((address.ss_family == AF_INET && length >= sizeof v4_) ||
        (address.ss_family == AF_INET6 && length >= sizeof v6_)) {
        std::memcpy(&v6_, &address, std::min<std::size_t>(length, sizeof v6_));
    }
}

Endpoint Endpoint::from(const in_addr& ip, int port) {
    Endpoint endpoint;
    endpoint.v6_ = {};
    endpoint.v4_.sin_family = AF_INET;
    endpoint.v4_.sin_port = htons(static_cast<std::uint16_t>(port));
    endpoint.v4_.sin_addr = ip;
    return endpoint;
}

Endpoint Endpoint::from(const in6_addr& ip, int port) {
    Endpoint endpoint;
    endpoint.v6_ = {};
    endpoint.v6_.sin6_family = AF_INET6;
    endpoint.v6_.sin6_port = htons(static_cast<std::uint16_t>(port));
    endpoint.v6_.sin6_addr = ip;
    return endpoint;
}

std::optional<Endpoint> Endpoint::from(std::string_view ip, int port) {
    if (port < 0 || port > 65535 || ip.size() >= INET6_ADDRSTRLEN) {
        return std::nullopt;
    }
    const std::string text(ip);
    Endpoint endpoint;
    endpoint.v6_ = {};
    if (::inet_pton(AF_INET, text.c_str(), &endpoint.v4_.sin_addr) == 1) {
        endpoint.v4_.sin_family = AF_INET;
        endpoint.v4_.sin_port = htons(static_cast<std::uint16_t>(port));
        return endpoint;
    }
    endpoint.v6_ = {};
    if (::inet_pton(AF_INET6, text.c_str(), &endpoint.v6_.sin6_addr) == 1) {
        endpoint.v6_.sin6_family = AF_INET6;
        endpoint.v6_.sin6_port = htons(static_cast<std::uint16_t>(port));
        return endpoint;
    }
    return std::nullopt;
}

const sockaddr* Endpoint::address() const {
    return &any_;
}

sockaddr* Endpoint::address() {
    return &any_;
}

socklen_t Endpoint::length() const {
    return is_ipv6() ? sizeof v6_ : sizeof v4_;
}

int Endpoint::port() const {
    // The port lies at the same place in both.
    return known() ? ntohs(v4_.sin_port) : 0;
}

bool Endpoint::is_unspecified() const {
    return is_ipv6() ? IN6_IS_ADDR_UNSPECIFIED(&v6_.sin6_addr) : v4_.sin_addr.s_addr == INADDR_ANY;
}

bool Endpoint::same_host(const Endpoint& other) const {
    if (any_.sa_family != other.any_.sa_family) {
        return false;
    }
    return is_ipv6() ? std::memcmp(&v6_.sin6_addr, &other.v6_.sin6_addr, sizeof v6_.sin6_addr) == 0
                     : v4_.sin_addr.s_addr == other.v4_.sin_addr.s_addr;
}

bool Endpoint::operator==(const Endpoint& other) const {
    return same_host(other) && v4_.sin_port == other.v4_.sin_port;
}

std::size_t Endpoint::hash() const {
    const auto* bytes = is_ipv6() ? reinterpret_cast<const char*>(&v6_.sin6_addr)
                                  : reinterpret_cast<const char*>(&v4_.sin_addr);
    const std::size_t size = is_ipv6() ? sizeof v6_.sin6_addr : sizeof v4_.sin_addr;
    return std::hash<std::string_view>()({bytes, size}) * 31 + static_cast<std::size_t>(port());
}

std::string Endpoint::text() const {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    if (is_ipv6()) {
        ::inet_ntop(AF_INET6, &v6_.sin6_addr, buffer.data(), buffer.size());
    } else {
        ::inet_ntop(AF_INET, &v4_.sin_addr, buffer.data(), buffer.size());
    }
    return text::format("{}:{}", buffer.data(), port());
}

}  // namespace linka::media
