// One seed from opening to closing time, and what came of it.
#pragma once

#include "linka/base/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace linka::sim {

struct RunOptions {
    std::uint64_t seed = 1;
    Duration length = 4min;  // of virtual time with callers
    bool trace = false;      // keep everything, not only the tail
};

struct RunResult {
    std::uint64_t seed = 0;
    std::uint64_t fingerprint = 0;  // of all event texts
    std::size_t inputs = 0;
    std::size_t events = 0;
    int callers = 0;
    int restarts = 0;
    std::vector<std::string> findings;  // empty: nothing is wrong
    std::vector<std::string> trace;
    std::string rung;  // who was rung, in order: " AT/USER/DEVICE", or " AT/NUMBER"; AT in ms
};

RunResult run_seed(const RunOptions& options);

}  // namespace linka::sim
