// The accounts and trunks that the port knows now.
#pragma once

#include "linka/sip/addresses.hpp"
#include "linka/sip/port.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linka::sip {

class Directory {
  public:
    void set_accounts(std::vector<Account> accounts) {
        accounts_.clear();
        for (Account& account : accounts) {
            std::string name = account.name;
            accounts_.emplace(std::move(name), std::move(account));
        }
    }
    void set_emergency(std::vector<std::string> numbers) { emergency_ = std::move(numbers); }
    void set_trunks(std::vector<Trunk> trunks) { trunks_ = std::move(trunks); }

    /// Null if there is none.
    [[nodiscard]] const Account* account(std::string_view name) const {
        const auto found = accounts_.find(name);
        return found == accounts_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] const Trunk* trunk(std::string_view name) const {
        for (const Trunk& trunk : trunks_) {
            if (trunk.name == name) {
                return &trunk;
            }
        }
        return nullptr;
    }
    /// The first trunk that calls from this IP address.
    [[nodiscard]] const Trunk* trunk_at(std::string_view address) const {
        for (const Trunk& trunk : trunks_) {
            for (const std::string& known : trunk.addresses) {
                if (same_address(known, address)) {
                    return &trunk;
                }
            }
            const auto registrar = registrars_.find(trunk.name);
            if (registrar != registrars_.end() && same_address(registrar->second, address)) {
                return &trunk;
            }
        }
        return nullptr;
    }
    /// The IP address that a trunk registers with, which calls from there, too; empty: none.
    void set_registrar(const std::string& trunk, const std::string& address) {
        if (address.empty()) {
            registrars_.erase(trunk);
        } else {
            registrars_[trunk] = address;
        }
    }

    [[nodiscard]] const std::vector<Trunk>& trunks() const { return trunks_; }
    [[nodiscard]] bool is_emergency(std::string_view number) const {
        return std::find(emergency_.begin(), emergency_.end(), number) != emergency_.end();
    }

  private:
    std::map<std::string, Account, std::less<>> accounts_;
    std::vector<std::string> emergency_;
    std::vector<Trunk> trunks_;
    std::map<std::string, std::string> registrars_;  // by trunk
};

}  // namespace linka::sip
