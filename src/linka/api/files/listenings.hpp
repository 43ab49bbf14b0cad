// Listenings: when hearing a recording is noted. A browser plays one in many requests, from
// wherever the listener points, and again from its cache (304): all of these within a minute of
// each other are one listening, and none is without a note. Thread-safe.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/ids.hpp"

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace linka::api {

class Listenings {
  public:
    static constexpr Duration one_listening = 60s;      // without a request for as long: a new one
    static constexpr std::size_t entries_max = 10'000;  // beyond: forgotten, and so noted anew

    /// A request for audio; true if it begins a listening, which is to be noted.
    bool begins(core::UserId user, const std::string& recording, Instant now) {
        const std::lock_guard lock(mutex_);
        if (last_.size() >= entries_max) {
            std::erase_if(last_,
                          [&](const auto& entry) { return now - entry.second > one_listening; });
            if (last_.size() >= entries_max) {
                last_.clear();
            }
        }
        const auto [entry, fresh] = last_.try_emplace({user, recording}, now);
        const bool begins = fresh || now - entry->second > one_listening;
        entry->second = now;
        return begins;
    }

  private:
    std::mutex mutex_;
    std::map<std::pair<core::UserId, std::string>, Instant> last_;
};

}  // namespace linka::api
