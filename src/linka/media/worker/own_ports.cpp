#include "linka/media/worker/own_ports.hpp"

#include "linka/runtime/address_rule.hpp"
#include "linka/runtime/fd.hpp"

namespace linka::media {
namespace {

// Linux binds a socket to addresses of this machine alone, which costs less than to list them.
bool is_of_this_machine(const Endpoint& host) {
    const int family = host.is_ipv6() ? AF_INET6 : AF_INET;
    const runtime::Fd fd(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const Endpoint any_port =
        host.is_ipv6() ? Endpoint::from(host.ipv6(), 0) : Endpoint::from(host.ipv4(), 0);
    return fd && ::bind(fd.get(), any_port.address(), any_port.length()) == 0;
}

}  // namespace

OwnPorts::OwnPorts(std::span<const int> services) {
    for (const int port : services) {
        add(port);
    }
}

std::string_view OwnPorts::fault(const Endpoint& to, const Endpoint& advertised) const {
    const std::string_view host =
        to.is_ipv6() ? runtime::target_fault(to.ipv6()) : runtime::target_fault(to.ipv4());
    if (!host.empty()) {
        return host;
    }
    if (to.port() < peer_port_min) {
        return "a port below 1024";
    }
    const bool ours = ports_[static_cast<std::size_t>(to.port())] > 0 &&
                      (to.same_host(advertised) || is_of_this_machine(to));
    return ours ? "one of our own ports" : "";
}

}  // namespace linka::media
