// Urgent or not, a busy store begins a transaction every 4 ms at most in the long run, a very busy
// one every 10 ms.
#include "linka/store/commit_pace.hpp"

#include <cstdint>

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
            pace.begins(now, 1);
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

// A store to which so many urgent events come: how many transactions it makes in its third second.
int commits_at(int events_a_second) {
    CommitPace pace;
    const CommitPace::Time start(std::chrono::hours(1));
    int commits = 0;
    std::int64_t taken = 0;
    for (int ms = 0; ms < 3000; ++ms) {
        const CommitPace::Time now = start + milliseconds(ms);
        const std::int64_t given = std::int64_t{events_a_second} * ms / 1000;
        if (given > taken && now >= pace.next(true)) {
            pace.begins(now, static_cast<std::size_t>(given - taken));
            taken = given;
            commits += ms >= 2000 ? 1 : 0;
        }
    }
    return commits;
}

TEST(CommitPace, TheMoreThereIsToWriteTheFewerTransactions) {
    EXPECT_EQ(commits_at(100), 100);
    EXPECT_NEAR(commits_at(4900), 250, 6);
    EXPECT_NEAR(commits_at(7000), 143, 10);
    EXPECT_NEAR(commits_at(20'000), 100, 4);
}

TEST(CommitPace, AQuietStoreIsQuickAgain) {
    CommitPace pace;
    CommitPace::Time now(std::chrono::hours(1));
    for (int i = 0; i < 100; ++i) {
        pace.begins(now, 100);
        now += milliseconds(10);
    }
    EXPECT_EQ(pace.next(false), now - milliseconds(10) + milliseconds(20));
    now += std::chrono::seconds(2);
    pace.begins(now, 1);
    EXPECT_EQ(pace.next(false), now + milliseconds(8));
}

TEST(CommitPace, WhatIsUrgentGoesFirstWhileThereIsTimeToTake) {
    CommitPace pace;
    CommitPace::Time now(std::chrono::hours(1));
    EXPECT_LE(pace.next(false), now);  // a quiet store: at once
    pace.begins(now, 1);
    EXPECT_EQ(pace.next(false), now + milliseconds(8));
    EXPECT_LE(pace.next(true), now);  // three in a row, then it waits as well
    pace.begins(now, 1);
    EXPECT_LE(pace.next(true), now);
    pace.begins(now, 1);
    EXPECT_LE(pace.next(true), now);
    pace.begins(now, 1);
    EXPECT_EQ(pace.next(true), now + milliseconds(4));
    EXPECT_EQ(pace.next(false), now + milliseconds(16));
}

}  // namespace
}  // namespace linka::store
