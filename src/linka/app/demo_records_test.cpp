// Goal: data from before the journal noted what is the demo's are told apart as those of today,
// also when people have made something in them since.
#include "linka/app/demo.hpp"

#include <gtest/gtest.h>

namespace linka::app {
namespace {

class DemoRecordsTest : public testing::Test {
  protected:
    core::State state;
    const Apply apply = [this](const core::Input& input) {
        return core::decide(state, input, Instant{1'700'000'000'000'000}, 0).reply;
    };
    void SetUp() override {
        ASSERT_TRUE(seed_base(apply).ok());
        ASSERT_TRUE(seed_demo(apply).ok());
    }
};

TEST_F(DemoRecordsTest, OldDataGetTheSameRecords) {
    const core::DemoRecords all = all_records(state);
    EXPECT_EQ(all.users.size(), state.users.size());
    EXPECT_EQ(all.pauses.size() + 3, state.pauses.size()) << "the system's own stay";
    EXPECT_EQ(all.trunks, std::vector<std::string>{"loopback"});
    EXPECT_EQ(seeded_records(state), all);
}

TEST_F(DemoRecordsTest, WhatPeopleMadeIsTheirs) {
    const core::DemoRecords all = all_records(state);
    core::User user;
    user.name = "olga";
    user.title = "Olga";
    user.extension = "600";
    ASSERT_EQ(apply(core::SaveUser{user}).kind, core::Reply::Kind::ok);
    core::Queue queue;
    queue.id = core::QueueId{7001};
    queue.title = "Own";
    ASSERT_EQ(apply(core::SaveQueue{queue, true}).kind, core::Reply::Kind::ok);
    core::Route route;
    route.did = all.routes.empty() ? "1" : state.routes.at(all.routes[0]).did;
    route.caller = "777";
    route.destination = {core::DestinationKind::queue, "7001"};
    ASSERT_EQ(apply(core::SaveRoute{route}).kind, core::Reply::Kind::ok);
    EXPECT_EQ(seeded_records(state), all);
    ASSERT_EQ(apply(core::MarkDemo{seeded_records(state)}).kind, core::Reply::Kind::ok);
    EXPECT_EQ(state.demo.records, all);
}

// Nothing is left of a demo in which nobody made anything but its administrator and the settings.
TEST_F(DemoRecordsTest, TheWholeDemoGoes) {
    ASSERT_EQ(apply(core::MarkDemo{all_records(state)}).kind, core::Reply::Kind::ok);
    const core::UserId admin = state.users.begin()->first;
    ASSERT_EQ(apply(core::RemoveDemo{admin, false, {}}).kind, core::Reply::Kind::ok);
    EXPECT_EQ(state.users.size(), 1U);
    EXPECT_TRUE(state.devices.empty());
    EXPECT_TRUE(state.queues.empty());
    EXPECT_TRUE(state.routes.empty());
    EXPECT_TRUE(state.menus.empty());
    EXPECT_TRUE(state.ring_groups.empty());
    EXPECT_EQ(state.pauses.size(), 3U);
    EXPECT_TRUE(state.settings.trunks.empty());
    EXPECT_EQ(state.settings.trunk, "");
}

}  // namespace
}  // namespace linka::app
