// Crashes of the server in each phase of a leg, with media workers that live on and with workers
// that died too. The rig's `crash` leaves what a crash leaves: side records, the port's legs that
// have a saved text, and what the workers hold.
#include "linka/voice/test_rig.hpp"

namespace linka::voice {
namespace {

core::PlaySounds sounds(LegNumber leg, bool loop) {
    return {id(leg), core::PlayId{3}, {{"prompt", "welcome", "cs"}}, loop};
}

std::vector<core::LegId> restored(const TestRig& rig) {
    return rig.told<core::ProgramStartedReport>().back().legs;
}

TEST(Restore, tells_the_core_also_when_there_is_nothing) {
    TestRig rig;
    rig.start_unready();
    EXPECT_FALSE(rig.voice->ready());
    rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    EXPECT_TRUE(rig.inputs.empty()) << "no calls before the legs are restored";
    rig.media->ready();
    rig.settle();
    EXPECT_TRUE(rig.voice->ready());
    ASSERT_EQ(rig.inputs.size(), 2U);
    EXPECT_TRUE(std::holds_alternative<core::ProgramStartedReport>(rig.inputs[0]));
    EXPECT_TRUE(std::holds_alternative<core::CallArrivedReport>(rig.inputs[1]));
    rig.expect_all_end();
}

TEST(Restore, starts_without_workers_after_a_while) {
    TestRig rig;
    rig.options.ready_wait = 1us;
    rig.start_unready();
    for (int i = 0; i < 100 && !rig.voice->ready(); ++i) {
        rig.loop.step(1ms);
    }
    EXPECT_EQ(rig.told<core::ProgramStartedReport>().size(), 1U);
}

TEST(Restore, talking_legs_go_on_untouched) {
    TestRig rig;
    rig.start();
    const auto [caller, phone] = rig.talking();
    const std::size_t requests = rig.workers.requests.size();
    const std::size_t commands = rig.port.commands.size();
    rig.crash();
    rig.start();
    EXPECT_EQ(restored(rig), (std::vector<core::LegId>{id(caller), id(phone)}));
    EXPECT_EQ(rig.workers.requests.size(), requests);
    EXPECT_EQ(rig.port.commands.size(), commands);
    EXPECT_EQ(rig.media_leg(caller)->peer, phone);
    rig.port.end(phone);
    rig.settle();
    EXPECT_NE(rig.end_of(phone), nullptr);
    EXPECT_EQ(rig.end_of(caller), nullptr) << "the core decides about the other one";
    rig.expect_all_end();
}

TEST(Restore, talking_legs_without_their_worker_end_as_lost) {
    TestRig rig;
    rig.start();
    const auto [caller, phone] = rig.talking();
    const LegNumber waiting = rig.caller_up();
    rig.carry_out({sounds(waiting, true)});
    rig.settle();
    rig.crash(true);
    rig.start();
    for (const LegNumber leg : {caller, phone}) {
        ASSERT_NE(rig.end_of(leg), nullptr);
        EXPECT_TRUE(rig.end_of(leg)->lost);
    }
    ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
    rig.port.reanswer(waiting, 200, "caller's new answer");
    rig.settle();
    EXPECT_EQ(rig.media_leg(waiting)->remote, "caller's new answer");
    EXPECT_TRUE(rig.media_leg(waiting)->play);
    rig.expect_all_end();
}

TEST(Restore, leg_that_signalling_lost_is_not_restored) {
    TestRig rig;
    rig.start();
    const auto [caller, phone] = rig.talking();
    rig.side.erase({"voice_leg", std::to_string(phone)});
    rig.crash();
    rig.start();
    EXPECT_EQ(restored(rig), (std::vector<core::LegId>{id(caller)}));
    EXPECT_EQ(rig.media_leg(phone), nullptr) << "closed";
    rig.expect_all_end();
}

TEST(Restore, caller_who_rings_goes_on_ringing) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::RingLeg{id(caller)}});
    rig.settle();
    rig.crash();
    rig.start();
    EXPECT_EQ(restored(rig), (std::vector<core::LegId>{id(caller)}));
    rig.carry_out({core::AnswerLeg{id(caller)}});
    rig.settle();
    EXPECT_EQ(rig.port.sent<sip::Answer>().size(), 1U);
    EXPECT_EQ(rig.workers.opened.back().offer, rig.caller_sdp);
    rig.expect_all_end();
}

TEST(Restore, caller_whom_the_core_never_heard_of_arrives_again) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.state.legs.clear();  // the event was not durable, the side record was
    rig.crash();
    rig.start();
    EXPECT_TRUE(restored(rig).empty());
    ASSERT_EQ(rig.told<core::CallArrivedReport>().size(), 2U);
    EXPECT_EQ(rig.told<core::CallArrivedReport>()[1].number, "226000001");
    rig.expect_all_end();
    EXPECT_NE(rig.end_of(caller), nullptr);
}

TEST(Restore, answer_in_flight_is_sent_again) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(caller)}});
    rig.settle();
    rig.crash();
    rig.port.dialogs[caller].answered = false;  // the port's text is older than our answer
    rig.start();
    ASSERT_EQ(rig.port.sent<sip::Answer>().size(), 2U);
    EXPECT_EQ(rig.port.sent<sip::Answer>()[0].sdp, rig.port.sent<sip::Answer>()[1].sdp);
    rig.port.acknowledge(caller);
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    rig.expect_all_end();
}

TEST(Restore, answer_that_waited_for_media_comes_after_all) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(caller)}});
    rig.crash();  // the worker has opened it, its reply is lost
    rig.start();
    EXPECT_EQ(rig.port.sent<sip::Answer>().size(), 1U);
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    rig.expect_all_end();
}

TEST(Restore, late_offer_between_answer_and_ack) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.port.call("226000001", "");
    rig.settle();
    rig.carry_out({core::AnswerLeg{id(caller)}});
    rig.settle();
    rig.crash();
    rig.start();
    rig.port.acknowledge(caller, rig.caller_sdp);
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    EXPECT_EQ(rig.media_leg(caller)->remote, rig.caller_sdp);
    rig.expect_all_end();
}

TEST(Restore, dial_without_its_invite_is_over) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.dial().value;
    rig.crash();
    rig.start();
    EXPECT_TRUE(restored(rig).empty());
    EXPECT_EQ(rig.media_leg(phone), nullptr);
    rig.expect_clean();
}

TEST(Restore, ringing_phone_rings_on_and_may_answer) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.dial().value;
    rig.settle();
    rig.port.ring(phone);
    rig.settle();
    rig.crash();
    rig.start();
    EXPECT_EQ(restored(rig), (std::vector<core::LegId>{id(phone)}));
    rig.port.answer(phone, rig.phone_sdp);
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    EXPECT_EQ(rig.media_leg(phone)->remote, rig.phone_sdp);
    rig.expect_all_end();
}

TEST(Restore, ringing_phone_without_its_worker_gets_a_new_description) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.dial().value;
    rig.settle();
    rig.crash(true);
    rig.start();
    rig.port.answer(phone, rig.phone_sdp);
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
    rig.port.reanswer(phone, 200, rig.phone_sdp);
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    rig.expect_all_end();
}

TEST(Restore, answer_that_never_reached_the_worker_is_asked_for_again) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.dial().value;
    rig.settle();
    rig.port.answer(phone, rig.phone_sdp);
    rig.settle_sip();
    rig.crash();
    rig.start();
    ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
    rig.port.reanswer(phone, 200, rig.phone_sdp);
    rig.settle();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 1U);
    rig.expect_all_end();
}

TEST(Restore, hang_up_under_way_is_completed_in_silence) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.phone_up();
    rig.carry_out({core::EndLeg{id(phone)}});
    const auto kept = rig.side;
    rig.crash();
    rig.side = kept;
    rig.port.dialogs[phone] = {};  // the BYE did not leave
    rig.start();
    EXPECT_TRUE(restored(rig).empty());
    EXPECT_EQ(rig.port.sent<sip::HangUp>().size(), 2U);
    EXPECT_EQ(rig.end_of(phone), nullptr) << "its absence was its end";
    rig.expect_clean();
}

TEST(Restore, what_the_core_missed_is_told_again) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.phone_up();
    rig.port.reoffer(phone, "sendonly");
    rig.settle();
    rig.state.legs[id(phone)].state = core::LegState::ringing;  // events that were not durable
    rig.state.legs[id(phone)].held = false;
    rig.crash();
    rig.start();
    EXPECT_EQ(rig.told<core::LegAnsweredReport>().size(), 2U);
    EXPECT_EQ(rig.told<core::LegHeldReport>().size(), 2U);
    rig.expect_all_end();
}

TEST(Restore, what_plays_goes_on_unheard) {
    for (const bool loop : {false, true}) {
        TestRig rig;
        rig.start();
        const LegNumber caller = rig.caller_up();
        rig.carry_out({sounds(caller, loop)});
        rig.settle();
        const std::size_t before = rig.workers.requests.size();
        rig.crash();
        rig.start();
        rig.carry_out({sounds(caller, loop)});  // the core says it again
        rig.settle();
        EXPECT_EQ(rig.workers.requests.size(), before);
        EXPECT_TRUE(rig.told<core::PlayEndedReport>().empty());
        rig.media->notice(media::PlayDone{caller, 3, ""});
        rig.settle();
        EXPECT_EQ(rig.told<core::PlayEndedReport>().size(), 1U);
        rig.expect_all_end();
    }
}

TEST(Restore, prompt_that_ended_meanwhile_has_ended) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    rig.carry_out({sounds(caller, false)});
    rig.settle();
    rig.crash();
    rig.workers.legs[caller].play.reset();
    rig.start();
    rig.carry_out({sounds(caller, false)});
    rig.media->notice(media::PlayDone{caller, 3, ""});
    rig.settle();
    EXPECT_EQ(rig.told<core::PlayEndedReport>().size(), 1U);
    EXPECT_FALSE(rig.media_leg(caller)->play);
    rig.expect_all_end();
}

TEST(Restore, what_the_core_says_again_does_no_harm) {
    TestRig rig;
    rig.start();
    const auto [caller, phone] = rig.talking();
    const LegNumber echo = rig.caller_up();
    rig.carry_out({core::EchoLeg{id(echo)}, core::MuteLeg{id(phone), true}});
    rig.settle();
    rig.crash();
    rig.start();
    const std::size_t requests = rig.workers.requests.size();
    const std::size_t commands = rig.port.commands.size();
    rig.carry_out({core::AnswerLeg{id(caller)}, core::ConnectLegs{id(caller), id(phone)},
                   core::EchoLeg{id(echo)}, core::MuteLeg{id(phone), true}});
    rig.settle();
    EXPECT_EQ(rig.workers.requests.size(), requests);
    EXPECT_EQ(rig.port.commands.size(), commands);
    rig.expect_all_end();
}

TEST(Restore, recording_goes_on) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    rig.carry_out({core::StartRecording{core::RecordingId{5}, "/tmp/5.opus", id(caller), {}}});
    rig.settle();
    rig.crash();
    rig.start();
    EXPECT_EQ(rig.workers.recordings.size(), 1U);
    rig.carry_out({core::StopRecording{core::RecordingId{5}}});
    rig.settle();
    ASSERT_EQ(rig.told<core::RecordingEndedReport>().size(), 1U);
    EXPECT_FALSE(rig.told<core::RecordingEndedReport>()[0].failed);
    rig.expect_all_end();
}

TEST(Restore, legs_beyond_the_limit_are_hung_up) {
    TestRig rig;
    rig.start();
    rig.caller_up();
    const LegNumber second = rig.caller_up();
    rig.crash();
    rig.options.legs_max = 1;
    rig.start();
    const auto ended = rig.port.sent<sip::HangUp>();
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].leg, second);
    EXPECT_EQ(rig.state.legs.size(), 1U);
    rig.expect_all_end();
}

TEST(Restore, leg_numbers_are_never_used_again) {
    TestRig rig;
    EXPECT_EQ(first_incoming(rig.state, rig.side), 1);
    rig.state.last.leg_in = 7;
    EXPECT_EQ(first_incoming(rig.state, rig.side), 9);
    rig.side[{"voice_leg", "11"}] = R"({"version":1,"leg":11,"incoming":true})";
    rig.side[{"voice_leg", "40"}] = R"({"version":1,"leg":40,"incoming":false})";
    rig.side[{"voice_leg", "13"}] = "broken";
    EXPECT_EQ(first_incoming(rig.state, rig.side), 13);
    rig.state.starts = 1;
    EXPECT_EQ(first_incoming(rig.state, rig.side), 1'000'001);
    rig.side[{"voice_leg", "1000007"}] = R"({"version":1,"leg":1000007,"incoming":true})";
    EXPECT_EQ(first_incoming(rig.state, rig.side), 1'000'009);
}

TEST(Restore, registrations_are_made_to_agree) {
    TestRig rig;
    rig.state.device_lives[core::DeviceId{1}].reachable = true;  // no binding any more
    rig.side[{"sip_registration", "331"}] =                      // the core missed it
        R"({"version":1,"address":"192.0.2.1:5060 udp","can_ask_to_answer":true,"sip":"binding"})";
    rig.side[{"sip_registration", "330"}] = "broken";
    rig.start();
    const auto told = rig.told<core::DeviceReachabilityReport>();
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].device, core::DeviceId{1});
    EXPECT_FALSE(told[0].reachable);
    EXPECT_EQ(told[1].device, core::DeviceId{2});
    EXPECT_TRUE(told[1].reachable);
    EXPECT_TRUE(told[1].can_answer_remotely);
    EXPECT_EQ(rig.side.count({"sip_registration", "330"}), 0U);
    EXPECT_EQ(sip_restore(rig.side).registrations.at("331"), "binding");
}

TEST(Restore, after_detach_nothing_leaves) {
    TestRig rig;
    rig.start();
    const auto [caller, phone] = rig.talking();
    const std::size_t commands = rig.port.commands.size();
    rig.voice->detach();
    rig.carry_out({core::EndLeg{id(caller)}});
    rig.port.end(phone);
    rig.settle_sip();
    EXPECT_EQ(rig.port.commands.size(), commands);
    EXPECT_EQ(rig.workers.legs.size(), 2U);
    EXPECT_EQ(rig.end_of(phone), nullptr);
}

}  // namespace
}  // namespace linka::voice
