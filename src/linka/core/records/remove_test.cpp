// Goal: the records that are named go and nothing else does, whatever refers to them and whatever
// is going on. Method: a company of which half goes.
#include "linka/core/records/going.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

using namespace std::chrono_literals;

class RemoveTogether : public ::testing::Test {
  protected:
    World w;
    UserId admin;
    UserId ada;   // goes
    UserId olga;  // stays, with rights to the queue that goes, too
    PauseId lunch;
    DeviceId old_phone;
    RemoveRecords input;

    void SetUp() override {
        w.queue(6001);
        User boss = w.person("admin", "500");
        boss.access = Access::admin;
        boss.queues = {{QueueId{6001}, QueueLogin::automatic, 0}};
        admin = w.save(boss);
        ada = w.agent("ada", "510", {6001});
        old_phone = w.device("old");
        Pause pause;
        pause.name = "lunch";
        pause.title = "Lunch";
        w.give(SavePause{pause});
        lunch = PauseId{w.reply.record_id};
        RingGroup group;
        group.id = RingGroupId{700};
        group.title = "Group";
        group.members = {{"510", 10s}};
        w.give(SaveRingGroup{group});
        Menu menu;
        menu.title = "Menu";
        menu.prompt = "menu_main";
        menu.choices = {{"1", {DestinationKind::queue, "6001"}}};
        w.give(SaveMenu{menu});
        w.route("1", {DestinationKind::queue, "6001"});
        w.route("5", {DestinationKind::menu, "1"});
        choose();
        make_own();
    }

    // Everything that there is, but for the record of the administrator.
    void choose() {
        RecordIds& records = input.records;
        records.users = {ada};
        for (const auto& [id, device] : w.state.devices) {
            records.devices.push_back(id);
        }
        for (const auto& [id, route] : w.state.routing.routes) {
            records.routes.push_back(id);
        }
        records.queues = {QueueId{9999}, QueueId{6001}, QueueId{6001}};
        records.pauses = {lunch, pause_by_type(w.state, PauseType::wrap)->id};
        records.menus = {MenuId{1}};
        records.ring_groups = {RingGroupId{700}};
        records.trunks = {"nowhere", "loopback"};
        input.past = {{ada, admin}, {QueueId{6001}}, {"loopback"}};
    }

    void make_own() {
        Trunk trunk;
        trunk.name = "provider";
        trunk.host = "192.0.2.1";
        w.give(SaveTrunk{trunk});
        w.queue(6100, [](Queue& q) { calls_of(&q)->on_leave = {DestinationKind::queue, "6001"}; });
        olga = w.agent("olga", "600", {6001, 6100});
        User user = w.state.users.at(olga);
        user.devices.push_back({old_phone, {}, {}});
        w.give(LogOut{olga});
        w.save(user);
        w.give(LogIn{olga});
        w.give(ChangeDevices{olga, {"d600", "old"}, {}});
        w.give(BecomeReady{olga});
        RingGroup group;
        group.id = RingGroupId{800};
        group.title = "Own";
        group.members = {{"510", 10s}, {"600", 10s}};
        group.on_no_answer = {DestinationKind::voicemail, "510"};
        w.give(SaveRingGroup{group});
        Menu menu;
        menu.title = "Own";
        menu.prompt = "menu_main";
        menu.choices = {{"1", {DestinationKind::extension, "510"}},
                        {"2", {DestinationKind::queue, "6100"}}};
        menu.on_nothing = {DestinationKind::ring_group, "700"};
        w.give(SaveMenu{menu});
        w.route("2", {DestinationKind::queue, "6100"});
        w.route("3", {DestinationKind::queue, "6001"});
        w.route("4", {DestinationKind::extension, "500"});
    }

    void remove(bool end_calls = true) {
        input.end_calls = end_calls;
        w.give(input);
    }
    [[nodiscard]] Going going() const { return {w.state, input}; }
    const Route& route(const std::string& did) {
        for (const auto& [id, route] : w.state.routing.routes) {
            if (route.did == did) {
                return route;
            }
        }
        static const Route none;
        return none;
    }
};

TEST_F(RemoveTogether, TakesItsRecordsAndLeavesOthers) {
    remove();
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.state.users.size(), 2U);
    EXPECT_EQ(w.state.users.at(admin).queues.size(), 0U);
    EXPECT_EQ(find_user(w.state, ada), nullptr);
    ASSERT_EQ(w.state.users.at(olga).queues.size(), 1U);
    EXPECT_EQ(w.state.users.at(olga).queues[0].queue, QueueId{6100});
    ASSERT_EQ(w.state.users.at(olga).devices.size(), 1U);
    EXPECT_EQ(device_name(w.state, w.state.users.at(olga).devices[0].device), "d600");
    ASSERT_EQ(w.state.devices.size(), 1U);
    EXPECT_EQ(w.state.devices.begin()->second.name, "d600");
    ASSERT_EQ(w.state.queues.size(), 1U);
    EXPECT_EQ(calls_of(&w.state.queues.at(QueueId{6100}))->on_leave.kind, DestinationKind::none);
    EXPECT_EQ(find_pause(w.state, lunch), nullptr);
    EXPECT_NE(pause_by_type(w.state, PauseType::wrap), nullptr) << "the system's pauses stay";
    ASSERT_NE(trunk_out(w.state), nullptr);
    EXPECT_EQ(trunk_out(w.state)->name, "provider");
    EXPECT_EQ(w.state.trunks.size(), 1U);
    ASSERT_EQ(w.happened<PastForgotten>().size(), 1U);
    EXPECT_EQ(w.happened<PastForgotten>()[0].past.users, (std::vector<UserId>{admin, ada}));
}

TEST_F(RemoveTogether, CutsReferencesOfWhatStays) {
    const std::vector<RouteId> cut = routes_cut_off(w.state, going());
    ASSERT_EQ(cut.size(), 1U);
    EXPECT_EQ(w.state.routing.routes.at(cut[0]).did, "3");
    remove();
    EXPECT_EQ(w.state.routing.routes.size(), 3U);
    EXPECT_EQ(route("2").destination, (Destination{DestinationKind::queue, "6100"}));
    EXPECT_EQ(route("3").destination, Destination{});
    EXPECT_EQ(route("4").destination, (Destination{DestinationKind::extension, "500"}));
    ASSERT_EQ(w.state.routing.menus.size(), 1U);
    const Menu& menu = w.state.routing.menus.begin()->second;
    ASSERT_EQ(menu.choices.size(), 1U);
    EXPECT_EQ(menu.choices[0].digit, "2");
    EXPECT_EQ(menu.on_nothing, Destination{});
    ASSERT_EQ(w.state.routing.ring_groups.size(), 1U);
    const RingGroup& group = w.state.routing.ring_groups.begin()->second;
    ASSERT_EQ(group.members.size(), 1U);
    EXPECT_EQ(group.members[0].number, "600");
    EXPECT_EQ(group.on_no_answer, Destination{});
}

TEST_F(RemoveTogether, CountsWhatItTakes) {
    const RecordCounts goes = counts_of_going(going());
    const RecordCounts stays = counts_of_staying(w.state, going());
    const RecordCounts before{static_cast<int>(w.state.users.size()),
                              static_cast<int>(w.state.devices.size()),
                              static_cast<int>(w.state.queues.size()),
                              static_cast<int>(w.state.routing.routes.size()),
                              static_cast<int>(w.state.routing.menus.size()),
                              static_cast<int>(w.state.routing.ring_groups.size()),
                              0};
    EXPECT_EQ(goes.users, 1);
    EXPECT_EQ(goes.devices, 2);
    EXPECT_EQ(goes.pauses, 1);
    EXPECT_EQ(stays.pauses, 0);
    remove();
    EXPECT_EQ(w.state.users.size(), static_cast<std::size_t>(stays.users));
    EXPECT_EQ(w.state.devices.size(), static_cast<std::size_t>(stays.devices));
    EXPECT_EQ(w.state.queues.size(), static_cast<std::size_t>(stays.queues));
    EXPECT_EQ(w.state.routing.routes.size(), static_cast<std::size_t>(stays.numbers));
    EXPECT_EQ(w.state.routing.menus.size(), static_cast<std::size_t>(stays.menus));
    EXPECT_EQ(w.state.routing.ring_groups.size(), static_cast<std::size_t>(stays.ring_groups));
    EXPECT_EQ(goes.users + stays.users, before.users);
    EXPECT_EQ(goes.devices + stays.devices, before.devices);
    EXPECT_EQ(goes.numbers + stays.numbers, before.numbers);
}

TEST_F(RemoveTogether, EndsItsCallsOnlyWhenAskedTo) {
    w.give(SetPause{olga, "dnd"});
    const LegId waiting = w.call("1");
    w.answer("d510");
    remove(false);
    EXPECT_TRUE(w.blocked(BlockerCode::busy));
    EXPECT_NE(find_user(w.state, ada), nullptr);
    EXPECT_NE(find_leg(w.state, waiting), nullptr);
    remove();
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.calls.empty());
    EXPECT_TRUE(w.state.interactions.empty());
    EXPECT_TRUE(w.state.activities.empty());
    EXPECT_EQ(w.done<EndLeg>().size(), 2U);
    EXPECT_EQ(w.happened<InteractionEnded>().size(), 1U);
}

TEST_F(RemoveTogether, LeavesOnesOwnCallsAlone) {
    const LegId caller = w.call("2");
    w.answer("d600");
    ASSERT_EQ(w.state_of(olga), UserState::talking);
    EXPECT_TRUE(going().calls().empty() || w.at("old"));
    remove(false);
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    ASSERT_NE(find_leg(w.state, caller), nullptr);
    EXPECT_EQ(w.state_of(olga), UserState::talking);
    EXPECT_TRUE(w.done<EndLeg>().empty());
    w.hang_up(caller);
    EXPECT_EQ(w.state_of(olga), UserState::working);
}

// What is named ends with them, whoever took it, and does not hold them up.
TEST_F(RemoveTogether, EndsCallsThatAreNamedWithoutAsking) {
    w.give(SetPause{olga, "dnd"});
    const LegId waiting = w.call("1");
    w.answer("d510");
    w.route("6", {DestinationKind::extension, "600"});
    w.give(SetPause{olga, {}});
    const LegId with_own = w.call("6");
    w.answer("d600");
    EXPECT_EQ(going().calls_in_the_way(), (std::vector{find_leg(w.state, waiting)->call}));
    input.ending = {find_leg(w.state, with_own)->call, find_leg(w.state, waiting)->call};
    EXPECT_TRUE(going().calls_in_the_way().empty());
    remove(false);
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.calls.empty());
}

// A call that nobody has yet ends if it stands before something that goes, or came over a line that
// does; others go on.
TEST_F(RemoveTogether, EndsCallsThatNobodyHas) {
    const auto reaches = [&](const char* trunk, const char* number) {
        const LegId leg{901 + 2 * static_cast<std::int64_t>(w.state.calls.size())};
        w.give(CallArrivedReport{leg, {}, trunk, number, "00420601000001", {}, {}});
        return find_leg(w.state, leg)->call;
    };
    Menu menu = w.state.routing.menus.rbegin()->second;
    w.route("8", {DestinationKind::menu, std::to_string(menu.id.value)});
    const CallId in_menu = reaches("loopback", "5");
    const CallId over_trunk = reaches("loopback", "8");
    const CallId own = reaches("provider", "8");
    EXPECT_EQ(going().calls(), (std::vector{in_menu, over_trunk}));
    remove();
    ASSERT_EQ(w.state.calls.size(), 1U);
    EXPECT_EQ(w.state.calls.begin()->first, own);
}

// Whose past is kept is only removed, as if one by one.
TEST_F(RemoveTogether, LeavesThePastUnlessAsked) {
    input.past = {};
    remove();
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.happened<PastForgotten>().empty());
    EXPECT_EQ(find_user(w.state, ada), nullptr);
}

// A form that is open, and a pause that goes, do not hold it up.
TEST_F(RemoveTogether, ClosesWorkAndPauses) {
    w.give(SetPause{olga, "lunch"});
    const LegId caller = w.call("1");
    w.answer("d510");
    w.hang_up(caller);
    ASSERT_TRUE(w.activity_of(ada));
    ASSERT_EQ(w.state_of(olga), UserState::paused);
    remove(false);
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.activities.empty());
    EXPECT_NE(w.state_of(olga), UserState::paused);
    EXPECT_EQ(find_session(w.state, olga)->devices.size(), 1U);
    EXPECT_FALSE(is_logged_in(w.state, admin));
}

TEST_F(RemoveTogether, LeavesAnAdministrator) {
    w.give(LogOut{admin});
    input.records.users.push_back(admin);
    remove();
    EXPECT_EQ(w.reply.kind, Reply::Kind::invalid);
    EXPECT_EQ(w.reply.field, "access");
    EXPECT_NE(find_user(w.state, ada), nullptr);
    User other = w.person("other", "501");
    other.access = Access::admin;
    w.save(other);
    remove();
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(find_user(w.state, admin), nullptr);
}

}  // namespace
}  // namespace linka::core::test
