// Which telephones and trunks there are, with their passwords, for the SIP side.
#include "linka/api/auth/password.hpp"
#include "linka/api/device_digest.hpp"
#include "linka/api/trunk_options.hpp"
#include "linka/app/server.hpp"
#include "linka/runtime/log.hpp"

#include <utility>

namespace linka::app {

Result<SipPasswords> Server::sip_passwords() {
    auto devices = store_->secrets(api::sip_kind);
    if (!devices) {
        return devices.error();
    }
    auto trunks = store_->secrets(api::trunk_kind);
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
            accounts.push_back({device.name, password->second, api::is_md5_only(device)});
        }
    }
    return accounts;
}

std::vector<sip::Trunk> Server::trunks(const SipPasswords& passwords) {
    std::vector<sip::Trunk> trunks;
    for (const auto& [id, record] : engine_->state().trunks) {
        if (record.deactivated) {
            continue;
        }
        sip::Trunk trunk;
        trunk.name = record.name;
        trunk.addresses = record.addresses;
        trunk.host = record.host;
        trunk.port = record.port;
        trunk.transport = static_cast<sip::Transport>(record.transport);
        trunk.username = record.username;
        trunk.registers = api::registers(record);
        trunk.qualify = Duration(1s) * api::qualify_s(record);
        const auto password = passwords.trunks.find(record.name);
        if (password != passwords.trunks.end()) {
            trunk.password = password->second;
        }
        trunks.push_back(std::move(trunk));
    }
    return trunks;
}

AccountsTeller::Tell Server::tell_sip() {
    return [this](const SipPasswords& passwords) {
        return sip_->send(
                   sip::SetAccounts{accounts(passwords), engine_->state().settings.emergency}) &&
               sip_->send(sip::SetTrunks{trunks(passwords)});
    };
}

void Server::tell_registrar() {
    teller_->changed();
}

void Server::accounts_changed() {
    if (!loop_.post([this] { tell_registrar(); })) {
        log::error("the registrar could not be told of changed accounts; save them again");
    }
}

}  // namespace linka::app
