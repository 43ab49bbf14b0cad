// The worker's ports: a pair for each leg of a SIP peer, one for all web phones of a local address.
#include "linka/base/text.hpp"
#include "linka/media/worker/plain_transport.hpp"
#include "linka/media/worker/web/web_transport.hpp"
#include "linka/media/worker/worker.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

namespace linka::media {
namespace {

constexpr std::size_t candidates_max = 8;

// The machine's addresses of that family beyond loopback and the link (fe80::).
std::vector<std::string> own_addresses(bool ipv6) {
    std::vector<std::string> addresses;
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0) {
        return addresses;
    }
    for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
        if (each->ifa_addr == nullptr || (each->ifa_flags & (IFF_UP | IFF_LOOPBACK)) != IFF_UP ||
            each->ifa_addr->sa_family != (ipv6 ? AF_INET6 : AF_INET)) {
            continue;
        }
        std::array<char, INET6_ADDRSTRLEN> text{};
        sockaddr_in6 six{};
        sockaddr_in four{};
        if (ipv6) {
            std::memcpy(&six, each->ifa_addr, sizeof six);
            if (IN6_IS_ADDR_LINKLOCAL(&six.sin6_addr)) {
                continue;
            }
            ::inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size());
        } else {
            std::memcpy(&four, each->ifa_addr, sizeof four);
            ::inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size());
        }
        addresses.emplace_back(text.data());
    }
    ::freeifaddrs(first);
    return addresses;
}

// Where browsers are told to reach us, best first: as the request says, and by every address if we
// listen on all. A socket on the loopback address is reached by browsers of this machine whatever
// address theirs has.
std::vector<std::string> candidate_addresses(const LegOpen& request) {
    std::vector<std::string> asked = {request.advertise, request.address};
    const auto bound = Endpoint::from(request.address, 0);
    if (bound && bound->is_unspecified()) {
        const auto own = own_addresses(bound->is_ipv6());
        asked.insert(asked.end(), own.begin(), own.end());
        if (own.empty()) {  // no network: browsers of this machine alone
            asked.emplace_back(bound->is_ipv6() ? "::1" : "127.0.0.1");
        }
    }
    std::vector<std::string> addresses;
    for (const std::string& address : asked) {
        const auto endpoint = Endpoint::from(address, 0);
        if (endpoint && !endpoint->is_unspecified() && addresses.size() < candidates_max &&
            std::find(addresses.begin(), addresses.end(), address) == addresses.end()) {
            addresses.push_back(address);
        }
    }
    return addresses;
}

}  // namespace

Result<std::unique_ptr<Transport>> Worker::open_transport(const LegOpen& request) {
    if (request.web) {
        auto addresses = candidate_addresses(request);
        if (addresses.empty()) {
            return fail(ErrorCode::invalid, "there is no address that a browser could reach");
        }
        const auto port = web_port(request.address);
        if (!port) {
            return port.error();
        }
        return std::unique_ptr<Transport>(
            std::make_unique<WebTransport>(**port, std::move(addresses)));
    }
    auto port = plain_ports_.take(request.address, runtime::steady_now());
    if (!port) {
        return port.error();
    }
    PlainOptions options;
    options.advertise = request.advertise.empty() ? request.address : request.advertise;
    options.signalling = Endpoint::from(request.signalling, 0).value_or(Endpoint());
    options.unconfirmed = request.unconfirmed;
    options.srtp = request.srtp;
    return std::unique_ptr<Transport>(std::make_unique<PlainTransport>(
        plain_ports_, datagrams_, std::move(*port), std::move(options)));
}

Result<WebPort*> Worker::web_port(const std::string& address) {
    const auto found = web_ports_.find(address);
    if (found != web_ports_.end()) {
        return found->second.get();
    }
    if (web_ports_.size() >= web_ports_max) {
        return fail(ErrorCode::full,
                    text::format("web phones have {} ports; that is all", web_ports_max));
    }
    auto sockets = ports_.open(address);
    if (!sockets) {
        return sockets.error();
    }
    auto opened = WebPort::open(loop_, datagrams_, std::move(*sockets),
                                *Endpoint::from(address, 0));  // it was bound, so it is one
    if (!opened) {
        return opened.error();
    }
    own_ports_.add((*opened)->port());
    log::info("port of web phones", {{"address", address}, {"port", (*opened)->port()}});
    return web_ports_.emplace(address, std::move(*opened)).first->second.get();
}

}  // namespace linka::media
