// Timers of the SIP thread, on the monotonic clock given by the caller.
#pragma once

#include "linka/base/time.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

namespace linka::sip {

class Timers {
  public:
    using Id = std::uint64_t;  // 0 is never given out

    Id at(Instant when, std::function<void()> work) {
        const Id id = ++last_;
        when_.emplace(id, when);
        work_.emplace(std::pair{when, id}, std::move(work));
        return id;
    }
    /// Nothing happens if it has fired or is 0.
    void cancel(Id id) {
        const auto found = when_.find(id);
        if (found != when_.end()) {
            work_.erase({found->second, id});
            when_.erase(found);
        }
    }
    /// When the next one is due; Instant::never() if there is none.
    [[nodiscard]] Instant next() const {
        return work_.empty() ? Instant::never() : work_.begin()->first.first;
    }
    /// Runs what is due, oldest first.
    void run(Instant now) {
        while (!work_.empty() && work_.begin()->first.first <= now) {
            auto node = work_.extract(work_.begin());
            when_.erase(node.key().second);
            node.mapped()();
        }
    }

  private:
    Id last_ = 0;
    std::map<std::pair<Instant, Id>, std::function<void()>> work_;
    std::unordered_map<Id, Instant> when_;
};

}  // namespace linka::sip
