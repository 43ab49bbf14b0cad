// What an administrator should hear about a running server before the users do.
#pragma once

#include "linka/api/ports.hpp"
#include "linka/base/time.hpp"
#include "linka/runtime/heartbeat.hpp"

#include <string>
#include <vector>

namespace linka::app {

struct HealthFacts {
    std::vector<runtime::Heartbeat::State> heartbeats;
    Instant now;               // steady
    std::string trouble;       // of the store
    std::string parked;        // the same
    std::string refused = {};  // the same
    Duration clock_off{};      // how much the machine's clock is ahead of ours
    std::string directory;     // of the data
};

/// Below this the disk counts as nearly full: a day of recordings of a small company.
constexpr std::int64_t disk_free_min = 1LL << 30;

/// Above this somebody has set the machine's clock; a time server corrects less.
constexpr Duration clock_off_max = 5s;

/// The name of the core's heartbeat.
inline constexpr const char* core_thread = "core";

/// A thread that has not come round for as long stands still: calls or pages wait for it. The same
/// for a media worker that does not answer.
constexpr Duration standstill = 2s;

api::Health::Report report_health(const HealthFacts& facts);

}  // namespace linka::app
