// Pages that sleep, come back late or wait for their turn.
#include "linka/voice/web_rig.hpp"

namespace linka::voice {
namespace {

TEST(WebPhonePages, a_ringing_call_names_its_activity) {
    WebRig rig;
    core::DialDevice effect;
    effect.leg = id(100);
    effect.call = core::CallId{1};
    effect.device = core::DeviceId{web_device};
    effect.activity = core::ActivityId{76};
    rig.carry_out({effect});
    rig.settle();
    EXPECT_EQ(rig.page.last("type"), "phone.ring");
    EXPECT_EQ(rig.page.last("activity"), "activities_76");
    rig.crash();
    rig.start();
    TestPage again(rig, 2);
    again.start();
    EXPECT_EQ(again.heard.back().at("calls").at(0).at("activity").as_string(), "activities_76");
    rig.dial(web_device);
    rig.settle();
    EXPECT_EQ(again.last("activity"), "") << "a call that nobody offered";
    rig.expect_all_end();
}

TEST(WebPhonePages, a_page_hears_what_ended_while_it_was_away) {
    WebRig rig;
    const LegNumber up = rig.web_up();
    const LegNumber rings = rig.dial(web_device).value;
    rig.settle();
    rig.page.close();
    rig.carry_out({core::EndLeg{id(up), false}, core::EndLeg{id(rings), true}});
    rig.settle();
    TestPage again(rig, 2);
    again.start();
    ASSERT_EQ(again.heard.size(), 3U);
    EXPECT_EQ(again.heard[0].at("type").as_string(), "phone.ended");
    EXPECT_EQ(again.heard[0].at("leg").as_int64(), up);
    EXPECT_EQ(again.heard[0].at("cause").as_string(), "hangup");
    EXPECT_EQ(again.heard[1].at("leg").as_int64(), rings);
    EXPECT_EQ(again.heard[1].at("cause").as_string(), "elsewhere");
    EXPECT_EQ(again.last("type"), "phone.started");
    again.close();
    TestPage third(rig, 3);
    third.start();
    EXPECT_EQ(third.heard.size(), 1U) << "said once";
    rig.expect_clean();
}

TEST(WebPhonePages, a_page_that_stayed_away_too_long_hears_it_as_well) {
    TestRig rig;
    add_users(rig);
    rig.phone_options.end_after = 1us;
    rig.start();
    TestPage page(rig, 1);
    page.start();
    const LegNumber up = rig.dial(web_device).value;
    rig.settle();
    page.answer(up);
    page.close();
    rig.settle_timers();
    ASSERT_NE(rig.end_of(up), nullptr);
    TestPage again(rig, 2);
    again.start();
    EXPECT_EQ(again.heard.front().at("type").as_string(), "phone.ended");
    EXPECT_EQ(again.heard.front().at("leg").as_int64(), up);
    rig.expect_clean();
}

TEST(WebPhonePages, a_page_that_sleeps_is_no_telephone_until_it_says_something) {
    TestRig rig;
    add_users(rig);
    rig.phone_options.ring_wait = 1us;
    rig.start();
    TestPage page(rig, 1);
    page.start();
    const LegNumber unheard = rig.dial(web_device).value;
    rig.settle_timers();
    ASSERT_NE(rig.end_of(unheard), nullptr);
    EXPECT_EQ(rig.end_of(unheard)->status, phone_gone_status) << "unreachable, not missed";
    EXPECT_TRUE(rig.told<core::LegRingingReport>().empty());
    EXPECT_FALSE(rig.told<core::DeviceReachabilityReport>().back().reachable);
    const LegNumber next = rig.dial(web_device).value;
    rig.settle_timers();
    EXPECT_EQ(rig.end_of(next)->status, phone_gone_status) << "not tried again";
    page.say(phone_message_text(PhoneRinging{unheard}));
    EXPECT_EQ(page.last("code"), "no_leg");
    EXPECT_TRUE(rig.told<core::DeviceReachabilityReport>().back().reachable) << "it woke up";
    rig.expect_clean();
}

TEST(WebPhonePages, a_page_that_rings_in_time_rings_on) {
    TestRig rig;
    add_users(rig);
    rig.phone_options.ring_wait = 20ms;
    rig.start();
    TestPage page(rig, 1);
    page.start();
    const LegNumber rings = rig.dial(web_device).value;
    while (page.last("type") != "phone.ring") {
        rig.settle();
    }
    page.say(phone_message_text(PhoneRinging{rings}));
    bool due = false;
    rig.loop.after(40ms, [&] { due = true; });
    while (!due) {
        rig.loop.step(50ms);
    }
    EXPECT_EQ(rig.end_of(rings), nullptr);
    rig.expect_all_end();
}

TEST(WebPhonePages, who_was_refused_hears_when_the_phone_is_free) {
    WebRig rig;
    TestPage second(rig, 2);
    second.start();
    second.start();
    EXPECT_EQ(second.last("code"), "elsewhere");
    TestPage third(rig, 3);
    third.start();
    third.close();
    second.heard.clear();
    third.heard.clear();
    rig.page.say(R"({"type":"phone.stop","device":"820"})");
    ASSERT_EQ(second.heard.size(), 1U) << "once";
    EXPECT_EQ(second.last("type"), "phone.free");
    EXPECT_EQ(second.last("device"), "820");
    EXPECT_TRUE(third.heard.empty()) << "gone";
    second.start();
    EXPECT_EQ(second.last("type"), "phone.started");
    rig.expect_clean();
}

TEST(WebPhonePages, whose_phone_was_taken_hears_when_the_taker_is_gone) {
    TestRig rig;
    add_users(rig);
    rig.phone_options.unreachable_after = 1us;
    rig.start();
    TestPage first(rig, 1);
    first.start();
    TestPage second(rig, 2);
    second.start(true);
    EXPECT_EQ(first.last("code"), "taken");
    second.close();
    rig.settle_timers();
    EXPECT_EQ(first.last("type"), "phone.free");
    rig.expect_clean();
}

TEST(WebPhonePages, a_call_of_somebody_else_does_not_ring_at_a_page) {
    WebRig rig;
    // The one who is logged in to the device has its calls; the page is another one's.
    core::Session session;
    session.user = core::UserId{stranger};
    session.logged_in = true;
    session.devices = {core::DeviceId{web_device}};
    rig.state.sessions[session.user] = session;
    rig.state.device_lives[core::DeviceId{web_device}].user = core::UserId{stranger};
    const LegNumber leg = rig.dial(web_device).value;
    rig.settle();
    EXPECT_EQ(rig.page.last("code"), "no_right");
    EXPECT_EQ(rig.end_of(leg)->status, phone_gone_status);
    rig.expect_clean();
}

}  // namespace
}  // namespace linka::voice
