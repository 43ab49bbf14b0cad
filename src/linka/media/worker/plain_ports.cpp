#include "linka/media/worker/plain_ports.hpp"

#include <algorithm>

namespace linka::media {

PlainPorts::PlainPorts(Datagrams& datagrams, PortRange& ports)
    : datagrams_(datagrams), ports_(ports) {
}

PlainPorts::~PlainPorts() {
    while (!resting_.empty()) {
        close_oldest();
    }
}

Result<std::unique_ptr<PlainPort>> PlainPorts::take(const std::string& address, Instant now) {
    const auto first = std::find_if(resting_.begin(), resting_.end(),
                                    [&](const auto& port) { return port->address == address; });
    const bool any = first != resting_.end();
    const auto use_again = [&] {
        auto port = std::move(*first);
        resting_.erase(first);
        return port;
    };
    if (any && (resting_.size() > resting_max || now - (*first)->left >= rest)) {
        return use_again();
    }
    auto sockets = ports_.open(address);
    if (!sockets) {
        if (any) {
            return use_again();  // a small range: better soon than not at all
        }
        return sockets.error();
    }
    auto port = std::make_unique<PlainPort>();
    port->sockets = std::move(*sockets);
    port->address = address;
    watch(*port);
    return port;
}

void PlainPorts::give_back(std::unique_ptr<PlainPort> port, Instant now) {
    port->user = nullptr;
    port->left = now;
    resting_.push_back(std::move(port));
}

void PlainPorts::each_second(Instant now) {
    while (!resting_.empty() && now - resting_.front()->left > kept) {
        close_oldest();
    }
}

void PlainPorts::watch(PlainPort& port) {
    datagrams_.watch(port.sockets.rtp.get(), [&port](const Datagram& datagram, Instant now) {
        if (port.user != nullptr) {
            port.user->at_rtp_port(datagram, now);
        }
    });
    datagrams_.watch(port.sockets.rtcp.get(), [&port](const Datagram& datagram, Instant now) {
        if (port.user != nullptr) {
            port.user->at_rtcp_port(datagram, now);
        }
    });
}

void PlainPorts::close_oldest() {
    datagrams_.unwatch(resting_.front()->sockets.rtp.get());
    datagrams_.unwatch(resting_.front()->sockets.rtcp.get());
    resting_.pop_front();
}

}  // namespace linka::media
