// Sessions, "may I", and records: what is refused, with the field or the blocker.
#include "linka/core/acd/verdict.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

using namespace std::chrono_literals;

struct SessionRules : ::testing::Test {
    World w;
    QueueId in = w.queue(6001);
    QueueId out = w.queue(6002, [](Queue& q) { q.type = QueueType::out; });
    User jan_record = [this] {
        User user = w.person("jan", "512");
        user.queues = {{in, QueueLogin::fixed, 0}, {out, QueueLogin::manual, 0}};
        return user;
    }();
    UserId jan = w.save(jan_record);
    bool may_not(Action action, BlockerCode code) {
        return World::has(can(w.state, jan, action), code);
    }
};

TEST_F(SessionRules, CallingOutNeedsTheFourThings) {
    w.device("332");
    EXPECT_TRUE(may_not(Action::call_out, BlockerCode::not_logged_in));
    w.give(LogIn{jan});
    EXPECT_FALSE(may_not(Action::call_out, BlockerCode::not_logged_in));
    EXPECT_TRUE(may_not(Action::call_out, BlockerCode::not_ready));
    EXPECT_TRUE(may_not(Action::call_out, BlockerCode::no_outbound_queue));
    EXPECT_TRUE(may_not(Action::call_out, BlockerCode::no_device));
    w.give(BecomeReady{jan});
    w.give(ChangeQueues{jan, {out}, {}});
    w.give(ChangeDevices{jan, {"332"}, {}});
    EXPECT_TRUE(can(w.state, jan, Action::call_out).empty());
    EXPECT_TRUE(can(w.state, jan, Action::receive_calls).empty()) << "6001 is a fixed queue";
    w.give(DeviceReachabilityReport{device_by_name(w.state, "332")->id, false, false});
    EXPECT_TRUE(may_not(Action::call_out, BlockerCode::device_not_registered));
    EXPECT_TRUE(may_not(Action::receive_calls, BlockerCode::device_not_registered));
}

TEST_F(SessionRules, BeingCalledNeedsWhatMakesTheExtensionRing) {
    const DeviceId phone = w.device("332");
    EXPECT_TRUE(may_not(Action::be_called, BlockerCode::not_logged_in));
    w.give(LogIn{jan});
    EXPECT_TRUE(may_not(Action::be_called, BlockerCode::no_device));
    w.give(ChangeDevices{jan, {"332"}, {}});
    w.give(DeviceReachabilityReport{phone, false, false});
    EXPECT_TRUE(may_not(Action::be_called, BlockerCode::device_not_registered));
    w.give(DeviceReachabilityReport{phone, true, false});
    EXPECT_TRUE(can(w.state, jan, Action::be_called).empty()) << "no need to be ready";
    Pause quiet;
    quiet.name = "quiet";
    quiet.title = "Quiet";
    quiet.prevent_direct_calls = true;
    w.give(SavePause{quiet});
    w.give(SetPause{jan, "quiet"});
    EXPECT_TRUE(may_not(Action::be_called, BlockerCode::paused));
    w.give(SetPause{jan, {}});
    w.route("226000512", {DestinationKind::extension, "512"});
    const LegId customer = w.call("226000512");
    EXPECT_NE(w.offer_of(jan), nullptr);
    EXPECT_TRUE(may_not(Action::be_called, BlockerCode::busy));
    w.hang_up(customer);
    EXPECT_TRUE(can(w.state, jan, Action::be_called).empty());
}

TEST_F(SessionRules, WebAnswerNeedsExactlyOneDeviceThatObeys) {
    w.device("332");
    w.device("823", DeviceType::web);
    w.own(jan, "823");
    w.give(LogIn{jan});
    w.give(BecomeReady{jan});
    w.give(ChangeDevices{jan, {"332", "823"}, {}});
    w.route("1", {DestinationKind::queue, "6001"});
    w.call("1");
    ASSERT_NE(w.offer_of(jan), nullptr);
    const ActivityId activity = w.offer_of(jan)->activity;
    w.give(Accept{jan, activity});
    ASSERT_TRUE(w.blocked(BlockerCode::multiple_devices));
    EXPECT_EQ(w.reply.blockers[0].subjects, (std::vector<std::string>{"332", "823"}));
    w.give(ChangeDevices{jan, {}, {"332"}});
    w.give(Accept{jan, activity});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    ASSERT_EQ(w.done<AskToAnswer>().size(), 1U);
    EXPECT_EQ(w.done<AskToAnswer>().at(0).leg, w.at("823"));
}

TEST_F(SessionRules, APhoneThatCannotBeToldToAnswerBlocksWebAnswer) {
    w.device("332");
    w.give(LogIn{jan});
    w.give(BecomeReady{jan});
    w.give(ChangeDevices{jan, {"332"}, {}});
    w.route("1", {DestinationKind::queue, "6001"});
    w.call("1");
    const ActivityId activity = w.offer_of(jan)->activity;
    w.give(Accept{jan, activity});
    EXPECT_TRUE(w.blocked(BlockerCode::device_cannot_answer_remotely));
    w.give(LegRingingReport{w.at("332"), false, true});
    w.give(Accept{jan, activity});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    w.give(Accept{jan, ActivityId{999}});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
}

TEST_F(SessionRules, AutoAnswerNeedsAllThree) {
    w.device("332");
    w.device("823", DeviceType::web);
    w.own(jan, "823");
    w.give(LogIn{jan});
    w.give(BecomeReady{jan});
    w.give(ChangeDevices{jan, {"823"}, {}});
    EXPECT_TRUE(may_not(Action::auto_answer, BlockerCode::queue_autoanswer_off));
    Queue queue = w.state.queues.at(in);
    calls_of(&queue)->auto_answer = true;
    w.give(SaveQueue{queue});
    EXPECT_TRUE(can(w.state, jan, Action::auto_answer).empty());
    w.route("1", {DestinationKind::queue, "6001"});
    const LegId caller = w.call("1");
    EXPECT_TRUE(w.done<DialDevice>().at(0).auto_answer);
    w.hang_up(caller);
    w.give(ChangeDevices{jan, {"332"}, {}});
    EXPECT_TRUE(may_not(Action::auto_answer, BlockerCode::multiple_devices));
    w.call("1");
    EXPECT_FALSE(w.done<DialDevice>().at(0).auto_answer);
    w.give(ChangeDevices{jan, {}, {"823"}});
    EXPECT_TRUE(may_not(Action::auto_answer, BlockerCode::device_cannot_answer_remotely));
}

TEST_F(SessionRules, ADeviceServesOneUser) {
    const DeviceId device = w.device("332");
    w.give(LogIn{jan});
    w.give(ChangeDevices{jan, {"332"}, {}});
    const UserId jana = w.save(w.person("jana", "511"));
    w.give(LogIn{jana});
    w.give(ChangeDevices{jana, {"332"}, {}});
    ASSERT_TRUE(w.blocked(BlockerCode::device_in_use));
    EXPECT_EQ(w.reply.blockers[0].subjects, (std::vector<std::string>{"332", "jan"}));
    EXPECT_EQ(user_of_device(w.state, device)->id, jan);
    w.give(ChangeDevices{jana, {"332"}, {}, true});
    EXPECT_EQ(user_of_device(w.state, device)->id, jana);
    EXPECT_TRUE(devices_of_user(w.state, jan).empty());
    EXPECT_EQ(w.happened<DeviceLeft>().at(0).taken_by, jana) << "Jan is told who has it";
    w.call_from("332", "*90");
    w.give(ChangeDevices{jan, {"332"}, {}, true});
    EXPECT_TRUE(w.blocked(BlockerCode::busy));
    w.give(ChangeDevices{jan, {"nothing"}, {}});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
}

TEST_F(SessionRules, AColleaguesOwnTelephonesAreNeverTaken) {
    Device desk;
    desk.name = desk.title = "330";
    w.give(SaveDevice{desk});
    w.device("821", DeviceType::web);
    w.device("00420777123456", DeviceType::external);
    User frantisek = w.person("frantisek", "510");
    for (const char* name : {"330", "821", "00420777123456"}) {
        frantisek.devices.push_back({device_by_name(w.state, name)->id, {}, {}});
    }
    const UserId owner = w.save(frantisek);
    w.give(LogIn{jan});
    w.give(LogIn{owner});
    for (const char* name : {"330", "821", "00420777123456"}) {
        for (const bool take : {false, true}) {
            w.give(ChangeDevices{jan, {name}, {}, take});
            EXPECT_TRUE(w.blocked(BlockerCode::no_right)) << name;
            w.give(Start{jan, std::vector<std::string>{name}, {}, take});
            EXPECT_TRUE(w.blocked(BlockerCode::no_right)) << name;
        }
        w.give(ChangeDevices{owner, {name}, {}});
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok) << name;
    }
    EXPECT_TRUE(devices_of_user(w.state, jan).empty());
    desk.name = "web";
    desk.type = DeviceType::web;
    desk.shared = true;
    w.give(SaveDevice{desk});
    EXPECT_EQ(w.reply.field, "shared");
}

TEST_F(SessionRules, AWebPageAnswersByItselfOnlyForWhoIsSignedInToIt) {
    const DeviceId page = w.device("823", DeviceType::web);
    w.own(jan, "823");
    const UserId jana = w.save(w.person("jana", "511"));
    w.give(LogIn{jan});
    w.give(ChangeDevices{jan, {"823"}, {}});
    w.give(DeviceReachabilityReport{page, true, true, jana});
    EXPECT_FALSE(answers_for(w.state, jan, page));
    w.give(DeviceReachabilityReport{page, true, true, jan});
    EXPECT_TRUE(answers_for(w.state, jan, page));
}

TEST_F(SessionRules, ReadyWithoutATelephoneIsNotFree) {
    const DeviceId device = w.device("332");
    w.give(LogIn{jan});
    w.give(BecomeReady{jan});
    EXPECT_EQ(w.state_of(jan), UserState::no_device);
    w.give(ChangeDevices{jan, {"332"}, {}});
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    w.give(DeviceReachabilityReport{device, false, false});
    EXPECT_EQ(w.state_of(jan), UserState::no_device);
    EXPECT_TRUE(may_not(Action::receive_calls, BlockerCode::device_not_registered));
    w.give(DeviceReachabilityReport{device, true, false});
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    w.give(BecomeUnready{jan});
    w.give(DeviceReachabilityReport{device, false, false});
    EXPECT_EQ(w.state_of(jan), UserState::not_ready);
}

TEST_F(SessionRules, FixedQueueIsNotLeftAndOthersNeedARight) {
    w.give(LogIn{jan});
    EXPECT_TRUE(is_in_queue(w.state, jan, in));
    EXPECT_FALSE(is_in_queue(w.state, jan, out));
    w.give(ChangeQueues{jan, {}, {in}});
    EXPECT_TRUE(w.blocked(BlockerCode::no_right));
    w.queue(6003);
    w.give(ChangeQueues{jan, {QueueId{6003}}, {}});
    EXPECT_TRUE(w.blocked(BlockerCode::no_right));
    w.give(LogOut{jan});
    EXPECT_TRUE(users_of_queue(w.state, in).empty());
}

TEST_F(SessionRules, LogOutWithdrawsOffersAndWaitsForCalls) {
    const UserId jana = w.agent("jana", "511", {6001});
    w.route("1", {DestinationKind::queue, "6001"});
    w.call("1");
    w.give(LogOut{jana});
    EXPECT_EQ(w.happened<OfferEnded>().at(0).reason, "logged_out");
    EXPECT_EQ(w.state_of(jana), UserState::logged_out);
    EXPECT_FALSE(w.at("d511"));
    const UserId eva = w.agent("eva", "514", {});
    w.call_from("d514", "*90");
    w.give(LogOut{eva});
    EXPECT_TRUE(w.blocked(BlockerCode::busy));
}

// A right that is taken away is gone at once: also in the middle of a call.
TEST_F(SessionRules, WhoIsDeactivatedIsLoggedOutAndTheirCallsEnd) {
    const UserId eva = w.agent("eva", "514", {6001});
    w.call_from("d514", "*90");
    User changed = w.state.users.at(eva);
    changed.deactivated = true;
    w.give(SaveUser{changed});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.state_of(eva), UserState::logged_out);
    EXPECT_FALSE(is_on_call(w.state, eva));
    EXPECT_TRUE(w.state.legs.empty());
    w.give(LogIn{eva});
    EXPECT_TRUE(w.blocked(BlockerCode::no_right));
}

TEST_F(SessionRules, ASessionThatEndsAfterTheCallCanBeEndedAtOnce) {
    const UserId eva = w.agent("eva", "514", {6001});
    w.call_from("d514", "*90");
    w.give(EndSession{eva, true});
    EXPECT_TRUE(is_logged_in(w.state, eva));
    EXPECT_TRUE(find_session(w.state, eva)->leaving);
    w.give(EndSession{eva});
    EXPECT_FALSE(find_session(w.state, eva)->leaving);
    EXPECT_EQ(w.state_of(eva), UserState::logged_out);
    w.give(LogIn{eva});
    w.give(BecomeReady{eva});
    EXPECT_TRUE(find_session(w.state, eva)->ready) << "nothing of it remains";
}

TEST_F(SessionRules, AbsenceLogsOutAfterTheTimeOfTheSettings) {
    Settings settings = w.state.settings;
    settings.inactivity_logout = 60s;
    w.give(SaveSettings{settings});
    w.give(LogIn{jan});
    w.give(UserPresenceReport{jan, false});
    w.pass(30s);
    w.give(UserPresenceReport{jan, true});
    w.pass(60s);
    EXPECT_EQ(w.state_of(jan), UserState::not_ready);
    w.give(UserPresenceReport{jan, false});
    w.pass(60s);
    EXPECT_EQ(w.state_of(jan), UserState::logged_out);
}

TEST_F(SessionRules, PausesOverrunIntoLazyAndWrapEndsByItself) {
    Pause lunch;
    lunch.name = "lunch";
    lunch.title = "Lunch";
    lunch.auto_pause = true;
    lunch.max_duration = 600s;
    w.give(SavePause{lunch});
    w.give(LogIn{jan});
    w.give(SetPause{jan, "lunch"});
    EXPECT_EQ(w.state_of(jan), UserState::paused);
    w.pass(600s);
    EXPECT_EQ(find_pause(w.state, find_session(w.state, jan)->pause)->type, PauseType::lajdak);
    w.give(SetPause{jan, ""});
    EXPECT_EQ(w.state_of(jan), UserState::not_ready);
    w.give(SetPause{jan, "wrap"});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found) << "only the system starts it";
}

TEST_F(SessionRules, RecordsAreRefusedWithTheField) {
    const auto field = [&](User user) {
        w.give(SaveUser{std::move(user)});
        return w.reply.kind == Reply::Kind::ok ? std::string("saved") : w.reply.field;
    };
    EXPECT_EQ(field(w.person("eva", "512")), "extension") << "another user's";
    EXPECT_EQ(field(w.person("eva", "6001")), "extension") << "a queue's";
    EXPECT_EQ(field(w.person("eva", "112")), "extension") << "an emergency number";
    EXPECT_EQ(field(w.person("jan", "514")), "name");
    EXPECT_EQ(field(w.person("", "514")), "name");
    User two = w.person("eva", "514");
    w.queue(6007, [](Queue& q) { q.type = QueueType::out; });
    two.queues = {{out, QueueLogin::automatic, 0}, {QueueId{6007}, QueueLogin::fixed, 0}};
    EXPECT_EQ(field(two), "queues");
    User bad = w.person("eva", "514");
    bad.attributes.text = "{";
    EXPECT_EQ(field(bad), "attributes");
    User changed = w.state.users.at(jan);
    changed.name = "john";
    EXPECT_EQ(field(changed), "name");
    w.give(LogIn{jan});
    for (const std::string name : {"extension", "access", "queues"}) {
        changed = w.state.users.at(jan);
        if (name == "extension") {
            changed.extension = "599";
        } else if (name == "access") {
            changed.access = Access::manager;
        } else {
            changed.queues.clear();
        }
        EXPECT_EQ(field(changed), name) << "only while logged out";
    }
    w.give(RemoveUser{jan});
    EXPECT_TRUE(w.blocked(BlockerCode::logged_in));
    changed = w.state.users.at(jan);
    changed.title = "Jan Novák";
    EXPECT_EQ(field(changed), "saved");
}

TEST_F(SessionRules, TheLastAdministratorStays) {
    User boss = w.person("boss", "590");
    boss.access = Access::admin;
    boss.id = w.save(boss);
    const auto refused = [&](const User& changed) {
        w.give(SaveUser{changed});
        return w.reply.kind == Reply::Kind::invalid ? w.reply.field : std::string("saved");
    };
    User less = boss;
    less.access = Access::manager;
    EXPECT_EQ(refused(less), "access");
    less = boss;
    less.deactivated = true;
    EXPECT_EQ(refused(less), "deactivated");
    w.give(RemoveUser{boss.id});
    EXPECT_EQ(w.reply.kind, Reply::Kind::invalid);
    EXPECT_TRUE(w.state.users.contains(boss.id));
    User second = w.person("second", "591");
    second.access = Access::admin;
    second.id = w.save(second);
    EXPECT_EQ(refused(less), "saved");
    w.give(RemoveUser{second.id});
    EXPECT_TRUE(w.state.users.contains(second.id)) << "the other one is deactivated";
}

// Nobody is connected with those who save lives because a colleague does not answer.
TEST_F(SessionRules, NothingLeadsToAnEmergencyNumberByItself) {
    Device far;
    far.name = "far";
    far.type = DeviceType::external;
    far.number = "112";
    w.give(SaveDevice{far});
    EXPECT_EQ(w.reply.field, "number");
    Queue queue = w.state.queues.at(in);
    calls_of(&queue)->on_leave = {DestinationKind::number, "155"};
    w.give(SaveQueue{queue, false});
    EXPECT_EQ(w.reply.field, "on_leave");
    RingGroup group;
    group.id = RingGroupId{620};
    group.title = "Group";
    group.members = {{"150", 20s}};
    w.give(SaveRingGroup{group});
    EXPECT_EQ(w.reply.field, "members");
    Device named;
    named.name = "155";
    w.give(SaveDevice{named});
    EXPECT_EQ(w.reply.field, "name");
}

TEST_F(SessionRules, NamesAndTitlesThatMisleadAreRefused) {
    const auto field_of = [&](const User& user) {
        w.give(SaveUser{user});
        return w.reply.kind == Reply::Kind::ok ? std::string("saved") : w.reply.field;
    };
    for (const char* name : {".", ".."}) {
        EXPECT_EQ(field_of(w.person(name, "594")), "name") << name;
    }
    using namespace std::string_literals;
    for (const std::string& title : {"  "s, "a\0b"s, "a\r\nb"s, "a\u202eb"s, "\u2066a"s}) {
        User user = w.person("eva", "594");
        user.title = title;
        EXPECT_EQ(field_of(user), "title") << title;
    }
    for (const char* name : {"<x>", "1;2", "x@y", "%30"}) {
        Device device;
        device.name = name;
        w.give(SaveDevice{device});
        EXPECT_EQ(w.reply.field, "name") << name;
    }
    User eva = w.person("eva", "594");
    eva.title = "Ève Žáčková – 日本";
    EXPECT_EQ(field_of(eva), "saved");
}

TEST_F(SessionRules, QueueRangesAndSystemPausesAreKept) {
    Queue queue;
    queue.id = QueueId{6009};
    queue.title = "x";
    offering_of(&queue)->ring_time = 91s;
    w.give(SaveQueue{queue, true});
    EXPECT_EQ(w.reply.field, "ring_time");
    offering_of(&queue)->ring_time = 20s;
    queue.id = QueueId{512};
    w.give(SaveQueue{queue, true});
    EXPECT_EQ(w.reply.field, "name");
    w.give(LogIn{jan});
    Pause lazy = *pause_by_type(w.state, PauseType::lajdak);
    lazy.title = "Lazy";
    lazy.paid = false;
    w.give(SavePause{lazy});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    lazy.max_duration = 60s;
    w.give(SavePause{lazy});
    EXPECT_EQ(w.reply.kind, Reply::Kind::invalid);
    w.give(RemovePause{lazy.id});
    EXPECT_EQ(w.reply.kind, Reply::Kind::invalid);
}

TEST_F(SessionRules, RemovingTakesTheRightsWithIt) {
    const DeviceId device = w.device("332");
    User user = w.state.users.at(jan);
    user.devices = {{device, {}, {}}};
    w.give(SaveUser{user});
    w.give(RemoveDevice{device});
    EXPECT_TRUE(w.state.users.at(jan).devices.empty());
    w.give(RemoveQueue{out});
    EXPECT_EQ(w.state.users.at(jan).queues.size(), 1U);
    w.give(LogIn{jan});
    w.give(RemoveUser{jan});
    EXPECT_TRUE(w.blocked(BlockerCode::logged_in));
    w.give(LogOut{jan});
    w.give(RemoveUser{jan});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    w.give(LogIn{jan});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
}

// Whoever wants to remove something reads who has it, not that they have a call themselves.
TEST_F(SessionRules, RemovingSaysWhoStillHasIt) {
    const DeviceId device = w.device("332");
    Pause quiet;
    quiet.name = "quiet";
    quiet.title = "Quiet";
    w.give(SavePause{quiet});
    w.give(LogIn{jan});
    w.give(BecomeReady{jan});
    w.give(ChangeQueues{jan, {out}, {}});
    w.give(ChangeDevices{jan, {"332"}, {}});
    w.give(SetPause{jan, "quiet"});
    const PauseId pause = w.state.sessions.at(jan).pause;
    const std::vector<std::string> who{w.state.users.at(jan).title};
    for (const Input& input :
         {Input{RemoveQueue{out}}, Input{RemoveDevice{device}}, Input{RemovePause{pause}}}) {
        w.give(input);
        ASSERT_TRUE(w.blocked(BlockerCode::still_used));
        EXPECT_EQ(w.reply.blockers.front().subjects, who);
    }
    w.give(LogOut{jan});
    for (const Input& input :
         {Input{RemoveQueue{out}}, Input{RemoveDevice{device}}, Input{RemovePause{pause}}}) {
        w.give(input);
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    }
}

TEST(Verdicts, ExpandToUsersAndRules) {
    const std::vector<UserId> users{UserId{1}, UserId{2}, UserId{3}, UserId{7}};
    Decided decided;
    decided.candidates = pack(users);
    decided.verdicts = "*.np";
    const auto expanded = expand(decided);
    ASSERT_EQ(expanded.size(), 4U);
    EXPECT_EQ(expanded[3].user, UserId{7});
    EXPECT_EQ(expanded[0].rule, "chosen");
    EXPECT_EQ(expanded[2].rule, "not_ready");
    decided.verdicts = "*";
    EXPECT_EQ(expand(decided).size(), 1U);
}

}  // namespace
}  // namespace linka::core::test
