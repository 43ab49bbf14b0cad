// Calls through a queue, from the door to the saved form.
#include "linka/core/records/limits.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

using namespace std::chrono_literals;

struct QueueCall : ::testing::Test {
    World w;
    QueueId support = w.queue(6001);
    void SetUp() override { w.route("226000002", {DestinationKind::queue, "6001"}); }
};

TEST_F(QueueCall, RingsTheAgentConnectsAndWrapsUp) {
    const UserId jan = w.agent("jan", "512", {6001});
    const LegId caller = w.call("226000002");
    ASSERT_NE(w.offer_of(jan), nullptr);
    EXPECT_EQ(w.hears(caller), "music:default");
    EXPECT_EQ(w.done<AnswerLeg>().size(), 1U);
    EXPECT_EQ(w.done<DialDevice>().size(), 1U);
    EXPECT_EQ(w.state_of(jan), UserState::ringing);

    w.answer("d512");
    EXPECT_EQ(w.state_of(jan), UserState::talking);
    EXPECT_EQ(w.done<ConnectLegs>().size(), 1U);
    EXPECT_EQ(w.done<StartRecording>().size(), 1U);
    const ActivityId activity = w.activity_of(jan);
    ASSERT_TRUE(activity);

    w.pass(30s);
    w.hang_up(caller);
    EXPECT_EQ(w.done<EndLeg>().size(), 1U);
    EXPECT_EQ(w.done<StopRecording>().size(), 1U);
    EXPECT_EQ(w.happened<InteractionEnded>().at(0).outcome, Outcome::answered);
    EXPECT_EQ(w.happened<InteractionEnded>().at(0).by, EndedBy::caller);
    EXPECT_EQ(w.state_of(jan), UserState::working);

    w.give(CloseActivity{jan, activity, {}, "done"});
    EXPECT_EQ(w.state_of(jan), UserState::wrap);
    w.pass(15s);
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    EXPECT_TRUE(w.state.calls.empty());
    EXPECT_TRUE(w.state.interactions.empty());
    EXPECT_TRUE(w.state.legs.empty());
}

TEST_F(QueueCall, MissedOfferStartsLazyAndTheItemSleepsBeforeTheNext) {
    const UserId jan = w.agent("jan", "512", {6001});
    const LegId caller = w.call("226000002");
    const UserId jana = w.agent("jana", "511", {6001});
    w.pass(20s);
    EXPECT_EQ(w.happened<OfferEnded>().at(0).outcome, OfferOutcome::missed);
    EXPECT_EQ(w.state_of(jan), UserState::paused);
    EXPECT_EQ(w.offer_of(jana), nullptr);
    w.pass(5s);
    ASSERT_NE(w.offer_of(jana), nullptr);
    w.hang_up(caller);
    EXPECT_EQ(w.ever<OfferEnded>().back().outcome, OfferOutcome::withdrawn);
    EXPECT_EQ(w.ever<OfferEnded>().back().reason, "customer_left");
    EXPECT_EQ(w.ever<InteractionEnded>().back().outcome, Outcome::abandoned);
    EXPECT_EQ(w.state_of(jana), UserState::idle);
}

TEST_F(QueueCall, NoAutomaticPauseUnlessTheQueueAsks) {
    Queue queue = w.state.queues.at(support);
    offering_of(&queue)->auto_pause = false;
    w.give(SaveQueue{queue});
    const UserId jan = w.agent("jan", "512", {6001});
    w.call("226000002");
    w.hang_up(w.at("d512"), 486);
    EXPECT_EQ(w.happened<OfferEnded>().at(0).outcome, OfferOutcome::rejected);
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    w.pass(5s);
    EXPECT_NE(w.offer_of(jan), nullptr) << "it may return to the same agent";
}

TEST_F(QueueCall, UnreachablePhoneChargesNobody) {
    const UserId jan = w.agent("jan", "512", {6001});
    w.call("226000002");
    w.hang_up(w.at("d512"), 503);
    EXPECT_EQ(w.happened<OfferEnded>().at(0).outcome, OfferOutcome::withdrawn);
    EXPECT_EQ(w.happened<OfferEnded>().at(0).reason, "unreachable");
    EXPECT_EQ(w.state_of(jan), UserState::idle);
}

TEST_F(QueueCall, LongestWithoutWorkFirstThenLowerPenaltyAlways) {
    const UserId far = w.agent("far", "520", {6001}, 5);
    w.pass(1s);
    const UserId first = w.agent("first", "521", {6001});
    w.pass(1s);
    const UserId second = w.agent("second", "522", {6001});
    w.call("226000002");
    EXPECT_NE(w.offer_of(first), nullptr);
    w.call("226000002");
    EXPECT_NE(w.offer_of(second), nullptr);
    w.call("226000002");
    EXPECT_NE(w.offer_of(far), nullptr);
}

TEST_F(QueueCall, EveryDecisionSaysWhyForEachCandidate) {
    const UserId jan = w.agent("jan", "512", {6001});
    const UserId jana = w.agent("jana", "511", {6001});
    const UserId eva = w.agent("eva", "514", {6001});
    w.give(BecomeUnready{eva});
    const User petr = w.person("petr", "513");
    User right = petr;
    right.queues.push_back({QueueId{6001}, QueueLogin::manual, 0});
    w.save(right);
    w.call("226000002");
    ASSERT_EQ(w.happened<Decided>().size(), 1U);
    const auto decided = w.happened<Decided>().at(0);
    EXPECT_EQ(decided.verdicts, "*.no");
    ASSERT_EQ(decided.candidates.size(), 1U);
    EXPECT_EQ(decided.candidates[0].first, jan.value);
    EXPECT_EQ(decided.candidates[0].last, jana.value + 2);
}

TEST_F(QueueCall, NobodyThereIsExplainedOnceAndServedWhenSomebodyComes) {
    const LegId caller = w.call("226000002");
    EXPECT_EQ(w.ever<Decided>().size(), 1U);
    w.pass(60s);
    EXPECT_EQ(w.ever<Decided>().size(), 1U);
    const UserId jan = w.agent("jan", "512", {6001});
    EXPECT_NE(w.offer_of(jan), nullptr);
    EXPECT_EQ(w.hears(caller), "music:default");
}

TEST_F(QueueCall, AllRingTogetherAndTheFirstAnswerWins) {
    Queue queue = w.state.queues.at(support);
    offering_of(&queue)->strategy = Strategy::all;
    w.give(SaveQueue{queue});
    const UserId jan = w.agent("jan", "512", {6001});
    const UserId jana = w.agent("jana", "511", {6001});
    w.call("226000002");
    ASSERT_NE(w.offer_of(jan), nullptr);
    ASSERT_NE(w.offer_of(jana), nullptr);
    const UserId eva = w.agent("eva", "514", {6001});
    EXPECT_NE(w.offer_of(eva), nullptr) << "who becomes free joins the ringing";
    w.answer("d511");
    EXPECT_EQ(w.state_of(jana), UserState::talking);
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    const auto ended = w.happened<OfferEnded>();
    EXPECT_EQ(std::count_if(ended.begin(), ended.end(),
                            [](const OfferEnded& e) { return e.reason == "colleague"; }),
              2);
    for (const EndLeg& end : w.done<EndLeg>()) {
        EXPECT_TRUE(end.elsewhere);
    }
}

TEST_F(QueueCall, PenaltyOrderGoesFromTierToTier) {
    Queue queue = w.state.queues.at(support);
    offering_of(&queue)->strategy = Strategy::all_penalty_order;
    offering_of(&queue)->auto_pause = false;
    w.give(SaveQueue{queue});
    const UserId a = w.agent("a", "521", {6001}, 0);
    const UserId b = w.agent("b", "522", {6001}, 1);
    w.call("226000002");
    EXPECT_NE(w.offer_of(a), nullptr);
    EXPECT_EQ(w.offer_of(b), nullptr);
    w.pass(25s);
    EXPECT_EQ(w.offer_of(a), nullptr);
    EXPECT_NE(w.offer_of(b), nullptr);
    w.pass(25s);
    EXPECT_NE(w.offer_of(a), nullptr) << "after the last tier it begins anew";
}

TEST_F(QueueCall, FreeAgentTakesTheBestQueueThenTheLongestWait) {
    w.queue(6006, [](Queue& q) { offering_of(&q)->weight = 1; });
    w.route("226000006", {DestinationKind::queue, "6006"});
    const LegId first = w.call("226000002");
    w.pass(10s);
    const LegId second = w.call("226000006");
    const UserId jan = w.agent("jan", "512", {6001, 6006});
    ASSERT_NE(w.offer_of(jan), nullptr);
    EXPECT_EQ(w.offer_of(jan)->queue, QueueId{6006});
    w.hang_up(second);
    ASSERT_NE(w.offer_of(jan), nullptr);
    EXPECT_EQ(w.offer_of(jan)->queue, QueueId{6001});
    w.hang_up(first);
    EXPECT_EQ(w.offer_of(jan), nullptr);
}

TEST_F(QueueCall, AnItemNeverWaitsBehindOneThatThisAgentCannotServe) {
    w.queue(6006, [](Queue& q) { offering_of(&q)->weight = 0; });
    w.route("226000006", {DestinationKind::queue, "6006"});
    w.call("226000006");
    w.call("226000002");
    const UserId jan = w.agent("jan", "512", {6001});
    ASSERT_NE(w.offer_of(jan), nullptr);
    EXPECT_EQ(w.offer_of(jan)->queue, QueueId{6001});
}

TEST_F(QueueCall, FullQueueRefusesAtTheDoor) {
    Queue queue = w.state.queues.at(support);
    calls_of(&queue)->max_length = 1;
    w.give(SaveQueue{queue});
    w.call("226000002");
    w.call("226000002");
    EXPECT_EQ(w.happened<InteractionEnded>().at(0).outcome, Outcome::refused_full);
    EXPECT_EQ(w.done<RefuseLeg>().at(0).cause, RefuseCause::busy);
}

TEST_F(QueueCall, EmptyQueueRefusesOrSendsOn) {
    Queue queue = w.state.queues.at(support);
    calls_of(&queue)->join_empty = {EmptyState::logged_out, EmptyState::paused};
    calls_of(&queue)->leave_empty = {EmptyState::paused};
    calls_of(&queue)->on_leave = {DestinationKind::echo, ""};
    w.give(SaveQueue{queue});
    w.call("226000002");
    EXPECT_EQ(w.happened<InteractionEnded>().at(0).outcome, Outcome::refused_empty);
    EXPECT_EQ(w.done<EchoLeg>().size(), 1U);
    const UserId jan = w.agent("jan", "512", {6001});
    w.call("226000002");
    w.hang_up(w.at("d512"), 603);
    EXPECT_EQ(w.state_of(jan), UserState::paused);
    EXPECT_EQ(w.happened<InteractionEnded>().at(0).outcome, Outcome::left_empty);
    EXPECT_EQ(w.done<EchoLeg>().size(), 1U);
}

TEST_F(QueueCall, MaxWaitSendsOnAndChargesNobody) {
    Queue queue = w.state.queues.at(support);
    offering_of(&queue)->max_wait = 10s;
    calls_of(&queue)->on_leave = {DestinationKind::hangup, ""};
    w.give(SaveQueue{queue});
    w.agent("jan", "512", {6001});
    w.call("226000002");
    w.pass(10s);
    EXPECT_EQ(w.happened<OfferEnded>().at(0).outcome, OfferOutcome::withdrawn);
    EXPECT_EQ(w.happened<InteractionEnded>().at(0).outcome, Outcome::timed_out);
    EXPECT_TRUE(w.state.calls.empty());
}

TEST_F(QueueCall, PositionIsAnnouncedAndRepeated) {
    Queue queue = w.state.queues.at(support);
    calls_of(&queue)->position_announcement = true;
    w.give(SaveQueue{queue});
    w.call("226000002");
    const LegId second = w.call("226000002");
    EXPECT_EQ(w.hears(second), "position:2");
    w.finish_play(second);
    EXPECT_EQ(w.hears(second), "music:default");
    w.pass(30s);
    EXPECT_EQ(w.hears(second), "position:2");
}

TEST_F(QueueCall, AnnouncementIsHeardBeforeJoining) {
    Queue queue = w.state.queues.at(support);
    calls_of(&queue)->announcement = "welcome";
    calls_of(&queue)->language = "en";
    w.give(SaveQueue{queue});
    const LegId caller = w.call("226000002");
    EXPECT_EQ(w.hears(caller), "prompt:welcome");
    EXPECT_EQ(w.done<PlaySounds>().at(0).sounds.at(0).language, "en");
    EXPECT_TRUE(w.ever<InteractionStarted>().empty());
    w.finish_play(caller);
    EXPECT_EQ(w.ever<InteractionStarted>().size(), 1U);
    EXPECT_EQ(w.hears(caller), "music:default");
}

TEST_F(QueueCall, RecordingFromTheQueueOnWhenTheQueueAsks) {
    Queue queue = w.state.queues.at(support);
    calls_of(&queue)->record = RecordMode::immediately;
    w.give(SaveQueue{queue});
    const UserId jan = w.agent("jan", "512", {6001});
    w.call("226000002");
    EXPECT_EQ(w.done<StartRecording>().size(), 1U);
    w.answer("d512");
    ASSERT_EQ(w.happened<RecordingAssigned>().size(), 1U);
    EXPECT_EQ(w.happened<RecordingAssigned>().at(0).user, jan);
    EXPECT_EQ(w.done<StartRecording>().at(0).agent, w.at("d512"));
}

TEST_F(QueueCall, EarlierRecordingModeOfUserAndQueueWins) {
    Queue queue = w.state.queues.at(support);
    calls_of(&queue)->record = RecordMode::disabled;
    w.give(SaveQueue{queue});
    const UserId jan = w.agent("jan", "512", {6001});
    User user = w.state.users.at(jan);
    user.record = RecordMode::disabled;
    w.give(SaveUser{user});
    w.call("226000002");
    w.answer("d512");
    EXPECT_TRUE(w.ever<RecordingStarted>().empty());
}

TEST_F(QueueCall, TakingIsAtomicAndCancelsTheColleaguesOffer) {
    const UserId jan = w.agent("jan", "512", {6001});
    const UserId jana = w.agent("jana", "511", {6001});
    w.give(BecomeUnready{jana});
    w.call("226000002");
    const ActivityId ringing = w.offer_of(jan)->activity;
    w.give(Take{jana, ringing});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.offer_of(jan), nullptr);
    ASSERT_NE(w.offer_of(jana), nullptr);
    EXPECT_EQ(w.reply.activity, w.offer_of(jana)->activity);
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    w.answer("d511");
    EXPECT_EQ(w.state_of(jana), UserState::talking);
}

TEST_F(QueueCall, HoldPlaysMusicAndResumeConnectsAgain) {
    const UserId jan = w.agent("jan", "512", {6001});
    const LegId caller = w.call("226000002");
    w.answer("d512");
    const ActivityId activity = w.activity_of(jan);
    w.give(Hold{jan, activity, true});
    EXPECT_EQ(w.state_of(jan), UserState::hold);
    EXPECT_EQ(w.hears(caller), "music:default");
    w.give(Hold{jan, activity, false});
    EXPECT_EQ(w.state_of(jan), UserState::talking);
    EXPECT_EQ(w.done<ConnectLegs>().size(), 1U);
    w.pass(2s);
    w.give(HangUpActivity{jan, activity});
    EXPECT_EQ(w.happened<InteractionEnded>().at(0).by, EndedBy::agent);
    w.give(Hold{jan, activity, true});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
}

TEST_F(QueueCall, RestartKeepsTheWaitingAndEndsTheLost) {
    const LegId first = w.call("226000002");
    const LegId second = w.call("226000002");
    w.give(ProgramStartedReport{{second}});
    EXPECT_EQ(find_leg(w.state, first), nullptr);
    EXPECT_EQ(w.happened<LegEnded>().at(0).cause, LegCause::lost);
    EXPECT_EQ(w.done<PlaySounds>().size(), 1U);
    EXPECT_EQ(w.done<AnswerLeg>().at(0).leg, second);
    EXPECT_EQ(waiting_of_queue(w.state, support).size(), 1U);
}

struct Postponed : QueueCall {
    UserId jan = w.agent("jan", "512", {6001});
    ActivityId work;
    void SetUp() override {
        QueueCall::SetUp();
        const LegId caller = w.call("226000002");
        w.answer("d512");
        w.hang_up(caller);
        work = w.activity_of(jan);
    }
};

TEST_F(Postponed, ComesBackAtItsTimeWithItsNote) {
    w.give(PostponeActivity{jan, work, w.now + 300s, "call again about the invoice"});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    w.pass(301s);
    EXPECT_EQ(w.state_of(jan), UserState::working);
    EXPECT_EQ(w.state.activities.at(work).note, "call again about the invoice");
    w.give(PostponeActivity{jan, work, w.now - 1s, {}});
    EXPECT_EQ(w.reply.field, "until");
}

TEST_F(Postponed, IsOpenedBeforeItsTimeByItsOwner) {
    const UserId petr = w.agent("petr", "513", {});
    for (const Instant until : {Instant{}, w.now + 300s}) {
        w.give(PostponeActivity{jan, work, until, "note"});
        w.give(OpenActivity{petr, work});
        EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
        w.give(OpenActivity{jan, work});
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
        EXPECT_EQ(w.state_of(jan), UserState::working);
        EXPECT_EQ(w.state.activities.at(work).note, "note");
    }
    w.pass(600s);
    EXPECT_TRUE(w.happened<ActivityResumed>().empty()) << "its time is forgotten";
    w.give(CloseActivity{jan, work, {}, std::string(limits::note_bytes_max + 1, 'a')});
    EXPECT_EQ(w.reply.field, "note");
    w.give(CloseActivity{jan, work, {}, std::string(limits::note_bytes_max, 'a')});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
}

}  // namespace
}  // namespace linka::core::test
