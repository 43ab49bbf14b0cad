#include "linka/sip/addresses.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/fd.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace linka::sip {
namespace {

// Sixteen bytes; IPv4 as ::ffff:a.b.c.d.
using Bytes = std::array<unsigned char, 16>;

std::optional<Bytes> parse(std::string_view host) {
    const std::string text(host);
    Bytes bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
        return bytes;
    }
    bytes.fill(0);
    bytes[10] = 0xff;
    bytes[11] = 0xff;
    if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) {
        return bytes;
    }
    return std::nullopt;
}

bool is_ip4(const Bytes& bytes) {
    static constexpr std::array<unsigned char, 12> prefix = {0, 0, 0, 0, 0,    0,
                                                             0, 0, 0, 0, 0xff, 0xff};
    return std::memcmp(bytes.data(), prefix.data(), prefix.size()) == 0;
}

}  // namespace

bool is_ip_address(std::string_view host) {
    return parse(host).has_value();
}

bool same_address(std::string_view a, std::string_view b) {
    const std::optional<Bytes> left = parse(a);
    const std::optional<Bytes> right = parse(b);
    return left && right ? *left == *right : text::equal_ignoring_case(a, b);
}

bool is_loopback(std::string_view host) {
    const std::optional<Bytes> bytes = parse(host);
    if (!bytes) {
        return false;
    }
    return is_ip4(*bytes) ? (*bytes)[12] == 127 : *bytes == *parse("::1");
}

bool is_private(std::string_view host) {
    const std::optional<Bytes> bytes = parse(host);
    if (!bytes) {
        return false;
    }
    const Bytes& b = *bytes;
    if (!is_ip4(b)) {
        return is_loopback(host) || (b[0] & 0xfeU) == 0xfc ||
               (b[0] == 0xfe && (b[1] & 0xc0U) == 0x80);
    }
    return b[12] == 10 || b[12] == 127 || (b[12] == 192 && b[13] == 168) ||
           (b[12] == 172 && (b[13] & 0xf0U) == 16) || (b[12] == 100 && (b[13] & 0xc0U) == 64) ||
           (b[12] == 169 && b[13] == 254);
}

std::string network_of(std::string_view host) {
    std::optional<Bytes> bytes = parse(host);
    if (!bytes || is_ip4(*bytes)) {
        return std::string(host);
    }
    std::fill(bytes->begin() + 8, bytes->end(), 0);
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(AF_INET6, bytes->data(), text.data(), text.size());
    return std::string(text.data()) + "/64";
}

const std::string& LocalAddresses::towards(const std::string& peer) {
    constexpr std::size_t known_max = 1000;
    const auto found = known_.find(peer);
    if (found != known_.end()) {
        return found->second;
    }
    if (known_.size() >= known_max) {
        known_.clear();
    }
    std::string& answer = known_[peer];
    // A connected UDP socket sends nothing but knows its own address.
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    const bool is_v6 = peer.find(':') != std::string::npos;
    v4.sin_family = AF_INET;
    v4.sin_port = htons(9);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(9);
    const int parsed = is_v6 ? inet_pton(AF_INET6, peer.c_str(), &v6.sin6_addr)
                             : inet_pton(AF_INET, peer.c_str(), &v4.sin_addr);
    const runtime::Fd fd(socket(is_v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (parsed != 1 || !fd) {
        return answer;
    }
    auto* address = is_v6 ? reinterpret_cast<sockaddr*>(&v6) : reinterpret_cast<sockaddr*>(&v4);
    socklen_t size = is_v6 ? sizeof v6 : sizeof v4;
    if (connect(fd.get(), address, size) != 0 || getsockname(fd.get(), address, &size) != 0) {
        return answer;
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* raw = is_v6 ? static_cast<const void*>(&v6.sin6_addr) : &v4.sin_addr;
    if (inet_ntop(is_v6 ? AF_INET6 : AF_INET, raw, text.data(), text.size()) != nullptr) {
        answer = text.data();
    }
    return answer;
}

}  // namespace linka::sip
