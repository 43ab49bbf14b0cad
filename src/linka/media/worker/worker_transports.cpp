// The worker's ports: a pair for each leg of a SIP peer, one for all web phones of a local address.
#include "linka/base/text.hpp"
#include "linka/media/worker/plain_transport.hpp"
#include "linka/media/worker/web/web_transport.hpp"
#include "linka/media/worker/worker.hpp"
#include "linka/runtime/log.hpp"

namespace linka::media {
namespace {

// Where browsers are told to reach us, best first. A socket on the loopback address is reached by
// browsers of this machine whatever address theirs has.
std::vector<std::string> candidate_addresses(const LegOpen& request) {
    std::vector<std::string> addresses;
    for (const std::string& address : {request.advertise, request.address}) {
        const auto endpoint = Endpoint::from(address, 0);
        if (endpoint && !endpoint->is_unspecified() &&
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
    auto sockets = ports_.open(request.address);
    if (!sockets) {
        return sockets.error();
    }
    const std::string& advertise = request.advertise.empty() ? request.address : request.advertise;
    return std::unique_ptr<Transport>(
        std::make_unique<PlainTransport>(loop_, batch_, std::move(*sockets), advertise));
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
    auto opened = WebPort::open(loop_, batch_, std::move(*sockets));
    if (!opened) {
        return opened.error();
    }
    log::info("port of web phones", {{"address", address}, {"port", (*opened)->port()}});
    return web_ports_.emplace(address, std::move(*opened)).first->second.get();
}

}  // namespace linka::media
