#include "linka/app/demo/outside.hpp"

#include "linka/app/demo/cast.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace linka::app {
namespace {

// What the port knows the simulated public as.
constexpr const char* simulated_trunk = "loopback-simulated";
constexpr const char* loopback = "127.0.0.1";

// Is a UDP port of this machine free? Then nobody is there who would answer.
bool is_nobody_at(int port) {
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return false;
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, loopback, &address.sin_addr);
    const bool free = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    ::close(fd);
    return free;
}

// The leg that a command is about; 0: none.
sip::LegId leg_of(const sip::Command& command) {
    return std::visit(
        [](const auto& each) -> sip::LegId {
            if constexpr (requires { each.leg; }) {
                return each.leg;
            }
            return 0;
        },
        command);
}

}  // namespace

Outside::Outside(std::unique_ptr<sip::Port> port, std::vector<sip::Trunk> trunks)
    : port_(std::move(port)), trunks_(std::move(trunks)) {
}

bool Outside::is_for_public(const sip::Invite& invite) const {
    if (!expect_ || invite.trunk != public_trunk) {
        return false;
    }
    const auto trunk = std::find_if(trunks_.begin(), trunks_.end(), [](const sip::Trunk& each) {
        return each.name == public_trunk;
    });
    return trunk != trunks_.end() && trunk->host == loopback && is_nobody_at(trunk->port);
}

bool Outside::set_trunks(std::vector<sip::Trunk> trunks) {
    trunks_ = std::move(trunks);
    sip::SetTrunks all{trunks_};
    if (public_port_ != 0) {
        sip::Trunk simulated;
        simulated.name = simulated_trunk;
        simulated.host = loopback;
        simulated.port = public_port_;
        simulated.telephones_too = true;  // those of the demo's colleagues
        all.trunks.push_back(std::move(simulated));
    }
    return port_->send(std::move(all));
}

bool Outside::send(sip::Command command) {
    if (auto* trunks = std::get_if<sip::SetTrunks>(&command)) {
        return set_trunks(std::move(trunks->trunks));
    }
    const sip::LegId leg = leg_of(command);
    const auto held = held_.find(leg);
    if (held != held_.end()) {
        held->second.push_back(std::move(command));
        return true;
    }
    const auto* invite = std::get_if<sip::Invite>(&command);
    if (invite == nullptr || !is_for_public(*invite)) {
        return port_->send(std::move(command));
    }
    const std::string number = invite->number;
    held_[leg].push_back(std::move(command));
    expect_(number, [this, leg](int public_port) { go_on(leg, public_port); });
    return true;
}

void Outside::go_on(sip::LegId leg, int public_port) {
    auto held = held_.extract(leg);
    if (held.empty()) {
        return;
    }
    if (public_port != 0 && public_port != public_port_) {
        public_port_ = public_port;
        if (!set_trunks(trunks_)) {
            public_port_ = 0;
        }
    }
    if (public_port_ != 0 && public_port == public_port_) {
        std::get<sip::Invite>(held.mapped().front()).trunk = simulated_trunk;
    }
    for (sip::Command& command : held.mapped()) {
        if (!port_->send(std::move(command))) {
            log::error("SIP command lost", {{"leg", leg}});
        }
    }
}

}  // namespace linka::app
