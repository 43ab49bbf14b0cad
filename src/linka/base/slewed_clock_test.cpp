// Goal: real seconds count, whatever is done to the machine's clock; and it is followed in the end.
#include "linka/base/slewed_clock.hpp"

#include <random>

#include <gtest/gtest.h>

namespace linka {
namespace {

constexpr Instant zero{1'000};
constexpr Instant noon{1'767'614'400'000'000};

TEST(SlewedClock, GoesOnByElapsedTime) {
    const SlewedClock clock(zero, noon);
    EXPECT_EQ(clock.at(zero), noon);
    EXPECT_EQ(clock.at(zero + 1h), noon + 1h);
    EXPECT_EQ(clock.until(zero + 1min, noon + 3min), 2min);
    EXPECT_EQ(clock.until(zero + 5min, noon + 3min), 0s);
}

TEST(SlewedClock, AnHourBackIsWalkedInAHundred) {
    SlewedClock clock(zero, noon);
    clock.see(zero + 10s, noon + 10s - 1h);
    EXPECT_EQ(clock.at(zero + 10s), noon + 10s);
    EXPECT_EQ(clock.at(zero + 30s), noon + 30s - 200ms);  // a ring time of 20 s is one of 19.8
    EXPECT_EQ(clock.off(zero + 10s), -1h);
    EXPECT_EQ(clock.at(zero + 10s + 99h), noon + 10s + 99h - 59min - 24s);
    EXPECT_EQ(clock.at(zero + 10s + 101h), noon + 10s + 100h);
    EXPECT_EQ(clock.off(zero + 10s + 101h), 0s);
}

TEST(SlewedClock, AnHourAheadMakesNothingDue) {
    SlewedClock clock(zero, noon);
    clock.see(zero, noon + 1h);
    EXPECT_EQ(clock.at(zero + 20s), noon + 20s + 200ms);
    EXPECT_EQ(clock.at(zero + 101h), noon + 102h);
}

TEST(SlewedClock, WhatIsWrittenDownIsPast) {
    SlewedClock clock(zero, noon);
    clock.not_before(zero, noon - 1min);
    EXPECT_EQ(clock.at(zero), noon);
    clock.not_before(zero, noon + 1min);
    EXPECT_EQ(clock.at(zero), noon + 1min);
    EXPECT_EQ(clock.off(zero), -1min);
    EXPECT_LT(clock.at(zero + 10s), noon + 1min + 10s);  // it walks back
}

// Whatever is seen, time never runs backwards, runs by at most a hundredth too fast or too slow,
// and until() names the first moment at which a time has come.
TEST(SlewedClock, KeepsItsWordUnderAnySteps) {
    std::mt19937_64 random(7);
    const auto some = [&](std::int64_t most) {
        return Duration{static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most))};
    };
    SlewedClock clock(zero, noon);
    Instant elapsed = zero;
    Instant before = noon;
    for (int round = 0; round < 2'000; ++round) {
        const Duration passed = some(120'000'000);
        elapsed = elapsed + passed;
        const Instant now = clock.at(elapsed);
        EXPECT_GE(now - before, passed - passed / 100 - 2us);
        EXPECT_LE(now - before, passed + passed / 100 + 2us);
        if (random() % 4 == 0) {
            clock.see(elapsed, now + some(7'200'000'000) - 1h);
            EXPECT_EQ(clock.at(elapsed), now);
        }
        const Instant due = now + some(300'000'000);
        const Duration wait = clock.until(elapsed, due);
        EXPECT_GE(clock.at(elapsed + wait), due);
        EXPECT_TRUE(wait == Duration{0} || clock.at(elapsed + wait - 2us) < due);
        before = now;
    }
}

}  // namespace
}  // namespace linka
