// Telephones that ask to register again and again and never answer the challenge: old ones that
// give up at an algorithm that they do not know (RFC 8760), or have no password. Somebody must be
// told; the request itself looks like the first half of any registration.
#pragma once

#include "linka/base/time.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace linka::sip {

class Unanswered {
  public:
    static constexpr int challenges_max = 6;  // without an answer: then it is said
    static constexpr Duration memory = 600s;  // older ones do not count; said again after it
    static constexpr std::size_t entries_max = 1000;  // beyond it the oldest is forgotten

    /// A challenge goes to that device; true if it is time to say that it never answers.
    bool challenged(const std::string& device, const std::string& address, Instant now) {
        const std::string key = device + " " + address;
        if (!entries_.contains(key) && entries_.size() >= entries_max) {
            entries_.erase(std::min_element(
                entries_.begin(), entries_.end(),
                [](const auto& a, const auto& b) { return a.second.since < b.second.since; }));
        }
        Entry& entry = entries_[key];
        if (now - entry.since > memory) {
            entry = Entry{now, 0};
        }
        return ++entry.challenges == challenges_max;
    }
    /// It sent credentials, right or wrong.
    void answered(const std::string& device, const std::string& address) {
        if (!entries_.empty()) {
            entries_.erase(device + " " + address);
        }
    }

  private:
    struct Entry {
        Instant since;
        int challenges = 0;
    };
    std::map<std::string, Entry> entries_;
};

}  // namespace linka::sip
