// What an administrator should hear about a running server before the users do.
#pragma once

#include "linka/api/ports.hpp"
#include "linka/base/time.hpp"
#include "linka/runtime/heartbeat.hpp"

#include <string>
#include <vector>

namespace linka::app {

struct HealthFacts {
    std::vector<runtime::Heartbeat::State> threads;
    Instant now;            // steady
    std::string trouble;    // of the store
    std::string parked;     // the same
    std::string directory;  // of the data
};

/// Below this the disk counts as nearly full: a day of recordings of a small company.
constexpr std::int64_t disk_free_min = 1LL << 30;

/// A thread that has not come round for as long stands still: calls or pages wait for it.
constexpr Duration standstill = 2s;

api::Health::Report report_health(const HealthFacts& facts);

}  // namespace linka::app
