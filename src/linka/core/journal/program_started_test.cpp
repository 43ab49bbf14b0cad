// What is said again after a restart, and what is no longer believed.
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

using namespace std::chrono_literals;

struct AfterRestart : ::testing::Test {
    World w;
    QueueId support = w.queue(6001);
    void SetUp() override { w.route("226000002", {DestinationKind::queue, "6001"}); }
};

// Between the decision and its deed: what was swallowed is said again.
TEST_F(AfterRestart, PartsWhoHearNobodyAndSilencesWhoHearNothing) {
    const UserId jan = w.agent("jan", "512", {6001});
    const LegId caller = w.call("226000002");
    w.answer("d512");
    const LegId agent = w.at("d512");
    const ActivityId activity = w.activity_of(jan);
    const auto parted = [&](LegId leg) {
        const auto all = w.done<DisconnectLeg>();
        return std::any_of(all.begin(), all.end(),
                           [&](const DisconnectLeg& each) { return each.leg == leg; });
    };
    const auto silenced = [&](LegId leg) {
        const auto all = w.done<StopSounds>();
        return std::any_of(all.begin(), all.end(),
                           [&](const StopSounds& each) { return each.leg == leg; });
    };
    w.give(ProgramStartedReport{{caller, agent}});
    EXPECT_FALSE(parted(caller) || parted(agent) || silenced(caller) || silenced(agent));
    EXPECT_EQ(w.done<ConnectLegs>().size(), 1U);
    w.give(Mute{jan, activity, true});
    w.give(Mute{jan, activity, false});
    w.give(Hold{jan, activity, true});
    w.give(ProgramStartedReport{{caller, agent}});
    EXPECT_TRUE(parted(caller) && parted(agent));
    EXPECT_FALSE(silenced(caller)) << "the music goes on";
    EXPECT_TRUE(silenced(agent));
    EXPECT_EQ(w.hears(caller), "music:default");
    EXPECT_TRUE(w.done<ConnectLegs>().empty());
    const auto mutes = w.done<MuteLeg>();
    EXPECT_TRUE(std::any_of(mutes.begin(), mutes.end(), [&](const MuteLeg& each) {
        return each.leg == agent && !each.on;
    })) << "that it is heard again is said as well";
}

// Nobody could have answered meanwhile.
TEST_F(AfterRestart, WhatFellDueWhileItWasDownChargesNobody) {
    const UserId jan = w.agent("jan", "512", {6001});
    const UserId eva = w.agent("eva", "514", {6001});
    const LegId first = w.call("226000002");
    const LegId second = w.call("226000002");
    const LegId third = w.call("226000002");
    const std::vector<LegId> ringing{w.at("d512"), w.at("d514")};
    w.now = w.now + 30min;
    w.give(ProgramStartedReport{{second, third, ringing[0], ringing[1]}});
    EXPECT_EQ(w.hears(first), "gone");
    for (const Record& record : w.events) {
        EXPECT_EQ(record.at, w.now);
    }
    for (const OfferEnded& ended : w.happened<OfferEnded>()) {
        EXPECT_EQ(ended.outcome, OfferOutcome::withdrawn);
    }
    EXPECT_EQ(w.happened<OfferEnded>().size(), 2U);
    const auto ended = w.happened<LegEnded>();
    EXPECT_TRUE(std::any_of(ended.begin(), ended.end(), [&](const LegEnded& each) {
        return each.leg == first && each.cause == LegCause::lost;
    }));
    w.pass(offering_of(find_queue(w.state, support))->sleep_time);
    EXPECT_EQ(w.ever<OfferStarted>().size(), 4U) << "who waits is offered once";
    for (const UserId user : {jan, eva}) {
        EXPECT_NE(w.offer_of(user), nullptr);
        EXPECT_EQ(find_session(w.state, user)->pause, PauseId{}) << "nobody is charged";
    }
}

// A telephone's own ring time counts as well.
TEST_F(AfterRestart, WhatRangOutOnATelephoneWhileItWasDownChargesNobody) {
    const UserId jan = w.agent("jan", "512", {6001});
    User user = *find_user(w.state, jan);
    user.devices[0].ring = 5s;
    w.give(LogOut{jan});
    w.save(user);
    w.give(LogIn{jan});
    w.give(ChangeDevices{jan, {"d512"}, {}});
    w.give(BecomeReady{jan});
    const LegId caller = w.call("226000002");
    const LegId rings = w.at("d512");
    ASSERT_TRUE(rings);
    w.now = w.now + 10s;
    w.give(ProgramStartedReport{{caller, rings}});
    ASSERT_EQ(w.happened<OfferEnded>().size(), 1U);
    EXPECT_EQ(w.happened<OfferEnded>()[0].outcome, OfferOutcome::withdrawn);
    w.pass(offering_of(find_queue(w.state, support))->sleep_time);
    EXPECT_NE(w.offer_of(jan), nullptr);
}

TEST_F(AfterRestart, WhoseBrowserDoesNotComeBackIsLoggedOut) {
    Settings settings = w.state.settings;
    settings.inactivity_logout = 60s;
    w.give(SaveSettings{settings});
    const UserId jan = w.save(w.person("jan", "512"));
    w.give(LogIn{jan});
    const UserId eva = w.agent("eva", "514", {6001});
    w.give(ProgramStartedReport{});
    w.give(UserPresenceReport{eva, true});
    w.pass(60s);
    EXPECT_EQ(w.state_of(jan), UserState::logged_out);
    EXPECT_NE(w.state_of(eva), UserState::logged_out);
    w.give(ProgramStartedReport{});
    w.give(UserPresenceReport{eva, true});
    w.pass(60s);
    EXPECT_NE(w.state_of(eva), UserState::logged_out);
}

}  // namespace
}  // namespace linka::core::test
