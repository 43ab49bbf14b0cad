// Legs that come in, against fakes.
#include "linka/voice/test_rig.hpp"

namespace linka::voice {
namespace {

TEST(Incoming, tells_the_core_and_opens_nothing) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    const auto arrived = rig.told<core::CallArrivedReport>();
    ASSERT_EQ(arrived.size(), 1U);
    EXPECT_EQ(arrived[0].leg.value, leg);
    EXPECT_EQ(arrived[0].trunk, "loopback");
    EXPECT_EQ(arrived[0].number, "226000001");
    EXPECT_EQ(arrived[0].caller, "777123456");
    EXPECT_TRUE(rig.workers.legs.empty());
    EXPECT_EQ(rig.side.count({"voice_leg", std::to_string(leg)}), 1U);
    rig.port.end(leg);
    rig.expect_clean();
    EXPECT_TRUE(rig.end_of(leg)->by_peer);
}

TEST(Incoming, names_the_device_and_what_it_replaces) {
    TestRig rig;
    rig.start();
    rig.port.call("510", rig.caller_sdp, "331");
    rig.settle();
    ASSERT_EQ(rig.told<core::CallArrivedReport>().size(), 1U);
    EXPECT_EQ(rig.told<core::CallArrivedReport>()[0].device, core::DeviceId{2});
    rig.expect_all_end();
}

int confirmations(const TestRig& rig) {
    int count = 0;
    for (const media::Request& request : rig.workers.requests) {
        count += std::holds_alternative<media::LegConfirm>(request) ? 1 : 0;
    }
    return count;
}

// Whoever forges a trunk's address gets no sound sent to a third party: not before the ACK.
TEST(Incoming, sound_waits_for_the_acknowledgement_of_a_trunk) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(leg)}});
    rig.settle();
    ASSERT_EQ(rig.workers.opened.size(), 1U);
    EXPECT_TRUE(rig.workers.opened[0].unconfirmed);
    EXPECT_EQ(rig.workers.opened[0].signalling, "192.0.2.9");
    EXPECT_EQ(confirmations(rig), 0);
    rig.port.acknowledge(leg);
    rig.settle();
    EXPECT_EQ(confirmations(rig), 1);
    rig.expect_all_end();
}

TEST(Incoming, device_that_answered_the_challenge_need_not_wait) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("510", rig.caller_sdp, "331");
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(leg)}});
    rig.settle();
    ASSERT_EQ(rig.workers.opened.size(), 1U);
    EXPECT_FALSE(rig.workers.opened[0].unconfirmed);
    rig.port.acknowledge(leg);
    rig.settle();
    EXPECT_EQ(confirmations(rig), 0);
    rig.expect_all_end();
}

TEST(Incoming, refuses_a_device_without_a_record) {
    TestRig rig;
    rig.start();
    rig.port.call("510", rig.caller_sdp, "999");
    rig.settle();
    EXPECT_TRUE(rig.told<core::CallArrivedReport>().empty());
    ASSERT_EQ(rig.port.sent<sip::Refuse>().size(), 1U);
    EXPECT_EQ(rig.port.sent<sip::Refuse>()[0].status, 403);
    rig.expect_clean();
}

TEST(Incoming, refuses_with_retry_after_when_full) {
    TestRig rig(1, 2);
    rig.start();
    for (int i = 0; i < 3; ++i) {
        rig.port.call("226000001", rig.caller_sdp);
    }
    rig.settle();
    EXPECT_EQ(rig.told<core::CallArrivedReport>().size(), 2U);
    ASSERT_EQ(rig.port.sent<sip::Refuse>().size(), 1U);
    EXPECT_EQ(rig.port.sent<sip::Refuse>()[0].status, 503);
    EXPECT_GT(rig.port.sent<sip::Refuse>()[0].retry_after_s, 0);
    rig.expect_all_end();
}

TEST(Incoming, rings_plainly_and_once) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::RingLeg{id(leg)}, core::RingLeg{id(leg)}});
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::Ring>().size(), 1U);
    EXPECT_EQ(rig.port.sent<sip::Ring>()[0].sdp, "");
    EXPECT_TRUE(rig.workers.legs.empty());
    rig.expect_all_end();
}

TEST(Incoming, answers_with_the_workers_answer) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::RingLeg{id(leg)}, core::AnswerLeg{id(leg)}});
    rig.settle();
    ASSERT_EQ(rig.workers.opened.size(), 1U);
    EXPECT_EQ(rig.workers.opened[0].offer, rig.caller_sdp);
    ASSERT_EQ(rig.port.sent<sip::Answer>().size(), 1U);
    EXPECT_TRUE(rig.port.sent<sip::Answer>()[0].sdp.starts_with("answer of leg"));
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    rig.port.acknowledge(leg);
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    rig.port.end(leg);
    rig.expect_clean();
}

TEST(Incoming, late_offer_is_answered_with_ours_and_counts_from_the_ack) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", "");
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(leg)}});
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::Answer>().size(), 1U);
    EXPECT_TRUE(rig.port.sent<sip::Answer>()[0].sdp.starts_with("offer of leg"));
    EXPECT_TRUE(rig.told<core::LegAnsweredReport>().empty());
    rig.port.acknowledge(leg, rig.caller_sdp);
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    EXPECT_EQ(rig.media_leg(leg)->remote, rig.caller_sdp);
    rig.expect_all_end();
}

TEST(Incoming, late_offer_without_a_description_in_the_ack_ends) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", "");
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(leg)}});
    rig.settle();
    rig.port.acknowledge(leg, "");
    rig.settle();
    ASSERT_NE(rig.end_of(leg), nullptr);
    EXPECT_EQ(rig.end_of(leg)->status, 488);
    rig.expect_clean();
}

TEST(Incoming, sounds_before_the_answer_need_early_media) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out(
        {core::PlaySounds{id(leg), core::PlayId{7}, {{"prompt", "welcome", "cs"}}, false}});
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::Ring>().size(), 1U);
    EXPECT_TRUE(rig.port.sent<sip::Ring>()[0].sdp.starts_with("answer of leg"));
    ASSERT_TRUE(rig.media_leg(leg)->play);
    EXPECT_EQ(rig.media_leg(leg)->play->play, 7);
    rig.carry_out({core::AnswerLeg{id(leg)}});
    rig.settle();
    EXPECT_EQ(rig.workers.opened.size(), 1U);
    EXPECT_EQ(rig.port.sent<sip::Answer>()[0].sdp, rig.port.sent<sip::Ring>()[0].sdp);
    rig.expect_all_end();
}

TEST(Incoming, play_and_answer_in_one_breath_skips_the_183) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::PlaySounds{id(leg), core::PlayId{7}, {}, true}, core::AnswerLeg{id(leg)}});
    rig.settle();
    EXPECT_TRUE(rig.port.sent<sip::Ring>().empty());
    EXPECT_EQ(rig.port.sent<sip::Answer>().size(), 1U);
    EXPECT_TRUE(rig.media_leg(leg)->play);
    rig.expect_all_end();
}

TEST(Incoming, cancel_before_media_opens_leaves_nothing) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(leg)}});
    rig.port.end(leg);
    rig.settle_sip();
    ASSERT_NE(rig.end_of(leg), nullptr) << "the end does not wait for an opening";
    EXPECT_EQ(rig.workers.legs.size(), 1U);
    rig.settle();
    EXPECT_TRUE(rig.port.sent<sip::Answer>().empty());
    rig.expect_clean();
}

TEST(Incoming, hang_up_by_the_core_before_media_opens) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(leg)}, core::EndLeg{id(leg)}});
    rig.settle();
    EXPECT_TRUE(rig.port.sent<sip::Answer>().empty());
    EXPECT_EQ(rig.port.sent<sip::HangUp>().size(), 1U);
    rig.expect_clean();
}

TEST(Incoming, description_that_does_not_fit_is_refused) {
    TestRig rig;
    rig.start();
    rig.workers.open_error = "no_codec";
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(leg)}});
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::Refuse>().size(), 1U);
    EXPECT_EQ(rig.port.sent<sip::Refuse>()[0].status, 488);
    EXPECT_EQ(rig.port.sent<sip::Refuse>()[0].warning, "as the test wants it");
    EXPECT_EQ(rig.end_of(leg)->status, 488);
    rig.expect_clean();
}

// A worker that does not answer: the leg ends, and what opens too late is closed.
TEST(Incoming, a_worker_that_never_answers_ends_the_leg) {
    TestRig rig;
    rig.options.media_wait = 1us;
    rig.start();
    rig.workers.silent = true;
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(leg)}});
    rig.settle_timers();
    ASSERT_NE(rig.end_of(leg), nullptr);
    EXPECT_EQ(rig.end_of(leg)->status, 503);
    rig.expect_clean();
    ASSERT_EQ(rig.workers.unanswered.size(), 1U);
    rig.workers.requests.clear();
    rig.workers.unanswered[0](media::Reply{});
    rig.settle();
    ASSERT_EQ(rig.workers.requests.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<media::Close>(rig.workers.requests[0]));
}

TEST(Incoming, refusal_has_one_table) {
    TestRig rig;
    rig.start();
    const std::map<core::RefuseCause, int> table{
        {core::RefuseCause::busy, 486},      {core::RefuseCause::congestion, 503},
        {core::RefuseCause::not_found, 404}, {core::RefuseCause::forbidden, 403},
        {core::RefuseCause::declined, 603},  {core::RefuseCause::no_answer, 480}};
    for (const auto& [cause, status] : table) {
        const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
        rig.settle();
        rig.carry_out({core::RefuseLeg{id(leg), cause}});
        rig.settle();
        ASSERT_NE(rig.end_of(leg), nullptr);
        EXPECT_EQ(rig.end_of(leg)->status, status);
        EXPECT_FALSE(rig.end_of(leg)->by_peer);
    }
    rig.expect_clean();
}

TEST(Incoming, effects_about_the_dead_are_dropped) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.port.end(leg);
    rig.settle();
    const std::size_t before = rig.port.commands.size();
    rig.carry_out({core::RingLeg{id(leg)}, core::AnswerLeg{id(leg)}, core::EndLeg{id(leg)},
                   core::PlaySounds{id(leg), core::PlayId{1}, {}, false}, core::MuteLeg{id(leg)},
                   core::EchoLeg{id(leg)}});
    rig.settle();
    EXPECT_EQ(rig.port.commands.size(), before);
    rig.expect_clean();
}

TEST(Incoming, commands_wait_for_a_port_that_is_full) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.port.full = true;
    rig.carry_out({core::RingLeg{id(leg)}, core::EndLeg{id(leg)}});
    rig.settle();
    EXPECT_TRUE(rig.port.commands.empty());
    rig.port.full = false;
    for (int i = 0; i < 100 && rig.port.commands.size() < 2; ++i) {
        rig.loop.step(1ms);
    }
    ASSERT_EQ(rig.port.commands.size(), 2U);
    EXPECT_TRUE(std::holds_alternative<sip::Ring>(rig.port.commands[0]));
    EXPECT_TRUE(std::holds_alternative<sip::HangUp>(rig.port.commands[1]));
    rig.expect_clean();
}

TEST(Incoming, no_ack_counts_as_lost) {
    TestRig rig;
    rig.start();
    const LegNumber leg = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(leg)}});
    rig.settle();
    rig.port.end(leg, 408);
    rig.settle();
    EXPECT_TRUE(rig.end_of(leg)->lost);
    rig.expect_clean();
}

}  // namespace
}  // namespace linka::voice
