// How a telephone that does not answer is understood: nobody there, nobody picked up, sent on.
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

// A call that rings at the only agent's telephone.
struct Ringing {
    Ringing() {
        w.phones_ring = false;
        w.queue(6001);
        w.route("226000002", {DestinationKind::queue, "6001"});
        w.agent("jan", "512", {6001});
        w.call("226000002");
        leg = w.at("d512");
    }
    LegCause cause() { return w.happened<LegEnded>().at(0).cause; }
    World w;
    LegId leg;
};

TEST(LegEnd, APhoneWhoseOwnRingTimeIsOverWasNotAnswered) {
    for (const int status : {480, 408}) {
        Ringing rings;
        rings.w.give(LegRingingReport{rings.leg});
        rings.w.hang_up(rings.leg, status);
        EXPECT_EQ(rings.cause(), LegCause::no_answer) << status;
    }
}

TEST(LegEnd, APhoneThatNeverRangIsNotThere) {
    for (const int status : {480, 408, 404, 410, 484, 503, 604}) {
        Ringing rings;
        rings.w.hang_up(rings.leg, status);
        EXPECT_EQ(rings.cause(), LegCause::unreachable) << status;
        EXPECT_EQ(rings.w.happened<LegEnded>().at(0).status, status);
    }
}

TEST(LegEnd, APhoneThatSendsItsCallsOnIsNamedAndNotFollowed) {
    Ringing rings;
    LegEndedReport end;
    end.leg = rings.leg;
    end.status = 302;
    end.forwards_to = "999";
    rings.w.give(end);
    EXPECT_EQ(rings.cause(), LegCause::redirected);
    EXPECT_EQ(rings.w.happened<LegEnded>().at(0).forwards_to, "999");
    EXPECT_TRUE(rings.w.done<DialNumber>().empty());
}

}  // namespace
}  // namespace linka::core::test
