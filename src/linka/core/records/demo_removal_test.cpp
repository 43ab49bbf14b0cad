// Goal: the demo's records go and nothing else does, whatever refers to them and whatever is going
// on. Method: a company of which half is the demo's.
#include "linka/core/records/demo.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

using namespace std::chrono_literals;

class DemoRemoval : public ::testing::Test {
  protected:
    World w;
    UserId admin;
    UserId ada;   // the demo's
    UserId olga;  // one's own, with rights to the demo's queue, too
    PauseId lunch;
    DeviceId old_phone;

    void SetUp() override {
        Settings settings;
        Trunk trunk;
        trunk.name = "loopback";
        trunk.host = "127.0.0.1";
        settings.trunks = {trunk};
        settings.trunk = "loopback";
        w.give(SaveSettings{settings});
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
        menu.prompt = "menu";
        menu.choices = {{"1", {DestinationKind::queue, "6001"}}};
        w.give(SaveMenu{menu});
        w.route("1", {DestinationKind::queue, "6001"});
        w.route("5", {DestinationKind::menu, "1"});
        mark();
        make_own();
    }

    void mark() {
        DemoRecords records;
        for (const auto& [id, user] : w.state.users) {
            records.users.push_back(id);
        }
        for (const auto& [id, device] : w.state.devices) {
            records.devices.push_back(id);
        }
        for (const auto& [id, route] : w.state.routes) {
            records.routes.push_back(id);
        }
        records.queues = {QueueId{6001}, QueueId{9999}};
        records.pauses = {lunch, pause_by_type(w.state, PauseType::wrap)->id};
        records.menus = {MenuId{1}};
        records.ring_groups = {RingGroupId{700}};
        records.trunks = {"nowhere", "loopback"};
        w.give(MarkDemo{records});
        ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    }

    void make_own() {
        Settings settings = w.state.settings;
        Trunk trunk;
        trunk.name = "provider";
        trunk.host = "192.0.2.1";
        settings.trunks.push_back(trunk);
        w.give(SaveSettings{settings});
        w.queue(6100, [](Queue& q) { q.on_leave = {DestinationKind::queue, "6001"}; });
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
        menu.prompt = "menu";
        menu.choices = {{"1", {DestinationKind::extension, "510"}},
                        {"2", {DestinationKind::queue, "6100"}}};
        menu.on_nothing = {DestinationKind::ring_group, "700"};
        w.give(SaveMenu{menu});
        w.route("2", {DestinationKind::queue, "6100"});
        w.route("3", {DestinationKind::queue, "6001"});
        w.route("4", {DestinationKind::extension, "500"});
    }

    void remove(bool end_calls = true) { w.give(RemoveDemo{admin, end_calls, {"555101"}}); }
    const Route& route(const std::string& did) {
        for (const auto& [id, route] : w.state.routes) {
            if (route.did == did) {
                return route;
            }
        }
        static const Route none;
        return none;
    }
};

TEST_F(DemoRemoval, TakesItsRecordsAndLeavesOthers) {
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
    EXPECT_EQ(w.state.queues.at(QueueId{6100}).on_leave.kind, DestinationKind::none);
    EXPECT_EQ(find_pause(w.state, lunch), nullptr);
    EXPECT_NE(pause_by_type(w.state, PauseType::wrap), nullptr) << "the system's pauses stay";
    EXPECT_EQ(w.state.settings.trunk, "provider");
    EXPECT_EQ(w.state.settings.trunks.size(), 1U);
    EXPECT_FALSE(w.state.demo.there);
    EXPECT_EQ(w.state.demo.removed, w.now);
}

TEST_F(DemoRemoval, CutsReferencesOfWhatStays) {
    const std::vector<RouteId> cut = routes_cut_off(w.state, admin);
    ASSERT_EQ(cut.size(), 1U);
    EXPECT_EQ(w.state.routes.at(cut[0]).did, "3");
    remove();
    EXPECT_EQ(w.state.routes.size(), 3U);
    EXPECT_EQ(route("2").destination, (Destination{DestinationKind::queue, "6100"}));
    EXPECT_EQ(route("3").destination, Destination{});
    EXPECT_EQ(route("4").destination, (Destination{DestinationKind::extension, "500"}));
    ASSERT_EQ(w.state.menus.size(), 1U);
    const Menu& menu = w.state.menus.begin()->second;
    ASSERT_EQ(menu.choices.size(), 1U);
    EXPECT_EQ(menu.choices[0].digit, "2");
    EXPECT_EQ(menu.on_nothing, Destination{});
    ASSERT_EQ(w.state.ring_groups.size(), 1U);
    const RingGroup& group = w.state.ring_groups.begin()->second;
    ASSERT_EQ(group.members.size(), 1U);
    EXPECT_EQ(group.members[0].number, "600");
    EXPECT_EQ(group.on_no_answer, Destination{});
}

TEST_F(DemoRemoval, CountsWhatItTakes) {
    const DemoCounts goes = demo_goes(w.state, admin);
    const DemoCounts stays = demo_stays(w.state, admin);
    const DemoCounts before{static_cast<int>(w.state.users.size()),
                            static_cast<int>(w.state.devices.size()),
                            static_cast<int>(w.state.queues.size()),
                            static_cast<int>(w.state.routes.size()),
                            static_cast<int>(w.state.menus.size()),
                            static_cast<int>(w.state.ring_groups.size()),
                            0};
    EXPECT_EQ(goes.users, 1);
    EXPECT_EQ(goes.devices, 2);
    EXPECT_EQ(goes.pauses, 1);
    EXPECT_EQ(stays.pauses, 0);
    remove();
    EXPECT_EQ(w.state.users.size(), static_cast<std::size_t>(stays.users));
    EXPECT_EQ(w.state.devices.size(), static_cast<std::size_t>(stays.devices));
    EXPECT_EQ(w.state.queues.size(), static_cast<std::size_t>(stays.queues));
    EXPECT_EQ(w.state.routes.size(), static_cast<std::size_t>(stays.numbers));
    EXPECT_EQ(w.state.menus.size(), static_cast<std::size_t>(stays.menus));
    EXPECT_EQ(w.state.ring_groups.size(), static_cast<std::size_t>(stays.ring_groups));
    EXPECT_EQ(goes.users + stays.users, before.users);
    EXPECT_EQ(goes.devices + stays.devices, before.devices);
    EXPECT_EQ(goes.numbers + stays.numbers, before.numbers);
}

TEST_F(DemoRemoval, EndsItsCallsOnlyWhenAskedTo) {
    w.give(SetPause{olga, "dnd"});
    const LegId waiting = w.call("1");
    w.answer("d510");
    remove(false);
    EXPECT_TRUE(w.blocked(BlockerCode::busy));
    EXPECT_TRUE(w.state.demo.there);
    EXPECT_NE(find_leg(w.state, waiting), nullptr);
    remove();
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.calls.empty());
    EXPECT_TRUE(w.state.interactions.empty());
    EXPECT_TRUE(w.state.activities.empty());
    EXPECT_EQ(w.done<EndLeg>().size(), 2U);
    EXPECT_EQ(w.happened<InteractionEnded>().size(), 1U);
}

TEST_F(DemoRemoval, LeavesOnesOwnCallsAlone) {
    const LegId caller = w.call("2");
    w.answer("d600");
    ASSERT_EQ(w.state_of(olga), UserState::talking);
    EXPECT_TRUE(calls_of_demo(w.state, {}).empty() || w.at("old"));
    remove(false);
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    ASSERT_NE(find_leg(w.state, caller), nullptr);
    EXPECT_EQ(w.state_of(olga), UserState::talking);
    EXPECT_TRUE(w.done<EndLeg>().empty());
    w.hang_up(caller);
    EXPECT_EQ(w.state_of(olga), UserState::working);
}

// Nobody minds the end of a made-up call, even of one that an own person took.
TEST_F(DemoRemoval, EndsSimulatedCallsWithoutAsking) {
    w.give(SetPause{olga, "dnd"});
    const LegId simulated = w.call("1", "00420702555101");
    w.answer("d510");
    w.route("6", {DestinationKind::extension, "600"});
    w.give(SetPause{olga, {}});
    const LegId with_own = w.call("6", "00420702555101");
    EXPECT_TRUE(calls_of_demo(w.state, {"555101"}).empty());
    EXPECT_FALSE(calls_of_demo(w.state, {}).empty());
    remove(false);
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(find_leg(w.state, simulated), nullptr);
    EXPECT_EQ(find_leg(w.state, with_own), nullptr);
    EXPECT_TRUE(w.state.calls.empty());
}

TEST_F(DemoRemoval, OnlyTheDemosTrunkSimulates) {
    w.give(CallArrivedReport{LegId{901}, {}, "provider", "1", "00420702555101", {}, {}});
    ASSERT_EQ(w.state.calls.size(), 1U);
    remove(false);
    EXPECT_TRUE(w.blocked(BlockerCode::busy));
}

TEST_F(DemoRemoval, WhatTheDemoMakesLaterGoesWithIt) {
    w.route("7", {DestinationKind::extension, "600"});
    const std::size_t own = w.state.routes.size() - w.state.demo.records.routes.size();
    DemoRecords more;
    more.routes = {route("7").id, RouteId{9999}};
    w.give(MarkDemo{more});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(demo_goes(w.state, admin).numbers, 3);
    EXPECT_EQ(demo_goes(w.state, admin).users, 1) << "what was known still is";
    remove();
    EXPECT_EQ(w.state.routes.size(), own - 1);
    EXPECT_EQ(route("7").did, "");
}

// A form that is open, and a pause of the demo's, do not hold it up.
TEST_F(DemoRemoval, ClosesWorkAndPauses) {
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

TEST_F(DemoRemoval, IsForAdministratorsOfADemo) {
    w.give(RemoveDemo{olga, true, {}});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
    remove();
    w.give(RemoveDemo{admin, true, {}});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
    w.give(MarkDemo{});
    EXPECT_EQ(w.reply.kind, Reply::Kind::invalid) << "once, not again";
}

// Numbers of queues and ring groups are chosen by people, so one may come again.
TEST_F(DemoRemoval, ANumberUsedAgainIsOnesOwn) {
    w.give(LogOut{ada});
    w.give(ChangeQueues{olga, {}, {QueueId{6001}}});
    w.give(LogOut{olga});
    for (const auto& [id, route] : std::map<RouteId, Route>(w.state.routes)) {
        w.give(RemoveRoute{id});
    }
    for (const auto& [id, menu] : std::map<MenuId, Menu>(w.state.menus)) {
        w.give(RemoveMenu{id});
    }
    Queue own = w.state.queues.at(QueueId{6100});
    own.on_leave = {};
    w.give(SaveQueue{own});
    w.give(RemoveQueue{QueueId{6001}});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.state.demo.records.queues, std::vector<QueueId>{QueueId{6001}})
        << "its past is still the demo's";
    w.queue(6001);
    remove();
    EXPECT_NE(find_queue(w.state, QueueId{6001}), nullptr);
}

// After a restart in the middle, too.
TEST_F(DemoRemoval, IsInTheSnapshot) {
    State loaded;
    ASSERT_TRUE(load_state(loaded, save_state(w.state)).ok());
    EXPECT_EQ(loaded.demo.records, w.state.demo.records);
    EXPECT_TRUE(loaded.demo.there);
}

}  // namespace
}  // namespace linka::core::test
