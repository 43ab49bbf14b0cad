#include "linka/app/address.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/fd.hpp"

#include <csignal>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace linka::app {
namespace {

// The socket address of an IP address and port; size 0 if it is none.
socklen_t socket_address(const std::string& address, int port, sockaddr_storage& out) {
    std::memset(&out, 0, sizeof out);
    sockaddr_in v4{};
    if (inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(static_cast<std::uint16_t>(port));
        std::memcpy(&out, &v4, sizeof v4);
        return sizeof v4;
    }
    sockaddr_in6 v6{};
    if (inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(static_cast<std::uint16_t>(port));
        std::memcpy(&out, &v6, sizeof v6);
        return sizeof v6;
    }
    return 0;
}

}  // namespace

Result<PortRange> parse_port_range(const std::string& range) {
    const auto dash = range.find('-');
    const auto low = text::to_int(range.substr(0, dash));
    const auto high = dash == std::string::npos ? low : text::to_int(range.substr(dash + 1));
    if (!low || !high || *low < 1024 || *high > 65535 || *high - *low < 99) {
        return fail(ErrorCode::invalid,
                    text::format("--rtp-ports {}: must be LO-HI within 1024-65535, at least 100 "
                                 "ports, e.g. 20000-29999",
                                 range),
                    "rtp-ports");
    }
    return PortRange{static_cast<int>(*low), static_cast<int>(*high)};
}

bool is_ip_address(const std::string& address) {
    sockaddr_storage storage{};
    return socket_address(address, 0, storage) != 0;
}

bool is_loopback(const std::string& address) {
    return address == "::1" || (is_ip_address(address) && address.starts_with("127."));
}

std::string for_uri(const std::string& address) {
    if (address == "0.0.0.0") {
        return "127.0.0.1";
    }
    if (address == "::") {
        return "[::1]";
    }
    return address.find(':') == std::string::npos ? address : text::format("[{}]", address);
}

std::string port_trouble(const std::string& address, int port, bool udp) {
    sockaddr_storage storage{};
    const socklen_t size = socket_address(address, port, storage);
    if (size == 0) {
        return "not an IP address";
    }
    const runtime::Fd fd(::socket(storage.ss_family, udp ? SOCK_DGRAM : SOCK_STREAM, 0));
    if (!fd) {
        return std::generic_category().message(errno);
    }
    const int on = 1;
    if (!udp) {
        ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    }
    if (storage.ss_family == AF_INET6) {
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    }
    sockaddr* generic = static_cast<sockaddr*>(static_cast<void*>(&storage));
    if (::bind(fd.get(), generic, size) == 0) {
        return {};
    }
    return std::generic_category().message(errno);
}

bool is_alive(int pid) {
    return pid > 0 && (::kill(pid, 0) == 0 || errno == EPERM);
}

std::string program_directory() {
    std::error_code failure;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", failure);
    return failure ? "." : path.parent_path().string();
}

}  // namespace linka::app
