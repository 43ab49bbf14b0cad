// New descriptions inside a call, and the loss of media workers, against fakes.
#include "linka/voice/test_rig.hpp"

namespace linka::voice {
namespace {

core::PlaySounds music(LegNumber leg) {
    return {id(leg), core::PlayId{3}, {{"music", "default", "cs"}}, true};
}

TEST(Reoffer, hold_and_resume_by_the_phone) {
    TestRig rig;
    rig.start();
    const auto [caller, phone] = rig.talking();
    rig.port.reoffer(phone, "sendonly");
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::AnswerReoffer>().size(), 1U);
    EXPECT_TRUE(rig.port.sent<sip::AnswerReoffer>()[0].sdp.starts_with("answer of leg"));
    ASSERT_EQ(rig.told<core::LegHeldReport>().size(), 1U);
    EXPECT_TRUE(rig.told<core::LegHeldReport>()[0].held);
    rig.port.reoffer(phone, "sendrecv");
    rig.settle();
    ASSERT_EQ(rig.told<core::LegHeldReport>().size(), 2U);
    EXPECT_FALSE(rig.told<core::LegHeldReport>()[1].held);
    EXPECT_EQ(rig.media_leg(caller)->peer, phone);
    rig.expect_all_end();
}

TEST(Reoffer, the_same_description_does_not_touch_the_media) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.phone_up();
    const std::size_t before = rig.workers.requests.size();
    rig.port.reoffer(phone, rig.phone_sdp);
    rig.settle();
    EXPECT_EQ(rig.workers.requests.size(), before);
    ASSERT_EQ(rig.port.sent<sip::AnswerReoffer>().size(), 1U);
    EXPECT_EQ(rig.port.sent<sip::AnswerReoffer>()[0].sdp, rig.port.sent<sip::Invite>()[0].sdp);
    rig.expect_all_end();
}

TEST(Reoffer, that_does_not_fit_is_refused_and_the_call_goes_on) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.phone_up();
    rig.workers.remote_error = "no_codec";
    rig.port.reoffer(phone, "video only");
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::AnswerReoffer>().size(), 1U);
    EXPECT_EQ(rig.port.sent<sip::AnswerReoffer>()[0].sdp, "");
    EXPECT_EQ(rig.end_of(phone), nullptr);
    rig.expect_all_end();
}

TEST(Reoffer, without_a_description_gets_our_offer) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.phone_up();
    rig.port.reoffer(phone, "");
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::AnswerReoffer>().size(), 1U);
    EXPECT_TRUE(rig.port.sent<sip::AnswerReoffer>()[0].sdp.starts_with("offer of leg"));
    rig.port.acknowledge(phone, "phone's other answer");
    rig.settle();
    EXPECT_EQ(rig.media_leg(phone)->remote, "phone's other answer");
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    rig.expect_all_end();
}

TEST(MediaLoss, who_talks_is_hung_up_and_who_waits_stays) {
    for (const bool replies_first : {true, false}) {
        TestRig rig;
        rig.start();
        const auto [caller, phone] = rig.talking();
        const LegNumber waiting = rig.caller_up();
        rig.carry_out({music(waiting)});
        rig.settle();
        rig.media->kill(0, replies_first);
        rig.settle();
        for (const LegNumber leg : {caller, phone}) {
            ASSERT_NE(rig.end_of(leg), nullptr);
            EXPECT_TRUE(rig.end_of(leg)->lost);
        }
        EXPECT_EQ(rig.port.sent<sip::HangUp>().size(), 2U);
        ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
        EXPECT_EQ(rig.port.sent<sip::Reinvite>()[0].leg, waiting);
        EXPECT_TRUE(rig.port.sent<sip::Reinvite>()[0].sdp.starts_with("offer of leg"));
        ASSERT_NE(rig.media_leg(waiting), nullptr);
        EXPECT_TRUE(rig.media_leg(waiting)->play) << "the music plays on";
        rig.port.reanswer(waiting, 200, "caller's new answer");
        rig.settle();
        EXPECT_EQ(rig.media_leg(waiting)->remote, "caller's new answer");
        EXPECT_EQ(rig.end_of(waiting), nullptr);
        rig.expect_all_end();
    }
}

TEST(MediaLoss, a_peer_that_refuses_the_new_description_is_lost) {
    TestRig rig;
    rig.start();
    const LegNumber waiting = rig.caller_up();
    rig.media->kill(0);
    rig.settle();
    rig.port.reanswer(waiting, 488, "");
    rig.settle();
    ASSERT_NE(rig.end_of(waiting), nullptr);
    EXPECT_TRUE(rig.end_of(waiting)->lost);
    rig.expect_clean();
}

TEST(MediaLoss, glare_is_tried_again) {
    TestRig rig;
    rig.start();
    const LegNumber waiting = rig.caller_up();
    rig.media->kill(0);
    rig.settle();
    rig.port.reanswer(waiting, 491, "");
    for (int i = 0; i < 100 && rig.port.sent<sip::Reinvite>().size() < 2; ++i) {
        rig.loop.step(1ms);
    }
    ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 2U);
    rig.port.reanswer(waiting, 200, "caller's new answer");
    rig.settle();
    EXPECT_EQ(rig.media_leg(waiting)->remote, "caller's new answer");
    rig.expect_all_end();
}

TEST(MediaLoss, twice_during_the_reinvite) {
    TestRig rig;
    rig.start();
    const LegNumber waiting = rig.caller_up();
    rig.media->kill(0);
    rig.settle();
    rig.media->kill(0);
    rig.settle();
    EXPECT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U) << "one at a time";
    rig.port.reanswer(waiting, 200, "to the first");
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 2U);
    rig.port.reanswer(waiting, 200, "to the second");
    rig.settle();
    EXPECT_EQ(rig.media_leg(waiting)->remote, "to the second");
    rig.expect_all_end();
}

TEST(MediaLoss, while_a_phone_rings_renews_after_its_answer) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.dial().value;
    rig.settle();
    rig.port.ring(phone);
    rig.settle();
    rig.media->kill(0);
    rig.settle();
    EXPECT_EQ(rig.end_of(phone), nullptr);
    rig.port.answer(phone, rig.phone_sdp);
    rig.settle();
    EXPECT_TRUE(rig.told<core::LegAnsweredReport>().empty()) << "its answer was to the dead worker";
    ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
    rig.port.reanswer(phone, 200, "phone's new answer");
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    EXPECT_EQ(rig.media_leg(phone)->remote, "phone's new answer");
    rig.expect_all_end();
}

TEST(MediaLoss, while_media_opens_for_a_dial) {
    for (const bool replies_first : {true, false}) {
        TestRig rig;
        rig.start();
        const LegNumber phone = rig.dial().value;
        rig.media->kill(0, replies_first);
        for (int i = 0; i < 100 && rig.port.commands.empty(); ++i) {
            rig.loop.step(1ms);
            rig.settle();
        }
        EXPECT_EQ(rig.port.sent<sip::Invite>().size(), 1U);
        EXPECT_EQ(rig.end_of(phone), nullptr);
        rig.expect_all_end();
    }
}

TEST(MediaLoss, while_media_opens_for_an_answer) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(caller)}});
    rig.media->kill(0, false);
    rig.settle();
    EXPECT_EQ(rig.port.sent<sip::Answer>().size(), 1U);
    EXPECT_EQ(rig.workers.opened.back().offer, rig.caller_sdp);
    rig.expect_all_end();
}

TEST(MediaLoss, between_answer_and_ack_waits_for_the_ack) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(caller)}});
    rig.settle();
    rig.media->kill(0);
    rig.settle();
    EXPECT_TRUE(rig.port.sent<sip::Reinvite>().empty());
    rig.port.acknowledge(caller);
    rig.settle();
    EXPECT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
    rig.expect_all_end();
}

TEST(MediaLoss, while_the_answer_is_on_its_way_to_the_worker) {
    for (const bool replies_first : {true, false}) {
        TestRig rig;
        rig.start();
        const LegNumber phone = rig.dial().value;
        rig.settle();
        rig.port.answer(phone, rig.phone_sdp);
        rig.settle_sip();
        rig.media->kill(0, replies_first);
        rig.settle();
        ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
        rig.port.reanswer(phone, 200, rig.phone_sdp);
        rig.settle();
        EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
        rig.expect_all_end();
    }
}

TEST(MediaLoss, while_a_reoffer_is_answered) {
    for (const bool replies_first : {true, false}) {
        TestRig rig;
        rig.start();
        const LegNumber phone = rig.phone_up();
        rig.port.reoffer(phone, "new address");
        rig.settle_sip();
        rig.media->kill(0, replies_first);
        rig.settle();
        EXPECT_EQ(rig.workers.opened.back().offer, "new address");
        ASSERT_EQ(rig.port.sent<sip::AnswerReoffer>().size(), 1U);
        EXPECT_FALSE(rig.port.sent<sip::AnswerReoffer>()[0].sdp.empty());
        EXPECT_TRUE(rig.port.sent<sip::Reinvite>().empty());
        rig.expect_all_end();
    }
}

TEST(MediaLoss, while_the_leg_closes) {
    for (const bool replies_first : {true, false}) {
        TestRig rig;
        rig.start();
        const LegNumber phone = rig.phone_up();
        rig.carry_out({core::EndLeg{id(phone)}});
        rig.media->kill(0, replies_first);
        rig.settle();
        EXPECT_NE(rig.end_of(phone), nullptr);
        rig.expect_clean();
    }
}

TEST(MediaLoss, worker_that_never_comes_back_ends_legs) {
    TestRig rig;
    rig.options.reopen_max = 3;
    rig.start();
    const LegNumber waiting = rig.caller_up();
    rig.workers.open_error = "lost";
    rig.media->kill(0);
    for (int i = 0; i < 100 && rig.end_of(waiting) == nullptr; ++i) {
        rig.loop.step(1ms);
        rig.settle();
    }
    ASSERT_NE(rig.end_of(waiting), nullptr);
    EXPECT_TRUE(rig.end_of(waiting)->lost);
    rig.expect_clean();
}

TEST(MediaLoss, recording_is_cut_off_and_reported_by_its_spool) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    rig.carry_out({core::StartRecording{core::RecordingId{5}, "/tmp/5.opus", id(caller), {}}});
    rig.settle();
    rig.media->kill(0);
    rig.settle();
    ASSERT_EQ(rig.told<core::RecordingEndedReport>().size(), 1U);
    EXPECT_TRUE(rig.workers.recordings.empty()) << "a second file under the same name";
    rig.expect_all_end();
}

}  // namespace
}  // namespace linka::voice
