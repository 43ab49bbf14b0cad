// The simulator over many seeds, and that a seed is the same story each time.
#include "sim/random/run.hpp"

#include <gtest/gtest.h>

namespace linka::sim {
namespace {

/// Groups of seeds, so that a failure names its neighbourhood and time-outs stay useful.
class Seeds : public testing::TestWithParam<int> {};

constexpr unsigned seeds_per_group = 20;

TEST_P(Seeds, break_no_rule) {
    for (unsigned index = 0; index < seeds_per_group; ++index) {
        RunOptions options;
        options.seed = static_cast<std::uint64_t>(GetParam()) * seeds_per_group + index + 1;
        options.length = 2min;
        const RunResult result = run_seed(options);
        for (const std::string& finding : result.findings) {
            ADD_FAILURE() << "seed " << options.seed << ": " << finding
                          << "\n  again: linka-sim --minutes 2 --seed " << options.seed
                          << " --trace";
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Two_hundred, Seeds, testing::Range(0, 10));

TEST(Simulator, same_seed_same_story) {
    RunOptions options;
    options.seed = 7;
    options.length = 2min;
    const RunResult once = run_seed(options);
    options.trace = true;
    const RunResult again = run_seed(options);
    EXPECT_EQ(once.fingerprint, again.fingerprint);
    EXPECT_EQ(once.events, again.events);
    EXPECT_GT(once.callers, 3);
    options.seed = 8;
    EXPECT_NE(run_seed(options).fingerprint, once.fingerprint);
}

}  // namespace
}  // namespace linka::sim
