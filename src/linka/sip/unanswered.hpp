// Telephones that ask to register again and again and never answer the challenge: old ones that
// give up at an algorithm that they do not know (RFC 8760), or have no password. Somebody must be
// told; the request itself looks like the first half of any registration.
#pragma once

#include "linka/base/time.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace linka::sip {

class Unanswered {
  public:
    static constexpr int challenges_max = 6;  // without an answer: then it is said
    static constexpr Duration memory = 600s;  // who was silent for so long is counted anew
    static constexpr Duration pace = 30s;     // between two times that it is said of the same one
    static constexpr std::size_t entries_max = 1000;  // beyond it the longest silent is forgotten

    struct Count {
        int challenges = 0;
        Instant since;  // of the first of them
    };
    /// A challenge goes to that device; how often by now, if it is time to say that it never
    /// answers.
    std::optional<Count> challenged(const std::string& device, const std::string& address,
                                    Instant now) {
        const std::string key = device + " " + address;
        if (!entries_.contains(key) && entries_.size() >= entries_max) {
            entries_.erase(std::min_element(
                entries_.begin(), entries_.end(),
                [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
        }
        Entry& entry = entries_[key];
        if (now - entry.last > memory) {
            entry = Entry{};
            entry.count.since = now;
        }
        entry.last = now;
        if (++entry.count.challenges < challenges_max || now - entry.told < pace) {
            return std::nullopt;
        }
        entry.told = now;
        return entry.count;
    }
    /// It sent credentials, right or wrong.
    void answered(const std::string& device, const std::string& address) {
        if (!entries_.empty()) {
            entries_.erase(device + " " + address);
        }
    }

  private:
    struct Entry {
        Count count;
        Instant last;
        Instant told;
    };
    std::map<std::string, Entry> entries_;
};

}  // namespace linka::sip
