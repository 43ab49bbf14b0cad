// Legs that we dial, against fakes.
#include "linka/voice/test_rig.hpp"

namespace linka::voice {
namespace {

TEST(Outgoing, invites_with_the_workers_offer) {
    TestRig rig;
    rig.start();
    core::DialDevice effect;
    effect.leg = id(2);
    effect.call = core::CallId{9};
    effect.device = core::DeviceId{1};
    effect.caller = "777123456";
    effect.caller_name = "Karel";
    effect.auto_answer = true;
    rig.carry_out({effect});
    rig.settle();
    const auto invites = rig.port.sent<sip::Invite>();
    ASSERT_EQ(invites.size(), 1U);
    EXPECT_EQ(invites[0].device, "330");
    EXPECT_EQ(invites[0].trunk, "");
    EXPECT_EQ(invites[0].from_user, "777123456");
    EXPECT_EQ(invites[0].from_display, "Karel");
    EXPECT_TRUE(invites[0].auto_answer);
    EXPECT_TRUE(invites[0].sdp.starts_with("offer of leg 2"));
    EXPECT_EQ(rig.workers.opened[0].offer, "");
    rig.expect_all_end();
}

TEST(Outgoing, external_devices_and_numbers_go_through_the_trunk) {
    TestRig rig;
    rig.start();
    rig.dial(3);
    core::DialNumber number;
    number.leg = id(100);
    number.number = "00420222333444";
    number.caller = "226000001";
    rig.carry_out({number});
    number.leg = id(102);
    number.trunk = "other";
    rig.carry_out({number});
    rig.settle();
    const auto invites = rig.port.sent<sip::Invite>();
    ASSERT_EQ(invites.size(), 3U);
    EXPECT_EQ(invites[0].trunk, "loopback");
    EXPECT_EQ(invites[0].number, "00420777123456");
    EXPECT_EQ(invites[0].device, "");
    EXPECT_EQ(invites[1].trunk, "loopback");
    EXPECT_EQ(invites[1].number, "00420222333444");
    EXPECT_EQ(invites[1].from_user, "226000001");
    EXPECT_EQ(invites[2].trunk, "other");
    rig.expect_all_end();
}

// Goal: where a trunk takes no call, signalling knows which to call by next.
TEST(Outgoing, the_trunks_behind_go_along_in_their_order) {
    TestRig rig;
    rig.start();
    for (const auto& [name, position] :
         {std::pair{"third", 9}, std::pair{"second", 4}, std::pair{"off", 5}}) {
        core::Trunk trunk;
        trunk.id = core::TrunkId{rig.state.trunks.rbegin()->first.value + 1};
        trunk.name = name;
        trunk.host = "127.0.0.2";
        trunk.position = position;
        trunk.deactivated = trunk.name == "off";
        rig.state.trunks.emplace(trunk.id, trunk);
    }
    core::DialNumber number;
    number.leg = id(100);
    number.number = "00420222333444";
    number.trunk = "loopback";
    rig.carry_out({number});
    number.leg = id(102);
    number.trunk = "third";
    rig.carry_out({number});
    rig.settle();
    const auto invites = rig.port.sent<sip::Invite>();
    ASSERT_EQ(invites.size(), 2U);
    EXPECT_EQ(invites[0].next_trunks, (std::vector<std::string>{"second", "third"}));
    EXPECT_TRUE(invites[1].next_trunks.empty());
    rig.expect_all_end();
}

TEST(Outgoing, the_way_of_a_call_goes_on_with_it) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    core::DialNumber number;
    number.leg = id(100);
    number.number = "00420222333444";
    number.near = id(caller);
    rig.carry_out({number});
    rig.dial(1, caller);
    rig.dial(1);
    rig.settle();
    const auto invites = rig.port.sent<sip::Invite>();
    ASSERT_EQ(invites.size(), 3U);
    EXPECT_EQ(invites[0].max_forwards, 69);
    EXPECT_EQ(invites[0].hops, 1) << "out again by the trunk";
    EXPECT_EQ(invites[0].diverted_from, "226000001");
    EXPECT_EQ(invites[1].max_forwards, 69);
    EXPECT_EQ(invites[1].diverted_from, "") << "a telephone is where it ends";
    EXPECT_EQ(invites[2].max_forwards, 70);
    rig.expect_all_end();
}

TEST(Outgoing, a_callee_may_move_before_it_answers) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.port.ring(leg, rig.phone_sdp);
    rig.settle();
    rig.port.push(sip::Reoffer{leg, rig.phone_sdp + "moved", rig.port.saved(leg)});
    rig.settle();
    const auto answers = rig.port.sent<sip::AnswerReoffer>();
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(answers[0].sdp.starts_with("answer of leg 2"));
    EXPECT_TRUE(rig.told<core::LegAnsweredReport>().empty()) << "it only rings";
    EXPECT_EQ(rig.media_leg(leg)->remote, rig.phone_sdp + "moved");
    rig.port.answer(leg, rig.phone_sdp + "moved");
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    rig.expect_all_end();
}

TEST(Outgoing, what_cannot_be_dialled_ends_at_once) {
    TestRig rig(1, 1);
    rig.start();
    EXPECT_EQ(rig.end_of(rig.dial(77).value)->status, 404);
    rig.state.trunks.clear();
    EXPECT_EQ(rig.end_of(rig.dial(3).value)->status, 503);
    rig.dial(1);
    EXPECT_EQ(rig.end_of(rig.dial(2).value)->status, 503) << "full";
    rig.settle();
    EXPECT_EQ(rig.port.sent<sip::Invite>().size(), 1U);
    rig.expect_all_end();
}

TEST(Outgoing, where_a_telephone_sends_its_calls_is_told) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.port.dialogs.erase(leg);
    rig.port.push(sip::Ended{leg, 302, true, false, 0, "999"});
    rig.settle();
    EXPECT_EQ(rig.end_of(leg)->status, 302);
    EXPECT_EQ(rig.end_of(leg)->forwards_to, "999");
    rig.expect_clean();
}

TEST(Outgoing, ringing_is_told_once_and_again_for_news) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.port.ring(leg);
    rig.port.ring(leg);
    rig.settle();
    EXPECT_EQ(rig.told<core::LegRingingReport>().size(), 1U);
    rig.port.ring(leg, "", true);
    rig.settle();
    ASSERT_EQ(rig.told<core::LegRingingReport>().size(), 2U);
    EXPECT_TRUE(rig.told<core::LegRingingReport>()[1].can_answer_remotely);
    rig.port.ring(leg, rig.phone_sdp);
    rig.port.ring(leg, rig.phone_sdp);
    rig.settle();
    ASSERT_EQ(rig.told<core::LegRingingReport>().size(), 3U);
    EXPECT_TRUE(rig.told<core::LegRingingReport>()[2].early_media);
    EXPECT_TRUE(rig.told<core::LegRingingReport>()[2].can_answer_remotely);
    EXPECT_EQ(rig.media_leg(leg)->remote, rig.phone_sdp);
    rig.expect_all_end();
}

TEST(Outgoing, answer_reaches_the_worker_before_the_core) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.port.answer(leg, rig.phone_sdp);
    rig.settle_sip();
    EXPECT_TRUE(rig.told<core::LegAnsweredReport>().empty());
    EXPECT_EQ(rig.media_leg(leg)->remote, rig.phone_sdp);
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    rig.port.end(leg);
    rig.expect_clean();
}

TEST(Outgoing, answer_after_early_media_need_not_repeat_the_description) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.port.ring(leg, rig.phone_sdp);
    rig.settle();
    rig.port.answer(leg, "");
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    rig.expect_all_end();
}

TEST(Outgoing, answer_without_any_description_ends) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.port.answer(leg, "");
    rig.settle();
    EXPECT_EQ(rig.port.sent<sip::HangUp>().size(), 1U);
    EXPECT_EQ(rig.end_of(leg)->status, 488);
    rig.expect_clean();
}

TEST(Outgoing, answer_that_does_not_fit_hangs_up) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.workers.remote_error = "no_codec";
    rig.port.answer(leg, rig.phone_sdp);
    rig.settle();
    EXPECT_EQ(rig.port.sent<sip::HangUp>().size(), 1U);
    EXPECT_EQ(rig.end_of(leg)->status, 488);
    EXPECT_TRUE(rig.told<core::LegAnsweredReport>().empty());
    rig.expect_clean();
}

TEST(Outgoing, refusal_keeps_its_status) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.port.end(leg, 486);
    rig.settle();
    EXPECT_EQ(rig.end_of(leg)->status, 486);
    EXPECT_TRUE(rig.end_of(leg)->by_peer);
    rig.expect_clean();
}

TEST(Outgoing, end_before_the_invite_needs_no_signalling) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.carry_out({core::EndLeg{id(leg)}});
    EXPECT_NE(rig.end_of(leg), nullptr);
    rig.settle();
    EXPECT_TRUE(rig.port.commands.empty());
    rig.expect_clean();
}

TEST(Outgoing, answered_elsewhere_is_said) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.carry_out({core::EndLeg{id(leg), true}});
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::HangUp>().size(), 1U);
    EXPECT_TRUE(rig.port.sent<sip::HangUp>()[0].answered_elsewhere);
    rig.expect_clean();
}

TEST(Outgoing, answer_that_crosses_our_hang_up_is_not_told) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.port.answer(leg, rig.phone_sdp);
    rig.carry_out({core::EndLeg{id(leg)}});
    rig.settle();
    EXPECT_TRUE(rig.told<core::LegAnsweredReport>().empty());
    rig.expect_clean();
}

TEST(Outgoing, asks_a_ringing_phone_to_answer) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.dial().value;
    rig.settle();
    rig.carry_out({core::AskToAnswer{id(leg)}});
    EXPECT_EQ(rig.port.sent<sip::AskToAnswer>().size(), 1U);
    rig.port.answer(leg, rig.phone_sdp);
    rig.settle();
    rig.carry_out({core::AskToAnswer{id(leg)}});
    EXPECT_EQ(rig.port.sent<sip::AskToAnswer>().size(), 1U);
    rig.expect_all_end();
}

TEST(Outgoing, offers_first_what_the_caller_speaks_and_lives_beside_them) {
    TestRig rig(2);
    rig.start();
    const LegNumber caller = rig.port.call("510", rig.caller_sdp);  // PCMU before PCMA
    rig.settle();
    const LegNumber a = rig.dial(1, caller).value;
    const LegNumber b = rig.dial(2, caller).value;
    rig.settle();
    const std::vector<std::string> expected{"PCMU", "PCMA", "G722", "opus"};
    EXPECT_EQ(rig.workers.opened[0].codecs, expected);
    rig.port.answer(b, rig.phone_sdp);  // PCMA only
    rig.settle();
    rig.carry_out({core::EndLeg{id(a), true}, core::AnswerLeg{id(caller)},
                   core::ConnectLegs{id(caller), id(b)}});
    rig.settle();
    EXPECT_EQ(rig.workers.opened[2].leg, caller);
    EXPECT_EQ(rig.workers.opened[2].codecs.front(), "PCMA");
    EXPECT_EQ(rig.media_leg(caller)->worker, rig.media_leg(b)->worker);
    EXPECT_EQ(rig.media_leg(caller)->peer, b);
    rig.expect_all_end();
}

TEST(Outgoing, media_that_cannot_be_had_ends_the_dial) {
    TestRig rig;
    rig.start();
    rig.workers.open_error = "full";
    const LegNumber leg = rig.dial().value;
    rig.settle();
    EXPECT_EQ(rig.end_of(leg)->status, 503);
    EXPECT_TRUE(rig.port.commands.empty());
    rig.expect_clean();
}

}  // namespace
}  // namespace linka::voice
