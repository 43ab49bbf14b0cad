// Snapshots of pages are made of the rows as they were told.
#include "linka/api/live/push_rows.hpp"

#include "linka/api/live/rows.hpp"
#include "linka/core/testing/world.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

using core::test::World;

struct PushRowsTest : ::testing::Test {
    World w;
    core::QueueId first = w.queue(6001);
    core::QueueId second = w.queue(6002);
    core::UserId jan = w.agent("jan", "512", {6001});
    core::UserId eva = w.agent("eva", "514", {6001, 6002});
    core::UserId boss = [this] {
        core::User user = w.person("boss", "500");
        user.access = core::Access::admin;
        return w.save(user);
    }();
    PushRows rows;

    PushRowsTest() {
        w.route("226000001", {core::DestinationKind::queue, "6001"});
        rows.load(w.state);
    }
    [[nodiscard]] Viewer seen_by(core::UserId viewer) const {
        return {Records(), std::make_shared<const core::User>(*core::find_user(w.state, viewer))};
    }
    std::string snapshot(core::UserId viewer) { return rows.realtime(w.state, seen_by(viewer)); }
    std::string made_anew(core::UserId viewer) { return realtime_text(w.state, seen_by(viewer)); }
    void follow() { rows.follow(w.state, w.events); }
};

TEST_F(PushRowsTest, SnapshotsSayWhatNewRowsWouldToEverybodyWhatTheyMaySee) {
    const auto same = [&](const char* when) {
        for (const core::UserId viewer : {jan, eva, boss}) {
            EXPECT_EQ(snapshot(viewer), made_anew(viewer)) << when;
        }
    };
    same("at the start");
    const core::LegId caller = w.call("226000001");
    follow();
    same("while it rings");
    w.call("226000001");
    follow();
    w.call("226000001");
    follow();
    same("while one waits");
    w.answer("d512");
    follow();
    same("in the call");
    w.hang_up(caller);
    follow();
    w.give(core::LogOut{eva});
    follow();
    same("after it");
    EXPECT_NE(snapshot(jan), snapshot(boss));
}

TEST_F(PushRowsTest, SnapshotsMakeNoRowsOfTheirOwnAndARefreshFindsWhatNoEventTold) {
    const std::string before = snapshot(boss);
    w.give(core::BecomeUnready{jan});
    const std::string at = before.substr(before.rfind("\"at\""));
    EXPECT_EQ(snapshot(boss).substr(0, before.size() - at.size()),
              before.substr(0, before.size() - at.size()))
        << "the rows have not heard of it";
    const PushBatch found = rows.refresh(w.state);
    EXPECT_TRUE(std::any_of(found.messages.begin(), found.messages.end(), [&](const auto& each) {
        return each.about == PushMessage::About::user && each.user.id == jan;
    })) << "pages that are there are told";
    EXPECT_EQ(snapshot(boss), made_anew(boss));
    EXPECT_TRUE(rows.refresh(w.state).messages.empty());
}

}  // namespace
}  // namespace linka::api::testing
