// Web phones between voice and a page, against fakes: what a page says becomes what a telephone
// does, and pages that vanish, come back, take over or lie do no harm.
#include "linka/voice/web_rig.hpp"

namespace linka::voice {
namespace {

TEST(WebPhones, a_page_that_starts_makes_the_device_reachable) {
    WebRig rig;
    EXPECT_EQ(rig.page.last("type"), "phone.started");
    EXPECT_EQ(rig.page.last("calls"), "[]");
    const auto told = rig.told<core::DeviceReachabilityReport>();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_TRUE(told[0].reachable);
    EXPECT_TRUE(told[0].can_answer_remotely);
    rig.page.say(R"({"type":"phone.stop","device":"820"})");
    EXPECT_FALSE(rig.told<core::DeviceReachabilityReport>().back().reachable);
    rig.expect_clean();
}

TEST(WebPhones, rings_answers_talks_and_is_hung_up) {
    WebRig rig;
    const LegNumber caller = rig.caller_up();
    const LegNumber leg = rig.dial(web_device, caller).value;
    rig.settle();
    EXPECT_EQ(rig.page.last("type"), "phone.ring");
    EXPECT_EQ(rig.page.last("caller"), "777123456");
    EXPECT_EQ(rig.page.last("auto_answer"), "false");
    EXPECT_TRUE(rig.page.last("sdp").starts_with("offer of leg 2"));
    EXPECT_TRUE(rig.workers.opened.back().web);
    const std::vector<std::string> codecs{"PCMA", "opus", "PCMU"};
    EXPECT_EQ(rig.workers.opened.back().codecs, codecs) << "as the caller speaks";
    rig.page.say(R"({"type":"phone.ringing","leg":2})");
    ASSERT_EQ(rig.told<core::LegRingingReport>().size(), 1U);
    EXPECT_TRUE(rig.told<core::LegRingingReport>()[0].can_answer_remotely);
    rig.carry_out({core::AskToAnswer{id(leg)}});
    rig.settle();
    EXPECT_EQ(rig.page.last("type"), "phone.answer_now");
    rig.page.answer(leg);
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 2U);
    EXPECT_EQ(rig.media_leg(leg)->remote, page_sdp);
    rig.carry_out({core::ConnectLegs{id(caller), id(leg)}});
    rig.settle();
    EXPECT_EQ(rig.media_leg(leg)->peer, caller);
    rig.page.say(R"({"type":"phone.digit","leg":2,"digit":"#"})");
    ASSERT_EQ(rig.told<core::DigitReport>().size(), 1U);
    rig.carry_out({core::EndLeg{id(leg), false}});
    rig.settle();
    EXPECT_EQ(rig.page.last("type"), "phone.ended");
    EXPECT_EQ(rig.page.last("cause"), "hangup");
    rig.expect_all_end();
    EXPECT_TRUE(rig.port.sent<sip::Invite>().empty());
}

TEST(WebPhones, opus_comes_first_when_nobody_else_speaks) {
    WebRig rig;
    rig.dial(web_device);
    rig.settle();
    const std::vector<std::string> codecs{"opus", "PCMA", "PCMU"};
    EXPECT_EQ(rig.workers.opened.back().codecs, codecs);
    rig.dial(1);
    rig.settle();
    EXPECT_FALSE(rig.workers.opened.back().web);
    EXPECT_EQ(rig.workers.opened.back().codecs, rig.options.codecs);
    rig.expect_all_end();
}

TEST(WebPhones, each_side_may_end_it_in_each_state) {
    WebRig rig;
    const LegNumber rejected = rig.dial(web_device).value;
    rig.settle();
    rig.page.say(phone_message_text(PhoneReject{rejected}));
    EXPECT_EQ(rig.end_of(rejected)->status, 486);
    EXPECT_TRUE(rig.end_of(rejected)->by_peer);
    const LegNumber hung_up = rig.web_up();
    rig.page.say(phone_message_text(PhoneHangup{hung_up}));
    EXPECT_EQ(rig.end_of(hung_up)->status, 0);
    EXPECT_TRUE(rig.end_of(hung_up)->by_peer);
    const LegNumber elsewhere = rig.dial(web_device).value;
    rig.settle();
    rig.carry_out({core::EndLeg{id(elsewhere), true}});
    rig.settle();
    EXPECT_EQ(rig.page.last("cause"), "elsewhere");
    const LegNumber cancelled = rig.dial(web_device).value;
    rig.settle();
    rig.carry_out({core::EndLeg{id(cancelled), false}});
    rig.settle();
    EXPECT_EQ(rig.page.last("cause"), "cancelled");
    EXPECT_FALSE(rig.end_of(cancelled)->by_peer);
    rig.expect_clean();
}

TEST(WebPhones, a_reloaded_page_goes_on_with_the_call) {
    WebRig rig;
    const LegNumber leg = rig.web_up();
    const LegNumber ringing = rig.dial(web_device).value;
    rig.settle();
    rig.page.close();
    TestPage again(rig, 2);
    again.start();
    EXPECT_EQ(again.last("type"), "phone.started");
    const auto& calls = again.heard.back().as_object().at("calls").as_array();
    ASSERT_EQ(calls.size(), 2U);
    EXPECT_EQ(calls[0].as_object().at("leg").as_int64(), leg);
    EXPECT_EQ(calls[0].as_object().at("state").as_string(), "up");
    EXPECT_EQ(calls[1].as_object().at("state").as_string(), "ringing");
    again.answer(ringing);
    const std::string newer = page_sdp + "a=second\r\n";
    again.say(phone_message_text(PhoneReoffer{leg, newer}));
    EXPECT_EQ(again.last("type"), "phone.accepted");
    EXPECT_TRUE(again.last("sdp").starts_with("answer of leg 2"));
    EXPECT_EQ(rig.media_leg(leg)->remote, newer);
    EXPECT_EQ(rig.end_of(leg), nullptr);
    EXPECT_EQ(rig.told<core::DeviceReachabilityReport>().size(), 1U + 1U)
        << "again, from where it is now";
    rig.expect_all_end();
}

TEST(WebPhones, of_hasty_reoffers_only_the_newest_is_answered) {
    WebRig rig;
    const LegNumber leg = rig.web_up();
    for (const std::string mark : {"a", "b", "c"}) {
        rig.phones->said(rig.page.page, PhoneReoffer{leg, page_sdp + mark});
    }
    rig.page.heard.clear();
    rig.settle();
    ASSERT_EQ(rig.page.heard.size(), 1U);
    EXPECT_EQ(rig.page.last("type"), "phone.accepted");
    EXPECT_EQ(rig.media_leg(leg)->remote, page_sdp + "c");
    rig.expect_all_end();
}

TEST(WebPhones, a_refused_description_is_an_error_and_the_call_lives) {
    WebRig rig;
    const LegNumber leg = rig.web_up();
    rig.workers.remote_error = "bad_sdp";
    rig.page.say(phone_message_text(PhoneReoffer{leg, page_sdp + "bad"}));
    EXPECT_EQ(rig.page.last("type"), "error");
    EXPECT_EQ(rig.page.last("field"), "sdp");
    EXPECT_EQ(rig.end_of(leg), nullptr);
    rig.expect_all_end();
}

TEST(WebPhones, a_page_gets_a_new_offer_when_its_media_worker_dies) {
    WebRig rig;
    const LegNumber leg = rig.web_up();
    rig.media->kill(0);
    for (int i = 0; i < 100 && rig.page.last("type") != "phone.offer"; ++i) {
        rig.settle();
    }
    EXPECT_EQ(rig.page.last("type"), "phone.offer");
    rig.page.say(phone_message_text(PhoneReanswer{leg, page_sdp + "new"}));
    EXPECT_EQ(rig.media_leg(leg)->remote, page_sdp + "new");
    rig.page.say(phone_message_text(PhoneReanswer{leg, page_sdp + "twice"}));
    EXPECT_EQ(rig.page.last("code"), "state");
    EXPECT_EQ(rig.end_of(leg), nullptr);
    rig.expect_all_end();
}

TEST(WebPhones, a_page_that_comes_back_settles_an_offer_that_it_never_saw) {
    WebRig rig;
    const LegNumber leg = rig.web_up();
    rig.page.close();
    rig.media->kill(0);
    for (int i = 0; i < 20; ++i) {
        rig.settle();
    }
    TestPage again(rig, 2);
    again.start();
    again.say(phone_message_text(PhoneReoffer{leg, page_sdp + "again"}));
    EXPECT_EQ(again.last("type"), "phone.accepted");
    EXPECT_EQ(rig.media_leg(leg)->remote, page_sdp + "again");
    rig.media->kill(0);
    for (int i = 0; i < 100 && again.last("type") != "phone.offer"; ++i) {
        rig.settle();
    }
    EXPECT_EQ(again.last("type"), "phone.offer") << "later offers are made as before";
    rig.expect_all_end();
}

TEST(WebPhones, a_phone_whose_page_stays_away_ends) {
    TestRig rig;
    add_users(rig);
    rig.phone_options.unreachable_after = 1us;
    rig.start();
    TestPage page(rig, 1);
    page.start();
    const LegNumber up = rig.dial(web_device).value;
    rig.settle();
    page.answer(up);
    page.close();
    EXPECT_FALSE(rig.told<core::DeviceReachabilityReport>().back().reachable);
    EXPECT_EQ(rig.end_of(up), nullptr) << "the call waits longer";
    const LegNumber late = rig.dial(web_device).value;
    rig.settle();
    EXPECT_EQ(rig.end_of(late)->status, phone_gone_status);
    rig.expect_all_end();
}

TEST(WebPhones, its_calls_end_when_the_time_of_grace_is_over) {
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
    ASSERT_NE(rig.end_of(up), nullptr);
    EXPECT_EQ(rig.end_of(up)->status, 408);
    EXPECT_TRUE(rig.end_of(up)->lost);
    EXPECT_FALSE(rig.told<core::DeviceReachabilityReport>().back().reachable);
    rig.expect_clean();
}

// A tab that is closed, or a network that comes back: the new page may be heard before the server
// has seen the end of the old one's socket.
TEST(WebPhones, a_page_of_the_same_browser_follows_without_asking) {
    WebRig rig;
    TestPage before(rig, 2);
    before.start(true, "browser-a");
    const LegNumber leg = rig.web_up(before);
    TestPage after(rig, 3);
    after.start(false, "browser-a");
    EXPECT_EQ(after.last("type"), "phone.started");
    EXPECT_EQ(after.heard.back().at("calls").at(0).at("leg").as_int64(), leg);
    EXPECT_EQ(before.last("code"), "taken");
    before.close();
    EXPECT_EQ(rig.end_of(leg), nullptr);
    TestPage other(rig, 4);
    other.start(false, "browser-b");
    EXPECT_EQ(other.last("code"), "elsewhere");
    TestPage nameless(rig, 5);
    nameless.start();
    EXPECT_EQ(nameless.last("code"), "elsewhere");
    nameless.start(true);
    EXPECT_EQ(nameless.last("type"), "phone.started");
    after.start(false, "browser-a");
    EXPECT_EQ(after.last("code"), "elsewhere");
    nameless.say(phone_message_text(PhoneHangup{leg}));
    rig.expect_clean();
}

TEST(WebPhones, one_page_a_device_unless_another_takes_over) {
    WebRig rig;
    const LegNumber leg = rig.web_up();
    TestPage second(rig, 2);
    second.start();
    EXPECT_EQ(second.last("type"), "phone.refused");
    EXPECT_EQ(second.last("code"), "elsewhere");
    second.start(true);
    EXPECT_EQ(rig.page.last("type"), "phone.stopped");
    EXPECT_EQ(rig.page.last("code"), "taken");
    EXPECT_EQ(second.last("type"), "phone.started");
    rig.page.say(phone_message_text(PhoneHangup{leg}));
    EXPECT_EQ(rig.page.last("code"), "no_leg");
    rig.page.close();
    EXPECT_EQ(rig.end_of(leg), nullptr);
    second.say(phone_message_text(PhoneHangup{leg}));
    EXPECT_NE(rig.end_of(leg), nullptr);
    rig.expect_clean();
}

TEST(WebPhones, only_its_users_may_be_the_phone) {
    WebRig rig;
    TestPage other(rig, 2, stranger);
    other.start(true);
    EXPECT_EQ(other.last("code"), "no_right");
    other.say(R"({"type":"phone.start","device":"330"})");
    EXPECT_EQ(other.last("code"), "no_device") << "a SIP telephone";
    other.say(R"({"type":"phone.start","device":"nothing"})");
    EXPECT_EQ(other.last("code"), "no_device");
    core::Session session;
    session.user = core::UserId{stranger};
    session.logged_in = true;
    session.devices = {core::DeviceId{web_device}};
    rig.state.sessions[session.user] = session;
    other.start(true);
    EXPECT_EQ(other.last("type"), "phone.started") << "logged in to it";
    rig.state.sessions.clear();
    const LegNumber leg = rig.dial(web_device).value;
    rig.settle();
    EXPECT_EQ(other.last("code"), "no_right") << "not any more";
    EXPECT_EQ(rig.end_of(leg)->status, phone_gone_status);
    rig.expect_clean();
}

TEST(WebPhones, calls_survive_a_crash_of_the_server) {
    WebRig rig;
    const LegNumber up = rig.web_up();
    const LegNumber rings = rig.dial(web_device).value;
    rig.settle();
    rig.state.device_lives.at(core::DeviceId{web_device}).reachable = true;
    rig.crash();
    rig.start();
    EXPECT_EQ(rig.state.legs.size(), 2U);
    EXPECT_EQ(rig.told<core::DeviceReachabilityReport>().size(), 1U) << "it never seemed gone";
    TestPage again(rig, 1);
    again.start();
    EXPECT_EQ(again.heard.back().as_object().at("calls").as_array().size(), 2U);
    again.say(phone_message_text(PhoneReoffer{up, page_sdp + "after the crash"}));
    EXPECT_EQ(again.last("type"), "phone.accepted");
    again.answer(rings);
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().back().leg.value, rings);
    rig.expect_all_end();
}

TEST(WebPhones, calls_end_if_no_page_comes_back_after_a_crash) {
    WebRig rig;
    const LegNumber up = rig.web_up();
    rig.crash();
    rig.phone_options = {.unreachable_after = 1us, .end_after = 2us};
    rig.start();
    rig.settle();
    EXPECT_EQ(rig.end_of(up)->status, 408);
    rig.expect_clean();
    EXPECT_TRUE(rig.side.empty());
}

TEST(WebPhones, a_text_that_cannot_be_restored_is_a_leg_that_is_over) {
    WebRig rig;
    const LegNumber up = rig.web_up();
    auto record = leg_from_text(rig.side.at({"voice_leg", std::to_string(up)})).value();
    record.sip.text = R"({"web_phone":2})";
    rig.side[{"voice_leg", std::to_string(up)}] = leg_text(record);
    rig.crash();
    rig.start();
    EXPECT_EQ(rig.end_of(up)->status, 481);
    rig.expect_clean();
}

TEST(WebPhones, a_busy_page_has_bounds) {
    TestRig rig;
    add_users(rig);
    rig.phone_options.legs_max = 1;
    rig.phone_options.phones_max = 0;
    rig.start();
    TestPage page(rig, 1);
    page.start();
    EXPECT_EQ(page.last("type"), "phone.refused");
    rig.crash();
    rig.phone_options.phones_max = 1;
    rig.start();
    page.start();
    rig.dial(web_device);
    rig.settle();
    EXPECT_EQ(rig.end_of(rig.dial(web_device).value), nullptr);
    rig.settle();
    EXPECT_EQ(rig.end_of(4)->status, 486);
    rig.expect_all_end();
}

// Whatever a page says about legs in whatever state: no assertion, nothing left behind.
TEST(WebPhones, hostile_messages_do_no_harm) {
    WebRig rig;
    const LegNumber up = rig.web_up();
    const LegNumber rings = rig.dial(web_device).value;
    const auto [caller, phone] = rig.talking();
    TestPage other(rig, 2, stranger);
    for (TestPage* page : {&other, &rig.page}) {
        for (const LegNumber leg : {up, rings, caller, phone, LegNumber{9999}}) {
            page->say(phone_message_text(PhoneRinging{leg}));
            page->say(phone_message_text(PhoneReanswer{leg, page_sdp}));
            page->say(phone_message_text(PhoneReoffer{leg, page_sdp + "x"}));
            page->say(phone_message_text(PhoneDigit{leg, "1"}));
            if (leg != rings) {
                page->say(phone_message_text(PhoneAnswer{leg, page_sdp}));
                page->say(phone_message_text(PhoneReject{leg}));
            }
        }
        page->say(R"({"type":"phone.stop","device":"330"})");
        EXPECT_EQ(page->last("code"), "not_yours");
    }
    rig.phones->closed(77);
    rig.phones->missed(77);
    EXPECT_EQ(rig.ends.size(), 0U);
    rig.phones->missed(1);
    EXPECT_EQ(rig.page.last("type"), "phone.started");
    rig.expect_all_end();
}

}  // namespace
}  // namespace linka::voice
