// Throttle: lock-out with growing delays after failures in a row, by key. Pure: time comes in. Not
// thread-safe.
#pragma once

#include "linka/base/time.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace linka::api {

struct ThrottleLimits {
    int free_attempts = 5;         // failures before the first delay
    Duration first_delay = 2s;     // doubled with every further failure
    Duration delay_max = 300s;     // small enough not to lock an owner out for long
    Duration forget_after = 900s;  // without a failure
    std::size_t entries_max = 10'000;
};

class Throttle {
  public:
    explicit Throttle(ThrottleLimits limits) : limits_(limits) {}

    /// How long `key` has to wait before its next attempt; zero: go on.
    [[nodiscard]] Duration wait(const std::string& key, Instant now) const;
    /// Counts a failure; gives the delay that follows. When the table is full, the entry that was
    /// quiet for longest is forgotten.
    Duration failed(const std::string& key, Instant now) {
        return failed(key, now, limits_.free_attempts);
    }
    /// With another number of free attempts.
    Duration failed(const std::string& key, Instant now, int free_attempts);
    /// Failures in a row that are not forgotten.
    [[nodiscard]] int failures(const std::string& key, Instant now) const;
    void succeeded(const std::string& key);

  private:
    struct Entry {
        int failures = 0;
        Instant last;
        Instant until;
    };
    void make_room(Instant now);

    ThrottleLimits limits_;
    std::map<std::string, Entry> entries_;
};

}  // namespace linka::api
