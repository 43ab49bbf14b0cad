#include "linka/stats/interval.hpp"
#include "linka/stats/lists.hpp"
#include "linka/stats/queue_figures.hpp"
#include "linka/stats/user_figures.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace linka::stats {
namespace {

constexpr Instant border{1'700'000'100'000'000};  // 2023-11-14 22:15:00 UTC

TEST(Interval, BeginsOnQuartersOfAnHour) {
    EXPECT_TRUE(is_border(border));
    EXPECT_EQ(interval_of(border), border);
    EXPECT_EQ(interval_of(border + 15min - 1us), border);
    EXPECT_EQ(interval_of(border - 1us), border - 15min);
    EXPECT_EQ(interval_of(Instant{-1}), Instant{} - 15min);
}

TEST(Interval, CutsExactlyAtBorders) {
    std::vector<std::pair<Instant, Duration>> pieces;
    const auto keep = [&](Instant at, Duration time) { pieces.emplace_back(at, time); };
    cut(border - 2s, border + 15min + 3s, keep);
    const std::vector<std::pair<Instant, Duration>> expected{
        {border - 15min, 2s}, {border, 15min}, {border + 15min, 3s}};
    EXPECT_EQ(pieces, expected);
    pieces.clear();
    cut(border, border, keep);
    cut(border, border - 1s, keep);
    EXPECT_TRUE(pieces.empty());
    cut(border, border + 15min, keep);
    EXPECT_EQ(pieces.size(), 1U);
}

// The FAQ's example: 30 people write, the answered and the unanswered are 30.
TEST(QueueFigures, AnsweredAndUnansweredAreTheTotal) {
    QueueFigures figures;
    for (int i = 0; i < 30; ++i) {
        InteractionFacts facts;
        add(figures, facts);
        subtract(figures, facts);
        facts.result = i % 3 == 0 ? QueueResult::abandoned : QueueResult::answered;
        add(figures, facts);
    }
    EXPECT_EQ(figures.total, 30);
    EXPECT_EQ(figures.answered, 20);
    EXPECT_EQ(ratios(figures).unanswered, 10);
    EXPECT_EQ(figures.waiting, 0);
}

TEST(QueueFigures, EveryResultIsCountedOnce) {
    QueueFigures figures;
    std::int64_t results = 0;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<QueueResult>>([&](auto one) {
        add(figures, {.result = one.value});
        ++results;
    });
    EXPECT_EQ(figures.total, results);
    EXPECT_EQ(figures.answered, 1);
    EXPECT_EQ(figures.waiting, 1);
    EXPECT_EQ(figures.failed, 1);
    EXPECT_EQ(figures.refused_closed, 1);
    EXPECT_EQ(unanswered(figures), results - 2);
}

TEST(QueueFigures, DerivesWhatTheRulesSay) {
    QueueFigures figures;
    add(figures, {.result = QueueResult::answered,
                  .in_time = true,
                  .wait = 10s,
                  .before_work = 1s,
                  .talk = 100s,
                  .hold = 9s,
                  .after_work = 10s});
    add(figures, {.result = QueueResult::answered, .wait = 40s, .talk = 60s, .after_work = 20s});
    add(figures, {.result = QueueResult::abandoned, .early = true, .wait = 3s});
    add(figures, {.result = QueueResult::timed_out, .wait = 90s, .before_work = 5s});
    add(figures, InteractionFacts{});  // waits
    const QueueRatios derived = ratios(figures);
    EXPECT_DOUBLE_EQ(derived.asa, 25);
    EXPECT_DOUBLE_EQ(derived.aht, 100);                // of answered ones only
    EXPECT_DOUBLE_EQ(derived.service_level, 1.0 / 3);  // 1 / (5 - 1 early - 1 waiting)
    EXPECT_DOUBLE_EQ(derived.answer_rate, 0.5);
    EXPECT_DOUBLE_EQ(derived.abandon_rate, 0.25);
    EXPECT_EQ(figures.wait_max, 90s);
    EXPECT_TRUE(std::isnan(ratios(QueueFigures{}).asa));
    EXPECT_TRUE(std::isnan(ratios(QueueFigures{}).service_level));
}

TEST(QueueFigures, SumsAreWhatCountingAllTogetherGives) {
    QueueFigures all;
    QueueFigures first;
    QueueFigures second;
    for (int i = 0; i < 40; ++i) {
        const InteractionFacts facts{.result = static_cast<QueueResult>(i % 14),
                                     .re_entry = i % 5 == 0,
                                     .attempts = i % 3,
                                     .wait = Duration{i * 1000},
                                     .talk = Duration{i * 77}};
        add(all, facts);
        add(i % 2 == 0 ? first : second, facts);
    }
    add(first, second);
    EXPECT_EQ(first, all);
}

// The FAQ: one who misses or rejects is charged; when the customer gives up, nobody is.
TEST(UserFigures, OnlyMissedAndRejectedAreUnanswered) {
    UserFigures figures;
    for (const OfferResult result :
         {OfferResult::accepted, OfferResult::missed, OfferResult::rejected, OfferResult::withdrawn,
          OfferResult::withdrawn, OfferResult::ringing}) {
        add(figures, result);
    }
    EXPECT_EQ(figures.attempts, 6);
    EXPECT_EQ(ratios(figures).unanswered, 2);
    EXPECT_EQ(figures.withdrawn, 2);
    EXPECT_EQ(figures.attempts, figures.accepted + figures.missed + figures.rejected +
                                    figures.withdrawn + figures.ringing_now);
    subtract(figures, OfferResult::ringing);
    add(figures, OfferResult::missed);
    EXPECT_EQ(figures.attempts, 6);
    EXPECT_EQ(ratios(figures).unanswered, 3);
}

TEST(UserFigures, StatesAddUpToTheTimeLoggedIn) {
    UserFigures figures;
    Duration all{};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<core::UserState>>([&](auto one) {
        add(figures, one.value, true, 7s);
        all += one.value == core::UserState::logged_out ? 0s : 7s;
    });
    add(figures, core::UserState::paused, false, 5s);
    EXPECT_EQ(ratios(figures).logged_in_time, all + 5s);
    EXPECT_EQ(figures.paused_paid_time, 7s);
    EXPECT_EQ(figures.paused_unpaid_time, 5s);
    // ringing, talking, hold, wrap of everything but the paid pause
    EXPECT_DOUBLE_EQ(ratios(figures).occupancy, 28.0 / 61);
    EXPECT_TRUE(std::isnan(ratios(UserFigures{}).occupancy));
}

TEST(UserFigures, WorkCountsOnceConnected) {
    UserFigures figures;
    add(figures, {.outbound = true, .connected = false, .before_work = 9s});
    add(figures, {.connected = true, .before_work = 1s, .talk = 50s, .hold = 4s, .after_work = 5s});
    EXPECT_EQ(figures.activities, 2);
    EXPECT_EQ(figures.activities_out, 1);
    EXPECT_DOUBLE_EQ(ratios(figures).aht, 60);
}

TEST(Lists, CountsHaveOneAndSumsHaveNone) {
    const core::QueueId queue{6001};
    const core::UserId user{7};
    const auto list = list_behind("in_time", queue, border, border + 1h);
    ASSERT_TRUE(list.has_value());
    EXPECT_EQ(list->model, "interactions");
    ASSERT_EQ(list->all.size(), 4U);
    EXPECT_EQ(list->all[0].field, "queue");
    EXPECT_EQ(list->all[0].values, std::vector<std::string>{"6001"});
    EXPECT_EQ(list->all[2].op, "lt");
    EXPECT_EQ(list->all[3].field, "in_time");
    EXPECT_EQ(list_behind("unanswered", queue, border, border)->all[3].values.size(), 12U);
    EXPECT_FALSE(list_behind("talk", queue, border, border).has_value());
    EXPECT_FALSE(list_behind("wait_max", queue, border, border).has_value());
    EXPECT_EQ(list_behind("missed", user, border, border)->model, "offers");
    EXPECT_EQ(list_behind("activities", user, border, border)->model, "activities");
    EXPECT_FALSE(list_behind("idle_time", user, border, border).has_value());
    EXPECT_FALSE(list_behind("ringing", user, border, border).has_value());
}

}  // namespace
}  // namespace linka::stats
