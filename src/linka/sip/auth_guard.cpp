#include "linka/sip/auth_guard.hpp"

#include <algorithm>

namespace linka::sip {

AuthGuard::Lock AuthGuard::locked(const std::string& network, const std::string& account,
                                  Instant now) const {
    const auto is_locked = [&](const Key& key) {
        const auto found = entries_.find(key);
        return found != entries_.end() && found->second.locked_until > now;
    };
    if (is_locked({network, account}) || is_locked({network, {}})) {
        return Lock::source;
    }
    return is_locked({{}, account}) ? Lock::account : Lock::none;
}

bool AuthGuard::failed(const std::string& network, const std::string& account, Instant now) {
    const bool pair = count({network, account}, pair_failures_max, now);
    const bool source = count({network, {}}, network_failures_max, now);
    const bool everywhere = count({{}, account}, account_failures_max, now);
    return pair || source || everywhere;
}

void AuthGuard::succeeded(const std::string& network, const std::string& account) {
    entries_.erase({network, account});
}

bool AuthGuard::count(const Key& key, int failures_max, Instant now) {
    if (!entries_.contains(key) && entries_.size() >= entries_max) {
        forget_oldest();
    }
    Entry& entry = entries_[key];
    if (now - entry.last > window) {
        entry.failures = 0;
    }
    entry.last = now;
    ++entry.failures;
    if (entry.failures < failures_max) {
        return false;
    }
    entry.failures = 0;
    entry.locked_until = now + lock_time;
    return true;
}

void AuthGuard::forget_oldest() {
    // Once per failure beyond the limit; a scan of 10,000 entries is cheap beside the delay that
    // the guilty one waits.
    const auto oldest = std::min_element(
        entries_.begin(), entries_.end(),
        [](const auto& a, const auto& b) { return a.second.last < b.second.last; });
    entries_.erase(oldest);
}

}  // namespace linka::sip
