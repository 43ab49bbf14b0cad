// Telephones that ask to register and never answer the challenge, as people should hear of them:
// the last that asked so for each device. Kept in memory only; the SIP side counts anew after a
// start. Thread-safe: the core's thread writes, the API reads.
#pragma once

#include "linka/base/time.hpp"

#include <map>
#include <mutex>
#include <string>

namespace linka::voice {

struct SilentTelephone {
    int times = 0;  // that it asked
    Instant since;
    Instant last;
    std::string address;  // it has proved nothing: anybody may ask in a device's name
    std::string user_agent;
};

class SilentTelephones {
  public:
    /// So long after it asked for the last time nobody need hear of it any more.
    static constexpr Duration memory = 3600s;

    using Table = std::map<std::string, SilentTelephone>;  // by device

    /// `device` exists: so there are never more than devices.
    void asked(const std::string& device, SilentTelephone telephone) {
        const std::lock_guard lock(mutex_);
        table_[device] = std::move(telephone);
    }
    /// It has answered, or has gone.
    void forget(const std::string& device) {
        const std::lock_guard lock(mutex_);
        table_.erase(device);
    }
    Table table(Instant now) {
        const std::lock_guard lock(mutex_);
        std::erase_if(table_, [&](const auto& each) { return now - each.second.last > memory; });
        return table_;
    }

  private:
    std::mutex mutex_;
    Table table_;
};

}  // namespace linka::voice
