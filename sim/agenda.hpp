// What is to happen when, on a clock that only moves when told. Equal instants happen in the order
// in which they were put down.
#pragma once

#include "linka/base/time.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace linka::sim {

class Agenda {
  public:
    using Deed = std::function<void()>;

    void put(Instant at, Deed deed) { deeds_.emplace(std::pair{at, next_++}, std::move(deed)); }
    /// Instant::never() if nothing is to come.
    [[nodiscard]] Instant next() const {
        return deeds_.empty() ? Instant::never() : deeds_.begin()->first.first;
    }
    /// Takes the first deed off; there must be one.
    Deed take() {
        Deed deed = std::move(deeds_.begin()->second);
        deeds_.erase(deeds_.begin());
        return deed;
    }
    [[nodiscard]] bool empty() const { return deeds_.empty(); }
    void clear() { deeds_.clear(); }

  private:
    std::map<std::pair<Instant, std::uint64_t>, Deed> deeds_;
    std::uint64_t next_ = 0;
};

}  // namespace linka::sim
