#include "linka/app/health.hpp"

#include "linka/runtime/clock.hpp"
#include "linka/runtime/loop.hpp"

#include <algorithm>
#include <filesystem>
#include <future>
#include <thread>

#include <gtest/gtest.h>

namespace linka::app {
namespace {

HealthFacts facts() {
    return {.heartbeats = runtime::heartbeats(),
            .now = runtime::steady_now(),
            .trouble = {},
            .parked = {},
            .directory = std::filesystem::temp_directory_path().string()};
}

TEST(Health, TellsWhichThreadStandsStillAndWhatItWasDoing) {
    std::promise<void> blocks;
    std::promise<void> blocked;
    std::thread thread([&] {
        runtime::Loop loop;
        runtime::Heartbeat heartbeat("tested");
        loop.after(0s, [&] {
            heartbeat.beat("resolve a name");
            blocked.set_value();
            blocks.get_future().wait();
            loop.stop();
        });
        loop.run();
    });
    blocked.get_future().wait();
    HealthFacts now = facts();
    EXPECT_TRUE(report_health(now).ok);
    now.now = now.now + 3s;
    const api::Health::Report report = report_health(now);
    EXPECT_FALSE(report.ok);
    ASSERT_FALSE(report.troubles.empty());
    EXPECT_EQ(report.troubles.front(),
              "the thread tested stands still for 3 s, doing: resolve a name");
    blocks.set_value();
    thread.join();
    now = facts();
    now.now = now.now + 3s;
    EXPECT_TRUE(report_health(now).ok) << "the thread is gone";
}

TEST(Health, ARefusedChangeIsTrouble) {
    HealthFacts now = facts();
    now.refused = "database or disk is full";
    const api::Health::Report report = report_health(now);
    EXPECT_FALSE(report.ok);
    EXPECT_EQ(report.troubles.front(),
              "a change was refused within the last minute: database or disk is full");
}

TEST(Health, TellsWhichMediaWorkerDoesNotAnswer) {
    using runtime::Heartbeat;
    HealthFacts now = facts();
    now.heartbeats = {{"core", "waits", now.now, Heartbeat::Of::thread},
                      {"media-0", "answers", now.now, Heartbeat::Of::process},
                      {"media-1", "answers", now.now - 3s, Heartbeat::Of::process}};
    const api::Health::Report report = report_health(now);
    EXPECT_FALSE(report.ok);
    ASSERT_FALSE(report.troubles.empty());
    EXPECT_TRUE(
        report.troubles.front().starts_with("the media worker media-1 has not answered for 3 s"))
        << report.troubles.front();
    EXPECT_TRUE(std::none_of(report.troubles.begin(), report.troubles.end(), [](const auto& each) {
        return each.find("media-0") != std::string::npos;
    }));
    now.heartbeats[2].at = now.now - standstill;
    EXPECT_TRUE(report_health(now).ok);
}

TEST(Health, BlamesNoWorkerWhileNobodyAsksIt) {
    using runtime::Heartbeat;
    HealthFacts now = facts();
    now.heartbeats = {{"core", "decides", now.now - 3s, Heartbeat::Of::thread},
                      {"media-0", "answers", now.now - 3s, Heartbeat::Of::process}};
    const api::Health::Report report = report_health(now);
    EXPECT_FALSE(report.ok);
    EXPECT_NE(report.troubles.front().find("thread core"), std::string::npos);
    EXPECT_TRUE(std::none_of(report.troubles.begin(), report.troubles.end(), [](const auto& each) {
        return each.find("media") != std::string::npos;
    }));
}

TEST(Health, TellsThatListsStandStill) {
    HealthFacts now = facts();
    now.parked = "no such table";
    const api::Health::Report report = report_health(now);
    EXPECT_FALSE(report.ok);
    EXPECT_NE(report.troubles.front().find("no such table"), std::string::npos);
}

TEST(Health, TellsThatTheClockWasSet) {
    HealthFacts now = facts();
    const std::size_t before = report_health(now).troubles.size();
    now.clock_off = 2s;
    EXPECT_EQ(report_health(now).troubles.size(), before);
    for (const Duration off : {Duration{1h}, Duration{-1h}}) {
        now.clock_off = off;
        const api::Health::Report report = report_health(now);
        EXPECT_TRUE(report.ok);
        ASSERT_EQ(report.troubles.size(), before + 1);
        const std::string& text = report.troubles[0];
        EXPECT_NE(text.find("3600 s"), std::string::npos) << text;
        EXPECT_EQ(text.find("restart") != std::string::npos, off > Duration{0}) << text;
    }
}

}  // namespace
}  // namespace linka::app
