// Counts wrong passwords, of requests only that answered a challenge of ours, so that a forged
// source counts for nothing. One network (network_of()) and account: after a few it is locked for a
// while. One network with many accounts (a scan): all of it is. One account guessed at from many
// networks: it is locked for everybody whom the caller does not know otherwise (authenticator.cpp).
// A successful log-in clears the pair.
#pragma once

#include "linka/base/time.hpp"

#include <map>
#include <string>
#include <utility>

namespace linka::sip {

class AuthGuard {
  public:
    static constexpr int pair_failures_max = 5;
    static constexpr int network_failures_max = 100;
    static constexpr int account_failures_max = 50;
    static constexpr Duration window = 600s;  // failures older than this are forgotten
    static constexpr Duration lock_time = 300s;
    /// Networks, accounts and pairs remembered; beyond it the one that failed longest ago is
    /// forgotten.
    static constexpr std::size_t entries_max = 10000;

    enum class Lock {
        none,
        account,  // guessed at from many networks
        source    // this network guessed, at this account or at many
    };
    [[nodiscard]] Lock locked(const std::string& network, const std::string& account,
                              Instant now) const;
    /// Counts one; true if that locked something.
    bool failed(const std::string& network, const std::string& account, Instant now);
    void succeeded(const std::string& network, const std::string& account);

  private:
    struct Entry {
        int failures = 0;
        Instant last;
        Instant locked_until;
    };
    // Either may be empty: the network as a whole, the account from anywhere.
    using Key = std::pair<std::string, std::string>;

    bool count(const Key& key, int failures_max, Instant now);
    void forget_oldest();

    std::map<Key, Entry> entries_;
};

}  // namespace linka::sip
