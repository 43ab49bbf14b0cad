// A colleague's day, decided from the state alone and carried out by the core: what they do is what
// the core lets a person do.
#include "linka/app/demo/desk.hpp"

#include "linka/core/testing/world.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace linka::app {
namespace {

const Colleague& lucie() {
    return colleagues().front();
}

class DeskTest : public testing::Test {
  protected:
    DeskTest() {
        world_.queue(6001);
        world_.queue(6002, [](core::Queue& queue) { queue.type = core::QueueType::out; });
        world_.route("226000002", {core::DestinationKind::queue, "6001"});
        core::Pause pause;
        pause.name = "prestavka";
        pause.title = "Přestávka";
        world_.give(core::SavePause{pause});
        device_ = world_.device(std::string(lucie().device));
        world_.give(core::DeviceReachabilityReport{device_, false, false});
        core::User user = world_.person(std::string(lucie().user), std::string(lucie().extension));
        user.queues = {{core::QueueId{6001}, core::QueueLogin::manual, 0},
                       {core::QueueId{6002}, core::QueueLogin::manual, 0}};
        user.devices = {{device_, {}, {}}};
        user_ = world_.save(user);
    }

    std::optional<core::Input> deed(bool working = true) {
        const DeskView view{world_.state, world_.now, lucie(), working, {"solved"}};
        return next_deed(view, plan_, [](std::int64_t bound) { return bound / 2; });
    }
    /// Does what there is to do now; how many deeds that were.
    int work(bool working = true) {
        int deeds = 0;
        while (const auto next = deed(working)) {
            EXPECT_EQ(world_.give(*next).kind, core::Reply::Kind::ok);
            if (++deeds == 20) {
                ADD_FAILURE() << "does not come to an end";
                break;
            }
        }
        return deeds;
    }
    void at_work() {
        work();
        world_.give(core::DeviceReachabilityReport{device_, true, false});
        work();
        ASSERT_EQ(world_.state_of(user_), core::UserState::idle);
    }
    /// A call that was answered and has ended; its form is open.
    void after_call() {
        const core::LegId customer = world_.call("226000002");
        world_.answer(std::string(lucie().device));
        EXPECT_EQ(deed(), std::nullopt) << "nothing to do while talking";
        world_.hang_up(customer);
        ASSERT_TRUE(world_.activity_of(user_));
    }

    core::test::World world_;
    core::DeviceId device_;
    core::UserId user_;
    DeskPlan plan_;
};

TEST_F(DeskTest, signs_in_but_is_not_ready_before_the_telephone_works) {
    work();
    EXPECT_TRUE(core::is_logged_in(world_.state, user_));
    EXPECT_TRUE(core::is_in_queue(world_.state, user_, core::QueueId{6001}));
    EXPECT_FALSE(core::is_in_queue(world_.state, user_, core::QueueId{6002})) << "inbound only";
    EXPECT_FALSE(core::find_session(world_.state, user_)->ready);
    world_.give(core::DeviceReachabilityReport{device_, true, false});
    work();
    EXPECT_EQ(world_.state_of(user_), core::UserState::idle);
}

TEST_F(DeskTest, fills_in_the_form_for_a_while_and_closes_it_with_a_status) {
    at_work();
    after_call();
    EXPECT_EQ(work(), 0);
    world_.pass(10s);
    EXPECT_EQ(work(), 1);
    const auto closed = world_.ever<core::ActivityClosed>();
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed[0].statuses, std::vector<std::string>{"solved"});
}

TEST_F(DeskTest, takes_a_break_and_comes_back) {
    at_work();
    world_.pass(11min);
    EXPECT_EQ(work(), 1);
    EXPECT_EQ(world_.state_of(user_), core::UserState::paused);
    EXPECT_EQ(work(), 0);
    world_.pass(3min);
    EXPECT_EQ(work(), 1);
    EXPECT_EQ(world_.state_of(user_), core::UserState::idle);
    EXPECT_EQ(work(), 0) << "and works on";
}

TEST_F(DeskTest, goes_home_when_the_call_and_its_form_are_done) {
    at_work();
    const core::LegId customer = world_.call("226000002");
    world_.answer(std::string(lucie().device));
    EXPECT_EQ(work(false), 0) << "nobody leaves in the middle of a call";
    world_.hang_up(customer);
    EXPECT_EQ(work(false), 2);
    EXPECT_TRUE(is_at_home(world_.state, lucie()));
    EXPECT_EQ(work(false), 0);
}

TEST_F(DeskTest, one_who_was_removed_does_nothing) {
    world_.give(core::RemoveUser{user_});
    EXPECT_EQ(work(), 0);
    EXPECT_TRUE(is_at_home(world_.state, lucie()));
}

}  // namespace
}  // namespace linka::app
