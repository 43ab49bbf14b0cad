// Endpoint: an IPv4 or IPv6 address and port as the sockets want it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <netinet/in.h>
#include <sys/socket.h>

namespace linka::media {

class Endpoint {  // NOLINT(cppcoreguidelines-pro-type-member-init): a union has one member
  public:
    Endpoint() = default;  // NOLINT(cppcoreguidelines-pro-type-member-init): as above
    /// From what recvmsg wrote.
    Endpoint(const sockaddr_storage& address, socklen_t length);
    static Endpoint from(const in_addr& ip, int port);
    static Endpoint from(const in6_addr& ip, int port);
    /// Numeric addresses only: a name in a peer's SDP is not looked up on the media loop.
    static std::optional<Endpoint> from(std::string_view ip, int port);

    [[nodiscard]] const sockaddr* address() const;
    [[nodiscard]] sockaddr* address();
    [[nodiscard]] socklen_t length() const;
    /// The address itself; only if it is_ipv6(), or not.
    [[nodiscard]] const in6_addr& ipv6() const { return v6_.sin6_addr; }
    [[nodiscard]] const in_addr& ipv4() const { return v4_.sin_addr; }
    [[nodiscard]] bool known() const { return any_.sa_family != AF_UNSPEC; }
    [[nodiscard]] bool is_ipv6() const { return any_.sa_family == AF_INET6; }
    [[nodiscard]] int port() const;
    /// 0.0.0.0 or ::
    [[nodiscard]] bool is_unspecified() const;
    [[nodiscard]] bool same_host(const Endpoint& other) const;
    [[nodiscard]] std::string text() const;
    bool operator==(const Endpoint& other) const;
    [[nodiscard]] std::size_t hash() const;

  private:
    union {
        sockaddr any_{};
        sockaddr_in v4_;
        sockaddr_in6 v6_;
    };
};

struct EndpointHash {
    std::size_t operator()(const Endpoint& endpoint) const { return endpoint.hash(); }
};

}  // namespace linka::media
