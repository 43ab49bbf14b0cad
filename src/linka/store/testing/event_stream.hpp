// For tests and benchmarks: a day of a small contact centre as events, the same for the same seed.
// Plausible rather than exact: calls of every outcome, offers accepted, missed, rejected and
// withdrawn, hold, transfer, wrap-up, pauses, a back-office user, recordings and decisions.
#pragma once

#include "linka/core/journal/event.hpp"

#include <cstdint>
#include <vector>

namespace linka::store {

struct StreamOptions {
    std::uint64_t seed = 1;
    int calls = 100;
    int users = 6;         // ids 1.., names user1.., the last one back office
    int queues = 3;        // 6001.., the last one outbound
    Duration apart = 20s;  // mean time between calls
    Instant start{1'700'000'000'000'000};
};

std::vector<core::Record> event_stream(StreamOptions options);

}  // namespace linka::store
