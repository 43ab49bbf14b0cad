// The list of missed calls: who comes into it, who is told of it, and when rows go.
#include "linka/core/work/missed.hpp"

#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

constexpr const char* karel = "00420601000001";

struct MissedCalls : ::testing::Test {
    World w;
    QueueId in = w.queue(6001);
    QueueId out = w.queue(6002, [](Queue& q) { q.type = QueueType::out; });
    UserId jan = w.agent("jan", "512", {6001, 6002});
    MissedCalls() {
        w.route("1", {DestinationKind::queue, "6001"});
        w.route("2", {DestinationKind::extension, "512"});
        w.give(BecomeUnready{jan});
    }

    void gives_up(const std::string& number = "1", const std::string& caller = karel,
                  const std::string& name = {}) {
        const LegId leg{next += 2};
        w.next_leg(leg);
        w.give(CallArrivedReport{leg, {}, "loopback", number, caller, name, {}});
        w.hang_up(leg);
    }
    const Missed* only() const {
        return w.state.missed.size() == 1 ? &w.state.missed.begin()->second : nullptr;
    }
    bool sees(UserId user) const {
        const Missed& row = *only();
        return may_see_missed(w.state.users.at(user), row.queue, find_user(w.state, row.user));
    }

    std::int64_t next = 1001;
};

TEST_F(MissedCalls, OneRowForACustomerHoweverOftenTheyCallAndWriteTheirNumber) {
    gives_up("1", karel, "Karel");
    const Instant first = w.now;
    w.pass(60s);
    gives_up("1", "+420601000001");
    gives_up("1", "601 000 001");
    ASSERT_NE(only(), nullptr);
    EXPECT_EQ(only()->customer, karel);
    EXPECT_EQ(only()->caller_name, "Karel") << "kept from the call that brought it";
    EXPECT_EQ(only()->times, 3);
    EXPECT_EQ(only()->first, first);
    EXPECT_EQ(only()->last, w.now);
    EXPECT_EQ(only()->why, Outcome::abandoned);
    EXPECT_EQ(only()->queue, in);
    gives_up("1", "00420601000002");
    EXPECT_EQ(w.state.missed.size(), 2U);
}

TEST_F(MissedCalls, WhoStillWaitsIsNotShown) {
    gives_up();
    const LegId waits = w.call("1", karel);
    EXPECT_FALSE(is_shown(*only()));
    w.hang_up(waits);
    EXPECT_TRUE(is_shown(*only()));
    EXPECT_EQ(only()->times, 2);
}

TEST_F(MissedCalls, SpeakingWithTheCustomerClosesIt) {
    gives_up();
    w.give(BecomeReady{jan});
    w.call("1", "+420601000001");
    w.answer("d512");
    EXPECT_TRUE(w.state.missed.empty());
    EXPECT_EQ(w.happened<MissedClosed>().at(0).how, MissedEnd::spoke);
    EXPECT_EQ(w.happened<MissedClosed>().at(0).by, jan);
}

TEST_F(MissedCalls, CallingBackInVainIsKeptAndSuccessClosesIt) {
    gives_up("1", karel, "Karel");
    w.give(BecomeReady{jan});
    w.give(CallOut{jan, "601000001", {}});
    const ActivityId activity = w.reply.activity;
    EXPECT_EQ(w.state.activities.at(activity).title, "Karel") << "the customer's name, not Jan's";
    EXPECT_TRUE(only()->calling);
    EXPECT_EQ(only()->tries, 1);
    EXPECT_EQ(only()->tried_by, jan);
    w.answer("d512");
    w.hang_up(w.outside_leg(karel), 486);
    w.finish_play(w.at("d512"));
    EXPECT_FALSE(only()->calling);
    w.give(CloseActivity{jan, activity, {}, {}});
    w.pass(20s);
    w.give(CallOut{jan, "+420 601 000 001", {}});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    w.answer("d512");
    w.give(LegAnsweredReport{w.outside_leg(karel)});
    EXPECT_TRUE(w.state.missed.empty());
}

TEST_F(MissedCalls, ADirectCallIsTheOneOfWhomItWasFor) {
    w.give(BecomeReady{jan});
    const LegId leg = w.call("2", karel);
    ASSERT_NE(w.offer_of(jan), nullptr);
    w.hang_up(leg);
    ASSERT_NE(only(), nullptr);
    EXPECT_EQ(only()->user, jan);
    EXPECT_FALSE(only()->queue);
    const UserId petr = w.agent("petr", "513", {6001});
    EXPECT_TRUE(sees(jan));
    EXPECT_FALSE(sees(petr));
    w.give(CloseMissed{petr, only()->id});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
    w.give(CloseMissed{jan, only()->id});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.missed.empty());
}

TEST_F(MissedCalls, TheQueueSharesItAndOthersDoNotSeeIt) {
    gives_up();
    const UserId petr = w.agent("petr", "513", {6001});
    const UserId eva = w.agent("eva", "514", {});
    EXPECT_TRUE(sees(petr));
    EXPECT_FALSE(sees(eva));
    w.give(CloseMissed{petr, only()->id});
    EXPECT_EQ(w.ever<MissedClosed>().back().how, MissedEnd::done);
}

TEST_F(MissedCalls, AnAnsweredCallLeavesNothingNorDoesACallOfAColleague) {
    w.give(BecomeReady{jan});
    const LegId leg = w.call("1", karel);
    w.answer("d512");
    w.hang_up(leg);
    w.agent("petr", "513", {});
    w.hang_up(w.call_from("d513", "512"));
    EXPECT_TRUE(w.ever<CallMissed>().empty());
}

TEST_F(MissedCalls, OldOnesGoWhenNewOnesCome) {
    gives_up();
    w.pass(missed_age_max + 1s);
    gives_up("1", "00420601000002");
    ASSERT_NE(only(), nullptr);
    EXPECT_EQ(only()->customer, "00420601000002");
    w.check = false;  // each of so many steps compares everything
    for (std::size_t i = 0; i < missed_max + 5; ++i) {
        gives_up("1", "00420602" + std::to_string(100'000 + i));
    }
    EXPECT_EQ(w.state.missed.size(), missed_max);
}

TEST_F(MissedCalls, WithQueueAndUserTheirRowsGo) {
    gives_up();
    w.give(RemoveRoute{w.state.routing.routes.begin()->first});
    w.give(LogOut{jan});
    User user = w.state.users.at(jan);
    user.queues.clear();
    w.save(user);
    w.give(RemoveQueue{in});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.missed.empty());
}

}  // namespace
}  // namespace linka::core::test
