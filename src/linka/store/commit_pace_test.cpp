// Urgent or not, a busy store begins a transaction every 4 ms at most in the long run.
#include "linka/store/commit_pace.hpp"

#include <gtest/gtest.h>

namespace linka::store {
namespace {

using std::chrono::milliseconds;

// Commits for a second whenever it may; what is waited for is urgent for so many of each hundred.
int commits_in_a_second(int urgent_percent) {
    CommitPace pace;
    const CommitPace::Time start(std::chrono::hours(1));
    int commits = 0;
    for (CommitPace::Time now = start; now < start + std::chrono::seconds(1);
         now += milliseconds(1)) {
        if (now >= pace.next(commits % 100 < urgent_percent)) {
            pace.begins(now);
            ++commits;
        }
    }
    return commits;
}

TEST(CommitPace, FewerTransactionsWhenNothingIsUrgent) {
    EXPECT_EQ(commits_in_a_second(0), 125);
    EXPECT_NEAR(commits_in_a_second(100), 250, 4);
    EXPECT_LE(commits_in_a_second(50), 252);
}

TEST(CommitPace, WhatIsUrgentGoesFirstWhileThereIsTimeToTake) {
    CommitPace pace;
    CommitPace::Time now(std::chrono::hours(1));
    EXPECT_LE(pace.next(false), now);  // a quiet store: at once
    pace.begins(now);
    EXPECT_EQ(pace.next(false), now + milliseconds(8));
    EXPECT_LE(pace.next(true), now);  // three in a row, then it waits as well
    pace.begins(now);
    EXPECT_LE(pace.next(true), now);
    pace.begins(now);
    EXPECT_LE(pace.next(true), now);
    pace.begins(now);
    EXPECT_EQ(pace.next(true), now + milliseconds(4));
    EXPECT_EQ(pace.next(false), now + milliseconds(16));
}

}  // namespace
}  // namespace linka::store
