// Keys are written down where somebody asked for them, and not more often than a finger presses.
#include "linka/core/testing/world.hpp"
#include "linka/core/turn.hpp"

namespace linka::core::test {
namespace {

struct Digits : ::testing::Test {
    World w;
    LegId caller;

    // A menu in which nothing is on offer, and which leads to itself.
    void call_menu() {
        Menu menu;
        menu.title = "Main";
        menu.prompt = "menu_main";
        menu.on_nothing = {DestinationKind::hangup, ""};
        w.give(SaveMenu{menu});
        menu.id = MenuId{w.reply.record_id};
        menu.on_nothing = {DestinationKind::menu, std::to_string(menu.id.value)};
        w.give(SaveMenu{menu});
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok) << w.reply.text;
        w.route("1", menu.on_nothing);
        caller = w.call("1");
    }
};

TEST_F(Digits, WhatIsTypedInAConversationIsNotWrittenDown) {
    w.queue(6001);
    w.route("1", {DestinationKind::queue, "6001"});
    w.agent("jan", "512", {6001});
    caller = w.call("1");
    w.answer("d512");
    for (const char key : std::string("4111#")) {
        w.give(DigitReport{caller, key});
        EXPECT_TRUE(w.events.empty());
        w.give(DigitReport{w.at("d512"), key});
        EXPECT_TRUE(w.events.empty());
    }
}

TEST_F(Digits, AMenuHearsSoManyASecond) {
    w.check = false;
    call_menu();
    for (int i = 0; i < 100; ++i) {
        w.give(DigitReport{caller, '9'});
    }
    EXPECT_EQ(w.ever<DigitPressed>().size(), std::size_t(Limits::digits_per_second_max));
    w.pass(1s);
    w.give(DigitReport{caller, '9'});
    EXPECT_EQ(w.ever<DigitPressed>().size(), std::size_t(Limits::digits_per_second_max) + 1);
}

TEST_F(Digits, ACallHearsSoManyAltogether) {
    w.check = false;
    call_menu();
    for (int i = 0; i < Limits::digits_per_call_max + 100; ++i) {
        w.give(DigitReport{caller, '9'});
        w.pass(100ms);
    }
    EXPECT_LE(w.ever<DigitPressed>().size(), std::size_t(Limits::digits_per_call_max));
}

}  // namespace
}  // namespace linka::core::test
