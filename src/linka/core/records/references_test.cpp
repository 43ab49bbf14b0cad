// Nothing is removed from under a call's way: the refusal names what leads there.
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

struct Removal : ::testing::Test {
    World w;
    QueueId queue = w.queue(6001);
    UserId jan = w.save(w.person("jan", "512"));
    RingGroupId group{700};
    MenuId menu;
    Removal() {
        RingGroup office;
        office.id = group;
        office.title = "Office";
        office.members = {{"512", 20s}};
        w.give(SaveRingGroup{office});
        Menu main;
        main.title = "Main";
        main.prompt = "menu_main";
        main.choices = {{"1", {DestinationKind::queue, "6001"}},
                        {"2", {DestinationKind::ring_group, "700"}}};
        w.give(SaveMenu{main});
        menu = MenuId{w.reply.record_id};
        w.route("226000001", {DestinationKind::menu, std::to_string(menu.value)});
        w.route("226000002", {DestinationKind::queue, "6001"});
    }
    void refused(const Input& input, const std::vector<std::string>& names) {
        w.give(input);
        ASSERT_TRUE(w.blocked(BlockerCode::in_use));
        EXPECT_EQ(w.reply.blockers[0].subjects, names);
    }
};

TEST_F(Removal, IsRefusedWithWhatLeadsThere) {
    refused(RemoveQueue{queue}, {"226000002", "Main"});
    refused(RemoveMenu{menu}, {"226000001"});
    refused(RemoveRingGroup{group}, {"Main"});
    refused(RemoveUser{jan}, {"700 Office"});
    w.route("226000005", {DestinationKind::voicemail, "512"});
    refused(RemoveUser{jan}, {"226000005", "700 Office"});
}

TEST_F(Removal, GoesFromTheOutsideIn) {
    for (const auto& [id, route] : std::map<RouteId, Route>(w.state.routing.routes)) {
        w.give(RemoveRoute{id});
    }
    for (const Input& input : {Input{RemoveMenu{menu}}, Input{RemoveQueue{queue}},
                               Input{RemoveRingGroup{group}}, Input{RemoveUser{jan}}}) {
        w.give(input);
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    }
}

TEST_F(Removal, WhatAMenuSaysOfItselfIsNoReference) {
    Menu again = w.state.routing.menus.at(menu);
    again.on_nothing = {DestinationKind::menu, std::to_string(menu.value)};
    w.give(SaveMenu{again});
    w.give(RemoveRoute{w.state.routing.routes.begin()->first});
    w.give(RemoveMenu{menu});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
}

}  // namespace
}  // namespace linka::core::test
