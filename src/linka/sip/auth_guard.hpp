// Counts wrong passwords. One address and account: after a few it is locked for a while. One
// address with many accounts (a scan): the whole address is. Successful log-ins clear the pair.
#pragma once

#include "linka/base/time.hpp"

#include <map>
#include <string>
#include <utility>

namespace linka::sip {

class AuthGuard {
  public:
    static constexpr int pair_failures_max = 5;
    static constexpr int address_failures_max = 100;
    static constexpr Duration window = 600s;  // failures older than this are forgotten
    static constexpr Duration lock_time = 300s;
    /// Addresses and pairs remembered; beyond it the one that failed longest ago is forgotten.
    static constexpr std::size_t entries_max = 10000;

    [[nodiscard]] bool locked(const std::string& address, const std::string& account,
                              Instant now) const;
    /// Counts one; true if that locked the pair or the address.
    bool failed(const std::string& address, const std::string& account, Instant now);
    void succeeded(const std::string& address, const std::string& account);

  private:
    struct Entry {
        int failures = 0;
        Instant last;
        Instant locked_until;
    };
    using Key = std::pair<std::string, std::string>;  // account empty: the address as a whole

    bool count(const Key& key, int failures_max, Instant now);
    void forget_oldest();

    std::map<Key, Entry> entries_;
};

}  // namespace linka::sip
