// Every way to the public network passes the same rules.
#include "linka/core/voice/outside.hpp"

#include "linka/core/flow/routing.hpp"
#include "linka/core/records/right_to_call.hpp"
#include "linka/core/testing/world.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/outbound.hpp"
#include "linka/core/voice/ringing.hpp"

namespace linka::core::test {
namespace {

struct Outside : ::testing::Test {
    World w;
    QueueId in = w.queue(6001);
    QueueId out = w.queue(6002, [](Queue& q) { q.type = QueueType::out; });
    UserId jan = w.agent("jan", "512", {6001, 6002});
    UserId petr = w.agent("petr", "513", {6001});
    Outside() {
        w.route("1", {DestinationKind::queue, "6001"});
        w.route("2", {DestinationKind::extension, "513"});
    }

    UserId clerk(bool may_call) {
        User user = w.person("ucetni", "520");
        user.type = UserType::BO;
        user.call_without_queue = may_call;
        user.devices = {{w.device("320"), {}, {}}};
        return w.save(user);
    }
    bool reaches_trunk() const { return !w.ever<LegStarted>().empty() && outside_legs() > 0; }
    std::size_t outside_legs() const {
        const auto all = w.ever<LegStarted>();
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [](const auto& leg) { return !leg.incoming && !leg.device; }));
    }
    static RightToCall near(std::vector<std::string> rules) {
        RightToCall right;
        right.name = "near";
        right.title = "Near";
        right.rules = std::move(rules);
        return right;
    }
    // The right, which the user has from now on.
    RightToCall give_right(UserId id, std::vector<std::string> rules) {
        RightToCall right = near(std::move(rules));
        w.give(SaveRightToCall{right});
        right.id = RightToCallId{w.reply.record_id};
        User user = w.state.users.at(id);
        user.right_to_call = right.id;
        w.save(user);
        return right;
    }
    LegId petr_talks() {
        w.give(BecomeUnready{jan});
        const LegId caller = w.call("1");
        w.answer("d513");
        return caller;
    }
};

TEST_F(Outside, WhichNumbersMayBeCalledAtAll) {
    struct Row {
        const char* typed;
        const char* dialled;  // null: never
    };
    const Row rows[] = {
        {"777123456", "00420777123456"},
        {"+420 777 123 456", "00420777123456"},
        {"112", "112"},
        {"158", "158"},
        {"900123456", nullptr},
        {"906123456", nullptr},
        {"909123456", nullptr},
        {"976123456", nullptr},
        {"+420976123456", nullptr},
        {"970123456", "00420970123456"},
        {"972123456", "00420972123456"},
        {"00421905123456", nullptr},
        {"+1 212 555 0100", nullptr},
        {"12345", nullptr},
        {"reception", nullptr},
        {"", nullptr},
        {"4207771234567", nullptr},
        {"00420777", nullptr},
    };
    for (const Row& row : rows) {
        const auto number = outside(w.state, row.typed);
        EXPECT_EQ(number.has_value(), row.dialled != nullptr) << row.typed;
        EXPECT_EQ(number.value_or(""), row.dialled == nullptr ? "" : row.dialled) << row.typed;
    }
}

TEST_F(Outside, WhoMayNotCallOutRedirectsNothingThere) {
    w.call_from("d513", "*170777123456");
    EXPECT_TRUE(w.state.users.at(petr).forwarding_number.empty());
    w.give(SetForward{petr, "777123456"});
    EXPECT_TRUE(w.blocked(BlockerCode::no_right));
    User user = w.state.users.at(petr);
    user.forwarding_number = "777123456";
    w.give(SaveUser{user});
    EXPECT_EQ(w.reply.field, "forwarding_number");
    w.give(SetForward{jan, "777123456"});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    w.give(SetForward{jan, "900123456"});
    EXPECT_TRUE(w.blocked(BlockerCode::not_allowed_number));
    w.give(SetForward{jan, ""});
    EXPECT_TRUE(w.state.users.at(jan).forwarding_number.empty());
}

TEST_F(Outside, ARightThatWasTakenAwayEndsTheRedirection) {
    w.give(SetForward{jan, "777123456"});
    w.give(LogOut{jan});
    User user = w.state.users.at(jan);
    user.queues = {{in, QueueLogin::manual, 0}};
    w.save(user);
    w.route("3", {DestinationKind::extension, "512"});
    w.call("3");
    EXPECT_FALSE(reaches_trunk());
}

TEST_F(Outside, ARightToCallSaysWhichNumbersByTheFirstRuleThatFits) {
    const RightToCall right = near({"777999888", "!_777X.", "_7XXXXXXXX", "_00421."});
    const auto may = [&](const char* number) { return may_call(right, number, "420"); };
    EXPECT_TRUE(may("00420777999888"));
    EXPECT_FALSE(may("00420777123456"));
    EXPECT_TRUE(may("00420721123456"));
    EXPECT_TRUE(may("00421905123456"));
    EXPECT_FALSE(may("00420221123456")) << "what no rule fits";
}

// Nothing abroad, said as people would say it, lets the own country in, however it is dialled.
TEST_F(Outside, ARightToCallKnowsWhatIsAbroad) {
    const RightToCall home = near({"!_00.", "_X."});
    const RightToCall abroad = near({"!_00420.", "_X."});
    for (const char* number : {"702555101", "00420702555101", "+420702555101"}) {
        EXPECT_TRUE(may_call(home, number, "420")) << number;
        EXPECT_FALSE(may_call(abroad, number, "420")) << number << ": the rule names the country";
    }
    EXPECT_FALSE(may_call(home, "004930123456", "420"));
    EXPECT_TRUE(may_call(abroad, "004930123456", "420"));
}

TEST_F(Outside, WhoHasARightToCallCallsForwardsAndTransfersByIt) {
    give_right(jan, {"_72XXXXXXX"});
    w.give(CallOut{jan, "777123456", out});
    EXPECT_TRUE(w.blocked(BlockerCode::right_to_call));
    EXPECT_EQ(w.reply.blockers.front().subjects, std::vector<std::string>{"Near"});
    w.give(SetForward{jan, "777123456"});
    EXPECT_TRUE(w.blocked(BlockerCode::right_to_call));
    w.give(SetForward{jan, "721123456"});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    w.call_from("d512", "777123456");
    EXPECT_FALSE(reaches_trunk()) << "dialled at the telephone";
    w.call_from("d512", "112");
    EXPECT_TRUE(reaches_trunk()) << "whatever the rules say";
}

TEST_F(Outside, ARightToCallThatLosesTheNumberEndsTheRedirection) {
    RightToCall right = give_right(jan, {"_777XXXXXX"});
    w.give(SetForward{jan, "777123456"});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    w.give(LogOut{jan});
    w.route("3", {DestinationKind::extension, "512"});
    right.rules = {"!_777X.", "_7XXXXXXXX"};
    w.give(SaveRightToCall{right});
    w.call("3");
    EXPECT_FALSE(reaches_trunk());
}

TEST_F(Outside, ARightToCallInUseStaysAndIsRead) {
    RightToCall right = near({});
    for (const char* wrong : {"", "!", "+420.", "_", "_7[", "call me", "_7.X"}) {
        right.rules = {"_7XXXXXXXX", wrong};
        w.give(SaveRightToCall{right});
        EXPECT_EQ(w.reply.field, "rules") << wrong;
    }
    right.rules = {};
    w.give(SaveRightToCall{right});
    EXPECT_EQ(w.reply.field, "rules") << "none";
    right.rules = {"!_7.", "_."};
    w.give(SaveRightToCall{right});
    const RightToCallId id{w.reply.record_id};
    User user = w.state.users.at(petr);
    user.right_to_call = RightToCallId{99};
    w.give(SaveUser{user});
    EXPECT_EQ(w.reply.field, "right_to_call");
    user.right_to_call = id;
    w.save(user);
    w.give(RemoveRightToCall{id});
    EXPECT_TRUE(w.blocked(BlockerCode::in_use));
    user.right_to_call = {};
    w.save(user);
    w.give(RemoveRightToCall{id});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.rights_to_call.empty());
}

TEST_F(Outside, TransfersToThePublicNetworkNeedTheRightToCallThere) {
    const LegId caller = petr_talks();
    const ActivityId activity = w.activity_of(petr);
    w.give(Transfer{petr, activity, "777999888", TransferMode::blind});
    EXPECT_TRUE(w.blocked(BlockerCode::no_right));
    w.give(Transfer{petr, activity, "777999888", TransferMode::attended});
    EXPECT_TRUE(w.blocked(BlockerCode::no_right));
    w.give(TransferAskedReport{w.at("d513"), "777999888", {}});
    ASSERT_EQ(w.done<ConfirmTransfer>().size(), 1U);
    EXPECT_FALSE(w.done<ConfirmTransfer>()[0].accepted);
    EXPECT_NE(find_leg(w.state, caller), nullptr);
    EXPECT_FALSE(reaches_trunk());
}

TEST_F(Outside, ARedirectionThatLeadsBackIsRefused) {
    const UserId id = clerk(true);
    RingGroup group;
    group.id = RingGroupId{700};
    group.title = "Office";
    group.members = {{"520", 20s}};
    w.give(SaveRingGroup{group});
    w.route("226000003", {DestinationKind::ring_group, "700"});
    for (const char* number : {"226000003", "+420226000003"}) {
        w.give(SetForward{jan, number});
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok) << "no way back to Jan";
        w.call_from("320", std::string("*170") + number);
        EXPECT_TRUE(w.state.users.at(id).forwarding_number.empty()) << number;
        User user = w.state.users.at(id);
        user.forwarding_number = number;
        w.give(SaveUser{user});
        EXPECT_EQ(w.reply.text, "leads back to the user");
    }
}

TEST_F(Outside, ALoopThatNobodySawComesToAnEnd) {
    const UserId id = clerk(true);
    User user = w.state.users.at(id);
    user.forwarding_number = "777123456";
    w.save(user);
    w.route("4", {DestinationKind::extension, "520"});
    // Somebody far away sends every call back to us.
    for (int i = 0; i < 20; ++i) {
        w.call("4", "00420777123456");
    }
    EXPECT_EQ(outside_legs(), 3U);
    // A rule of our own that leads back, made after the redirection.
    w.route("777123456", {DestinationKind::extension, "520"});
    for (const auto& [leg_id, leg] : std::map<LegId, Leg>(w.state.legs)) {
        w.hang_up(leg_id);
    }
    w.call("4");
    EXPECT_EQ(outside_legs(), 3U);
}

TEST_F(Outside, AnEmergencyNeedsNothingButATelephone) {
    w.give(BecomeUnready{petr});
    w.give(ChangeQueues{petr, {}, {in}});
    for (const char* number : {"112", "150", "155", "156", "158"}) {
        w.give(CallOut{petr, number, {}});
        ASSERT_EQ(w.reply.kind, Reply::Kind::ok) << number;
        w.answer("d513");
        EXPECT_TRUE(w.outside_leg(number)) << number;
        w.hang_up(w.at("d513"));
        w.give(CloseActivity{petr, w.activity_of(petr), {}, {}});
        w.pass(60s);
    }
    w.give(ChangeDevices{petr, {}, {"d513"}});
    w.give(CallOut{petr, "112", {}});
    EXPECT_TRUE(w.blocked(BlockerCode::no_device));
}

TEST_F(Outside, NothingOfOursStandsBeforeAnEmergencyNumber) {
    Settings settings = w.state.settings;
    settings.emergency.push_back("512");
    w.give(SaveSettings{settings});
    EXPECT_EQ(w.reply.field, "emergency");
    EXPECT_EQ(w.reply.text, "512 is the extension of user jan");
    settings.emergency.back() = "6001";
    w.give(SaveSettings{settings});
    EXPECT_EQ(w.reply.field, "emergency");
    User user = w.person("olga", "155");
    w.give(SaveUser{user});
    EXPECT_EQ(w.reply.text, "an emergency number");
    EXPECT_TRUE(is_nowhere(inside(w.state, "112")));
}

TEST_F(Outside, WithoutALineItIsSaid) {
    Trunk trunk = *trunk_out(w.state);
    trunk.deactivated = true;
    w.give(SaveTrunk{trunk});
    EXPECT_TRUE(World::has(can(w.state, jan, Action::call_out), BlockerCode::no_trunk));
    w.give(CallOut{jan, "777123456", {}});
    EXPECT_TRUE(w.blocked(BlockerCode::no_trunk));
    w.give(CallOut{jan, "513", {}});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok) << "colleagues need none";
}

TEST_F(Outside, WhyACallOutFailedIsKept) {
    struct Row {
        int status;
        bool rings;
        EndReason reason;
    };
    const Row rows[] = {
        {486, true, EndReason::busy},
        {603, true, EndReason::declined},
        {480, true, EndReason::no_answer},
        {404, false, EndReason::no_such_number},
        {484, false, EndReason::no_such_number},
        {503, false, EndReason::line_down},
        {408, false, EndReason::line_down},
        {403, false, EndReason::line_refused},
        {500, false, EndReason::line_down},
        {499, false, EndReason::failed},
    };
    for (const Row& row : rows) {
        w.give(CallOut{jan, "777123456", {}});
        ASSERT_EQ(w.reply.kind, Reply::Kind::ok) << row.status;
        const ActivityId activity = w.reply.activity;
        w.phones_ring = row.rings;
        w.answer("d512");
        w.phones_ring = true;
        const LegId far = w.outside_leg("00420777123456");
        w.hang_up(far, row.status);
        const auto ended = w.happened<InteractionEnded>();
        ASSERT_EQ(ended.size(), 1U) << row.status;
        EXPECT_EQ(ended[0].reason, row.reason) << row.status;
        EXPECT_EQ(ended[0].status, row.status);
        const Interaction* interaction = interaction_of_activity(w.state, activity);
        ASSERT_NE(interaction, nullptr);
        EXPECT_EQ(interaction->reason, row.reason) << "also in the row, until it is closed";
        w.finish_play(w.at("d512"));
        w.give(CloseActivity{jan, activity, {}, {}});
        w.pass(60s);
    }
}

}  // namespace
}  // namespace linka::core::test
