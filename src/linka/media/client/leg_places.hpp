// LegPlaces: which worker has which leg, and how many each has.
#pragma once

#include "linka/media/protocol/message.hpp"

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace linka::media {

using WorkerId = int;

class LegPlaces {
  public:
    explicit LegPlaces(int workers) : counts_(static_cast<std::size_t>(workers), 0) {}

    /// -1 if nobody has it.
    [[nodiscard]] WorkerId at(LegId leg) const {
        const auto found = places_.find(leg);
        return found == places_.end() ? -1 : found->second;
    }

    [[nodiscard]] int count(WorkerId worker) const {
        return counts_.at(static_cast<std::size_t>(worker));
    }

    void put(LegId leg, WorkerId worker) {
        erase(leg);
        places_.emplace(leg, worker);
        ++counts_.at(static_cast<std::size_t>(worker));
    }

    void erase(LegId leg) {
        if (const auto found = places_.find(leg); found != places_.end()) {
            --counts_.at(static_cast<std::size_t>(found->second));
            places_.erase(found);
        }
    }

    /// In the order of their numbers.
    [[nodiscard]] std::vector<LegId> of(WorkerId worker) const;

  private:
    std::unordered_map<LegId, WorkerId> places_;
    std::vector<int> counts_;  // by worker
};

}  // namespace linka::media
