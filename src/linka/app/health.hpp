// What an administrator should hear about a running server before the users do.
#pragma once

#include "linka/api/ports.hpp"

#include <string>

namespace linka::app {

struct HealthFacts {
    std::string trouble;    // of the store
    std::string directory;  // of the data
};

/// Below this the disk counts as nearly full: a day of recordings of a small company.
constexpr std::int64_t disk_free_min = 1LL << 30;

api::Health::Report report_health(const HealthFacts& facts);

}  // namespace linka::app
