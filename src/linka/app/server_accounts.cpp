// Which telephones and trunks there are, with their passwords, for the SIP side.
#include "linka/api/auth/password.hpp"
#include "linka/app/server.hpp"
#include "linka/runtime/log.hpp"

#include <future>
#include <utility>

namespace linka::app {
namespace {

// When the passwords cannot be read, or the SIP side has no room: until then it keeps what it has.
constexpr Duration read_again_after = 5s;
constexpr Duration tell_again_after = 100ms;

}  // namespace

Result<Server::SipPasswords> Server::sip_passwords() {
    auto devices = store_->secrets(api::sip_kind);
    if (!devices) {
        return devices.error();
    }
    auto trunks = store_->secrets("trunk");
    if (!trunks) {
        return trunks.error();
    }
    return SipPasswords{std::move(*devices), std::move(*trunks)};
}

std::vector<sip::Account> Server::accounts(const SipPasswords& passwords) {
    std::vector<sip::Account> accounts;
    for (const auto& [id, device] : engine_->state().devices) {
        const auto password = passwords.devices.find(device.name);
        if (device.type == core::DeviceType::sip && !device.deactivated &&
            password != passwords.devices.end()) {
            accounts.push_back({device.name, password->second});
        }
    }
    return accounts;
}

std::vector<sip::Trunk> Server::trunks(const SipPasswords& passwords) {
    std::vector<sip::Trunk> trunks;
    for (const core::Trunk& record : engine_->state().settings.trunks) {
        sip::Trunk trunk;
        trunk.name = record.name;
        trunk.addresses = record.addresses;
        trunk.host = record.host;
        trunk.port = record.port;
        trunk.transport = static_cast<sip::Transport>(record.transport);
        trunk.username = record.username;
        const auto password = passwords.trunks.find(record.name);
        if (password != passwords.trunks.end()) {
            trunk.password = password->second;
        }
        trunks.push_back(std::move(trunk));
    }
    return trunks;
}

// On the core's thread. The store is read on another one: calls do not wait for the disk.
void Server::tell_registrar() {
    if (reading_.valid() && reading_.wait_for(0s) != std::future_status::ready) {
        read_again_ = true;
        return;
    }
    reading_ = std::async(std::launch::async, [this] {
        auto passwords = sip_passwords();
        if (!loop_.post([this, passwords = std::move(passwords)] { tell_registrar(passwords); })) {
            log::error("the registrar could not be told of changed accounts; save them again");
        }
    });
}

void Server::tell_registrar(const Result<SipPasswords>& passwords) {
    if (!passwords) {
        // An empty list would unregister every telephone: the SIP side goes on with the old one.
        log::error("SIP passwords cannot be read; telephones keep those they have",
                   {{"reason", passwords.error().text}});
        loop_.after(read_again_after, [this] { tell_registrar(); });
        return;
    }
    if (std::exchange(read_again_, false)) {
        loop_.after(0s, [this] { tell_registrar(); });
        return;
    }
    const core::Settings& settings = engine_->state().settings;
    if (!sip_->send(sip::SetAccounts{accounts(*passwords), settings.emergency}) ||
        !sip_->send(sip::SetTrunks{trunks(*passwords)})) {
        loop_.after(tell_again_after, [this] { tell_registrar(); });
    }
}

void Server::accounts_changed() {
    if (!loop_.post([this] { tell_registrar(); })) {
        log::error("the registrar could not be told of changed accounts; save them again");
    }
}

}  // namespace linka::app
