// What is known of trunks, for people to read.
#pragma once

#include "linka/sip/port.hpp"

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace linka::voice {

/// Thread-safe. As many as there were trunks since the start that had something to tell.
class TrunkStates {
  public:
    using Table = std::map<std::string, sip::TrunkState>;  // by trunk

    void told(sip::TrunkState state) {
        const std::lock_guard lock(mutex_);
        std::string trunk = state.trunk;
        table_.insert_or_assign(std::move(trunk), std::move(state));
    }
    [[nodiscard]] Table table() const {
        const std::lock_guard lock(mutex_);
        return table_;
    }

  private:
    mutable std::mutex mutex_;
    Table table_;
};

}  // namespace linka::voice
