#include "linka/api/auth/throttle.hpp"

#include <algorithm>

namespace linka::api {

Duration Throttle::wait(const std::string& key, Instant now) const {
    const auto found = entries_.find(key);
    return found == entries_.end() || found->second.until <= now ? Duration{}
                                                                 : found->second.until - now;
}

void Throttle::make_room(Instant now) {
    if (entries_.size() < limits_.entries_max) {
        return;
    }
    std::erase_if(entries_, [&](const auto& entry) {
        return now - entry.second.last > limits_.forget_after;
    });
    if (entries_.size() >= limits_.entries_max) {
        entries_.erase(std::min_element(
            entries_.begin(), entries_.end(),
            [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
    }
}

int Throttle::failures(const std::string& key, Instant now) const {
    const auto found = entries_.find(key);
    return found == entries_.end() || now - found->second.last > limits_.forget_after
               ? 0
               : found->second.failures;
}

Duration Throttle::failed(const std::string& key, Instant now, int free_attempts) {
    if (!entries_.contains(key)) {
        make_room(now);
    }
    Entry& entry = entries_[key];
    if (now - entry.last > limits_.forget_after) {
        entry = {};
    }
    entry.last = now;
    ++entry.failures;
    const int over = entry.failures - free_attempts;
    if (over < 0) {
        return {};
    }
    const Duration delay = limits_.first_delay * (std::int64_t{1} << std::min(over, 20));
    entry.until = now + std::min(delay, limits_.delay_max);
    return entry.until - now;
}

void Throttle::succeeded(const std::string& key) {
    entries_.erase(key);
}

}  // namespace linka::api
