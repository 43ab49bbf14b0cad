// Calls past the queues: extensions and devices, outside numbers, transfers, menus, groups.
#include "linka/core/flow/prompts.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

using namespace std::chrono_literals;

struct DirectCall : ::testing::Test {
    World w;
    QueueId in = w.queue(6001);
    QueueId out = w.queue(6002, [](Queue& q) { q.type = QueueType::out; });
    UserId jan = w.agent("jan", "512", {6001, 6002});
    UserId jana = w.agent("jana", "511", {6001, 6002});
    UserId office() {
        User user = w.person("ucetni", "520");
        user.type = UserType::BO;
        user.access = Access::back_office;
        user.devices.push_back({w.device("320"), {}, {}});
        return w.save(user);
    }
};

TEST_F(DirectCall, ExtensionRingsEveryDeviceWithItsOwnDelayAndTime) {
    User user = w.person("frantisek", "510");
    user.devices = {{w.device("330"), 0s, 15s},
                    {w.device("821", DeviceType::web), 0s, 0s},
                    {w.device("00420777123456", DeviceType::external), 10s, 0s}};
    const UserId frantisek = w.save(user);
    w.give(LogIn{frantisek});
    w.give(ChangeDevices{frantisek, {"330", "821", "00420777123456"}, {}});
    w.call_from("d512", "510");
    EXPECT_TRUE(w.at("330"));
    EXPECT_TRUE(w.at("821"));
    EXPECT_FALSE(w.at("00420777123456"));
    w.pass(10s);
    EXPECT_TRUE(w.at("00420777123456"));
    w.pass(5s);
    EXPECT_FALSE(w.at("330")) << "its own ring time is over";
    EXPECT_TRUE(w.at("821"));
    w.answer("00420777123456");
    EXPECT_FALSE(w.at("821"));
    EXPECT_EQ(w.state_of(frantisek), UserState::talking);
    EXPECT_EQ(w.state_of(jan), UserState::talking);
}

TEST_F(DirectCall, DevicesAreNeverDialled) {
    w.device("330");
    w.call_from("d512", "330");
    EXPECT_FALSE(w.at("330"));
    w.device("511");
    const LegId caller = w.call_from("d512", "511");
    EXPECT_FALSE(w.at("511")) << "an extension, though a device has the same name";
    EXPECT_TRUE(w.at("d511"));
    w.hang_up(caller);
    EXPECT_EQ(w.ever<OfferEnded>().back().reason, "customer_left");
}

TEST_F(DirectCall, InternalCallLeavesNoFormAndIsCountedForBoth) {
    const LegId caller = w.call_from("d512", "511");
    EXPECT_EQ(w.ever<InteractionStarted>().at(0).direction, CallDirection::internal);
    w.answer("d511");
    EXPECT_EQ(w.ever<ActivityConnected>().size(), 2U);
    w.hang_up(caller);
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    EXPECT_EQ(w.state_of(jana), UserState::idle);
    EXPECT_TRUE(w.state.activities.empty());
}

TEST_F(DirectCall, WhoIsLoggedOutOrTalksIsUnavailableOrBusy) {
    w.give(LogOut{jana});
    const LegId caller = w.call_from("d512", "511");
    EXPECT_EQ(w.hears(caller), "prompt:extension_unavailable");
    w.finish_play(caller);
    EXPECT_TRUE(w.state.calls.empty());
    const UserId eva = w.agent("eva", "514", {});
    w.call_from("d514", "*90");
    EXPECT_EQ(w.state_of(eva), UserState::talking);
    w.call_from("d512", "514");
    EXPECT_EQ(w.done<RefuseLeg>().at(0).cause, RefuseCause::busy);
}

TEST_F(DirectCall, BackOfficeRingsWithoutOffersAndWithoutActivities) {
    office();
    w.call_from("d512", "520");
    EXPECT_TRUE(w.at("320"));
    EXPECT_TRUE(w.ever<OfferStarted>().empty());
    w.answer("320");
    EXPECT_EQ(w.ever<ActivityOpened>().size(), 1U) << "the caller's own";
    w.hang_up(w.at("320"));
    EXPECT_TRUE(w.state.calls.empty());
}

TEST_F(DirectCall, TakingABackOfficeDeviceMakesItsCallsTheirs) {
    office();
    w.give(ChangeDevices{jan, {"320"}, {"d512"}});
    EXPECT_EQ(user_of_device(w.state, device_by_name(w.state, "320")->id)->id, jan);
    w.call_from("320", "511");
    EXPECT_EQ(w.state_of(jan), UserState::talking);
    w.hang_up(w.at("320"));
    w.give(ChangeDevices{jan, {}, {"320"}});
    EXPECT_EQ(user_of_device(w.state, device_by_name(w.state, "320")->id)->name, "ucetni");
}

TEST_F(DirectCall, CallOutRingsTheOwnPhoneThenTheNumber) {
    w.give(CallOut{jan, "777 123 456", {}});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    const ActivityId activity = w.reply.activity;
    EXPECT_EQ(w.state.activities.at(activity).queue, out);
    w.answer("d512");
    const LegId far = w.outside_leg("00420777123456");
    ASSERT_TRUE(far);
    EXPECT_EQ(w.hears(w.at("d512")), "tone:ringback");
    w.give(LegAnsweredReport{far});
    EXPECT_EQ(w.happened<InteractionAnswered>().at(0).user, jan);
    EXPECT_EQ(w.done<StartRecording>().size(), 1U);
    w.hang_up(far);
    EXPECT_EQ(w.happened<InteractionEnded>().at(0).outcome, Outcome::answered);
    EXPECT_EQ(w.state_of(jan), UserState::working);
}

TEST_F(DirectCall, OutboundOutcomesAreTold) {
    w.phones_ring = false;
    struct Case {
        int status;
        bool rang;
        Outcome outcome;
    };
    for (const auto& [status, rang, outcome] :
         {Case{486, false, Outcome::busy}, Case{480, true, Outcome::no_answer},
          Case{480, false, Outcome::failed}, Case{503, false, Outcome::failed}}) {
        w.give(CallOut{jan, "777123456", {}});
        const ActivityId activity = w.reply.activity;
        w.answer("d512");
        if (rang) {
            w.give(LegRingingReport{w.outside_leg("00420777123456")});
        }
        w.hang_up(w.outside_leg("00420777123456"), status);
        EXPECT_EQ(w.happened<InteractionEnded>().at(0).outcome, outcome);
        w.finish_play(w.at("d512"));
        w.give(CloseActivity{jan, activity, {}, {}});
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
        w.pass(20s);
    }
    w.give(CallOut{jan, "777123456", {}});
    w.hang_up(w.at("d512"), 486);
    EXPECT_EQ(w.ever<InteractionEnded>().back().outcome, Outcome::cancelled);
}

TEST_F(DirectCall, PhoneCallsOutOnlyWithTheFaqsPreconditions) {
    w.give(ChangeQueues{jan, {}, {out}});
    const LegId refused = w.call_from("d512", "777123456");
    EXPECT_EQ(w.hears(refused), "prompt:no_outbound_queue");
    w.finish_play(refused);
    w.give(ChangeQueues{jan, {out}, {}});
    const LegId foreign = w.call_from("d512", "0033123456789");
    EXPECT_EQ(w.hears(foreign), "prompt:not_allowed_number");
    w.finish_play(foreign);
    w.give(BecomeUnready{jan});
    const LegId unready = w.call_from("d512", "777123456");
    EXPECT_EQ(w.hears(unready), "prompt:not_ready");
    w.finish_play(unready);
    w.call_from("d512", "112");
    EXPECT_TRUE(w.outside_leg("112")) << "emergency numbers always";
}

TEST_F(DirectCall, PhoneOfNobodyReachesEmergencyAndNothingElse) {
    w.device("399");
    const LegId caller = w.call_from("399", "511");
    EXPECT_EQ(w.hears(caller), "prompt:not_logged_in");
    w.call_from("399", "112");
    EXPECT_TRUE(w.outside_leg("112"));
}

TEST_F(DirectCall, BlindTransferToAColleague) {
    w.route("1", {DestinationKind::queue, "6001"});
    const LegId caller = w.call("1");
    w.answer("d512");
    const ActivityId activity = w.activity_of(jan);
    w.give(Transfer{jan, activity, "511", TransferMode::blind});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.state_of(jan), UserState::working);
    EXPECT_EQ(w.hears(caller), "tone:ringback");
    w.answer("d511");
    EXPECT_EQ(w.state_of(jana), UserState::talking);
    w.hang_up(caller);
    EXPECT_EQ(w.ever<InteractionEnded>().size(), 1U);
}

TEST_F(DirectCall, BlindTransferToAQueueIsAReEntry) {
    w.route("1", {DestinationKind::queue, "6001"});
    const LegId caller = w.call("1");
    w.answer("d512");
    w.give(LogOut{jana});
    w.give(Transfer{jan, w.activity_of(jan), "6001", TransferMode::blind});
    EXPECT_EQ(w.happened<InteractionEnded>().at(0).by, EndedBy::transfer);
    EXPECT_TRUE(w.happened<InteractionStarted>().at(0).re_entry);
    EXPECT_EQ(w.hears(caller), "music:default");
    w.give(Transfer{jan, w.activity_of(jan), "6001", TransferMode::blind});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
}

TEST_F(DirectCall, AttendedTransferCompletes) {
    w.route("1", {DestinationKind::queue, "6001"});
    const LegId caller = w.call("1");
    w.answer("d512");
    w.give(Transfer{jan, w.activity_of(jan), "511", TransferMode::attended});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.state_of(jan), UserState::hold);
    EXPECT_EQ(w.hears(caller), "music:default");
    w.answer("d511");
    EXPECT_EQ(w.state_of(jana), UserState::talking);
    w.give(Transfer{jan, w.activity_of(jan), {}, TransferMode::complete});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.state_of(jan), UserState::working);
    ASSERT_EQ(w.happened<LegsConnected>().size(), 1U);
    EXPECT_EQ(w.happened<LegsConnected>().at(0).a, caller);
    w.hang_up(caller);
    EXPECT_EQ(w.state_of(jana), UserState::working);
}

TEST_F(DirectCall, AttendedTransferIsCancelledOrRefused) {
    w.route("1", {DestinationKind::queue, "6001"});
    w.call("1");
    w.answer("d512");
    const ActivityId activity = w.activity_of(jan);
    w.give(Transfer{jan, activity, "511", TransferMode::attended});
    w.answer("d511");
    w.give(Transfer{jan, activity, {}, TransferMode::cancel});
    EXPECT_EQ(w.state_of(jan), UserState::talking);
    EXPECT_FALSE(w.at("d511"));
    w.give(CloseActivity{jana, w.activity_of(jana), {}, {}});
    w.pass(60s);
    w.give(Transfer{jan, activity, "511", TransferMode::attended});
    w.hang_up(w.at("d511"), 486);
    EXPECT_EQ(w.state_of(jan), UserState::talking) << "refused: back to the customer";
    w.give(Transfer{jan, activity, "511", TransferMode::attended});
    w.pass(45s);
    EXPECT_EQ(w.state_of(jan), UserState::talking) << "nobody answered";
    w.give(Transfer{jan, activity, "511", TransferMode::attended});
    w.hang_up(w.at("d512"));
    EXPECT_TRUE(w.at("d511")) << "hanging up hands the customer over";
}

TEST_F(DirectCall, PhoneJoinsItsTwoCalls) {
    w.route("1", {DestinationKind::queue, "6001"});
    const LegId caller = w.call("1");
    w.answer("d512");
    const LegId first = w.at("d512");
    w.give(LegHeldReport{first, true});
    const LegId second = w.call_from("d512", "511");
    w.answer("d511");
    w.give(TransferAskedReport{first, {}, second});
    ASSERT_EQ(w.done<ConfirmTransfer>().size(), 1U);
    EXPECT_TRUE(w.done<ConfirmTransfer>().at(0).accepted);
    EXPECT_EQ(w.state.calls.size(), 1U);
    EXPECT_EQ(w.happened<LegsConnected>().back().a, caller);
    EXPECT_FALSE(w.at("d512"));
    w.hang_up(caller);
    EXPECT_TRUE(w.state.calls.empty());
    EXPECT_TRUE(w.state.legs.empty());
}

TEST_F(DirectCall, MenuLeadsRepeatsAndGivesUp) {
    Menu menu;
    menu.title = "Main";
    menu.prompt = "menu_main";
    menu.choices = {{"1", {DestinationKind::queue, "6001"}},
                    {"0", {DestinationKind::extension, "512"}}};
    menu.repeats = 1;
    menu.on_nothing = {DestinationKind::hangup, ""};
    w.give(SaveMenu{menu});
    w.route("1", {DestinationKind::menu, std::to_string(w.reply.record_id)});
    const LegId caller = w.call("1");
    EXPECT_EQ(w.hears(caller), "prompt:menu_main");
    w.give(DigitReport{caller, '1'});
    EXPECT_EQ(w.ever<InteractionStarted>().size(), 1U);
    const LegId other = w.call("1");
    w.give(DigitReport{other, '7'});
    EXPECT_EQ(w.hears(other), "prompt:menu_main");
    w.finish_play(other);
    w.pass(6s);
    EXPECT_EQ(find_leg(w.state, other), nullptr);
}

TEST_F(DirectCall, RingGroupsRingTogetherOrInTurn) {
    office();
    RingGroup group;
    group.id = RingGroupId{700};
    group.title = "Office";
    group.strategy = GroupStrategy::in_turn;
    group.members = {{"511", 10s}, {"520", 10s}, {"777123456", 10s}};
    group.on_no_answer = {DestinationKind::voicemail, "512"};
    w.give(SaveRingGroup{group});
    w.route("1", {DestinationKind::ring_group, "700"});
    const LegId caller = w.call("1");
    EXPECT_TRUE(w.at("d511"));
    w.pass(10s);
    EXPECT_FALSE(w.at("d511"));
    EXPECT_TRUE(w.at("320"));
    w.pass(10s);
    EXPECT_TRUE(w.outside_leg("00420777123456"));
    w.pass(10s);
    EXPECT_EQ(w.hears(caller), "prompt:voicemail_greeting");
    w.hang_up(caller);
    group.strategy = GroupStrategy::all;
    w.give(SaveRingGroup{group});
    w.call("1");
    EXPECT_TRUE(w.at("d511") && w.at("320") && w.outside_leg("00420777123456"));
    w.answer("320");
    EXPECT_FALSE(w.at("d511") || w.outside_leg("00420777123456"));
}

TEST_F(DirectCall, WhomWeCalledStaysTheCustomerInARingGroup) {
    RingGroup group;
    group.id = RingGroupId{700};
    group.title = "Office";
    group.members = {{"511", 10s}};
    w.give(SaveRingGroup{group});
    w.give(CallOut{jan, "777123456", {}});
    w.answer("d512");
    w.give(LegAnsweredReport{w.outside_leg("00420777123456")});
    w.give(Transfer{jan, w.activity_of(jan), "700", TransferMode::blind});
    ASSERT_EQ(w.happened<InteractionStarted>().size(), 1U);
    EXPECT_EQ(w.happened<InteractionStarted>().at(0).party.address, "00420777123456");
    EXPECT_EQ(w.happened<InteractionStarted>().at(0).our_address, "512");
}

TEST_F(DirectCall, VoicemailBecomesParkedWorkOfItsOwner) {
    w.route("1", {DestinationKind::voicemail, "512"});
    const LegId caller = w.call("1");
    w.finish_play(caller);
    ASSERT_EQ(w.happened<RecordingStarted>().size(), 1U);
    EXPECT_TRUE(w.happened<RecordingStarted>().at(0).voicemail);
    w.pass(20s);
    w.hang_up(caller);
    ASSERT_TRUE(w.activity_of(jan));
    EXPECT_TRUE(w.state.activities.at(w.activity_of(jan)).postponed);
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    w.give(RecordingEndedReport{RecordingId{1}, 20s, 1000, false, {}});
    EXPECT_TRUE(w.state.recordings.empty());
}

TEST_F(DirectCall, RoutesByTheBestRule) {
    w.route("", {DestinationKind::hangup, ""});
    w.route("_2260000X.", {DestinationKind::busy, ""});
    w.route("_22600000X", {DestinationKind::echo, ""});
    w.route("226000004", {DestinationKind::extension, "511"});
    w.call("226000009");
    EXPECT_EQ(w.done<EchoLeg>().size(), 1U);
    w.call("+420226000004");
    EXPECT_TRUE(w.at("d511"));
    w.call("226000099");
    EXPECT_EQ(w.done<RefuseLeg>().at(0).cause, RefuseCause::busy);
    w.call("5");
    EXPECT_EQ(w.done<RefuseLeg>().at(0).cause, RefuseCause::declined);
}

TEST_F(DirectCall, FeatureCodesAreObeyed) {
    const auto dial = [&](const std::string& code) {
        const LegId leg = w.call_from("d512", code);
        std::string heard = w.hears(leg);
        w.hang_up(leg);
        return heard;
    };
    EXPECT_EQ(dial("*181"), "prompt:done");
    EXPECT_EQ(w.state_of(jan), UserState::paused);
    EXPECT_EQ(dial("*182"), "prompt:done");
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    EXPECT_EQ(dial("*426001"), "prompt:done");
    EXPECT_FALSE(is_in_queue(w.state, jan, in));
    EXPECT_EQ(dial("*416001"), "prompt:done");
    EXPECT_TRUE(is_in_queue(w.state, jan, in));
    EXPECT_EQ(dial("*170777123456"), "prompt:done");
    w.call_from("d511", "512");
    EXPECT_TRUE(w.outside_leg("00420777123456"));
    EXPECT_EQ(dial("*999"), "prompt:not_possible");
}

}  // namespace
}  // namespace linka::core::test
