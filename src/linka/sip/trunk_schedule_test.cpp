#include "linka/sip/trunk_schedule.hpp"

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

constexpr Instant first_day{1'000'000'000};

struct Schedule : ::testing::Test {
    RegisterSchedule schedule;
    Instant now = first_day;

    void answer(RegisterAnswer given, std::uint32_t chance = 0) {
        schedule.sent();
        schedule.answered(given, now, chance);
    }
    // How long nothing is due from now on, to the second.
    Duration idle() const {
        Duration waited{};
        while (!schedule.is_due(now + waited) && waited < 24h) {
            waited += 1s;
        }
        return waited;
    }
};

TEST_F(Schedule, begins_at_once_and_waits_for_the_answer) {
    EXPECT_TRUE(schedule.is_due(now));
    schedule.sent();
    EXPECT_FALSE(schedule.is_due(now + 24h));
    EXPECT_FALSE(schedule.registered(now));
}

TEST_F(Schedule, registers_again_in_good_time) {
    for (const std::uint32_t chance : {0U, 7U, 4'000'000'000U}) {
        answer({200, 100, 0, 0}, chance);
        EXPECT_GE(idle(), 70s) << chance;
        EXPECT_LE(idle(), 80s) << chance;
        EXPECT_TRUE(schedule.registered(now + 99s));
        EXPECT_FALSE(schedule.registered(now + 100s)) << "run out";
    }
}

TEST_F(Schedule, waits_longer_after_each_failure_and_never_too_long) {
    answer({408, 0, 0, 0}, 50);
    EXPECT_EQ(idle(), 30s);
    answer({408, 0, 0, 0}, 0);
    EXPECT_EQ(idle(), 30s) << "half of twice as much";
    answer({408, 0, 0, 0}, 50);
    EXPECT_EQ(idle(), 120s);
    for (int i = 0; i < 100; ++i) {
        answer({503, 0, 0, 0}, 50);
    }
    EXPECT_EQ(idle(), RegisterSchedule::wait_max);
    answer({200, 600, 0, 0});
    answer({408, 0, 0, 0}, 50);
    EXPECT_EQ(idle(), 30s) << "what was before does not count any more";
}

TEST_F(Schedule, keeps_to_what_the_registrar_asks_for) {
    answer({503, 0, 0, 200}, 50);
    EXPECT_EQ(idle(), 200s) << "Retry-After";
    answer({503, 0, 0, 1'000'000}, 50);
    EXPECT_EQ(idle(), 3600s) << "within reason";
    answer({423, 0, 1800, 0});
    EXPECT_EQ(idle(), 0s);
    EXPECT_EQ(schedule.wish(), 1800) << "Min-Expires";
    answer({423, 0, 1800, 0}, 50);
    EXPECT_GT(idle(), 0s) << "no circle with a registrar that does not know what it wants";
    answer({423, 0, 10'000'000, 0}, 50);
    EXPECT_EQ(schedule.wish(), 1800);
}

TEST_F(Schedule, is_not_registered_once_it_is_refused) {
    answer({200, 600, 0, 0});
    answer({408, 0, 0, 0});
    EXPECT_TRUE(schedule.registered(now)) << "silence takes nothing back";
    answer({503, 0, 0, 0});
    EXPECT_TRUE(schedule.registered(now));
    answer({403, 0, 0, 0});
    EXPECT_FALSE(schedule.registered(now));
}

}  // namespace
}  // namespace linka::sip
