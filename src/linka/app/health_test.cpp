#include "linka/app/health.hpp"

#include "linka/runtime/clock.hpp"
#include "linka/runtime/loop.hpp"

#include <filesystem>
#include <future>
#include <thread>

#include <gtest/gtest.h>

namespace linka::app {
namespace {

HealthFacts facts() {
    return {.threads = runtime::heartbeats(),
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

TEST(Health, TellsThatListsStandStill) {
    HealthFacts now = facts();
    now.parked = "no such table";
    const api::Health::Report report = report_health(now);
    EXPECT_FALSE(report.ok);
    EXPECT_NE(report.troubles.front().find("no such table"), std::string::npos);
}

}  // namespace
}  // namespace linka::app
