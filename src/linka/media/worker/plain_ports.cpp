#include "linka/media/worker/plain_ports.hpp"

#include <algorithm>

namespace linka::media {

PlainPorts::PlainPorts(Datagrams& datagrams, PortRange& ports, OwnPorts& own)
    : datagrams_(datagrams), ports_(ports), own_(own) {
}

PlainPorts::~PlainPorts() {
    while (!resting_.empty()) {
        close_oldest();
    }
}

PlainPorts::Place PlainPorts::choose(const std::string& address, Instant now) {
    if (resting_.size() > resting_max) {
        return std::find_if(resting_.begin(), resting_.end(),
                            [&](const auto& port) { return port->address == address; });
    }
    const auto rested =
        std::partition_point(resting_.begin(), resting_.end(),
                             [&](const auto& port) { return now - port->left >= rest; });
    if (static_cast<std::size_t>(rested - resting_.begin()) < choice_min) {
        return resting_.end();
    }
    const auto count = static_cast<std::uint32_t>(rested - resting_.begin());
    const auto drawn = resting_.begin() + static_cast<std::ptrdiff_t>(unpredictable_below(count));
    // Nearly always all have one address.
    const auto found =
        std::find_if(drawn, rested, [&](const auto& port) { return port->address == address; });
    return found == rested ? resting_.end() : found;
}

std::unique_ptr<PlainPort> PlainPorts::use_again(Place place) {
    auto port = std::move(*place);
    resting_.erase(place);
    return port;
}

Result<std::unique_ptr<PlainPort>> PlainPorts::take(const std::string& address, Instant now) {
    if (const Place chosen = choose(address, now); chosen != resting_.end()) {
        return use_again(chosen);
    }
    const auto first = std::find_if(resting_.begin(), resting_.end(),
                                    [&](const auto& port) { return port->address == address; });
    const bool any = first != resting_.end();
    if (any && ports_.exhausted()) {
        return use_again(first);  // a small range: better soon than not at all
    }
    auto sockets = ports_.open(address);
    if (!sockets) {
        if (any) {
            return use_again(first);  // others have the rest of the range
        }
        return sockets.error();
    }
    auto port = std::make_unique<PlainPort>();
    port->sockets = std::move(*sockets);
    port->address = address;
    watch(*port);
    own_.add(port->sockets.port);
    own_.add(port->sockets.port + 1);
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
    ports_.closed();
    own_.remove(resting_.front()->sockets.port);
    own_.remove(resting_.front()->sockets.port + 1);
    datagrams_.unwatch(resting_.front()->sockets.rtp.get());
    datagrams_.unwatch(resting_.front()->sockets.rtcp.get());
    resting_.pop_front();
}

}  // namespace linka::media
