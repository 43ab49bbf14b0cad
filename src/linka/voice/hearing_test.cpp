// What legs hear, their recordings, digits and quality, against fakes.
#include "linka/runtime/clock.hpp"
#include "linka/voice/test_rig.hpp"

namespace linka::voice {
namespace {

core::PlaySounds music(LegNumber leg, std::int64_t play) {
    return {id(leg), core::PlayId{play}, {{"music", "default", "cs"}}, true};
}

TEST(Hearing, connected_legs_hear_each_other) {
    TestRig rig;
    rig.start();
    const auto [caller, phone] = rig.talking();
    EXPECT_EQ(rig.media_leg(caller)->peer, phone);
    EXPECT_EQ(rig.media_leg(phone)->peer, caller);
    rig.carry_out({core::DisconnectLeg{id(caller)}});
    rig.settle();
    EXPECT_EQ(rig.media_leg(phone)->peer, 0);
    rig.carry_out({music(caller, 3), core::MuteLeg{id(phone), true}});
    rig.settle();
    EXPECT_TRUE(rig.media_leg(caller)->play);
    EXPECT_TRUE(rig.media_leg(phone)->muted);
    rig.expect_all_end();
}

TEST(Hearing, connection_waits_for_both_media_legs) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    const LegNumber phone = rig.dial(1, caller).value;
    rig.carry_out({core::ConnectLegs{id(caller), id(phone)}});
    EXPECT_EQ(rig.media_leg(caller)->peer, 0);
    rig.settle();
    EXPECT_EQ(rig.media_leg(caller)->peer, phone);
    rig.expect_all_end();
}

TEST(Hearing, legs_of_two_workers_are_brought_together) {
    TestRig rig(2);
    rig.start();
    const LegNumber caller = rig.caller_up();
    const LegNumber phone = rig.phone_up();
    ASSERT_NE(rig.media_leg(caller)->worker, rig.media_leg(phone)->worker);
    rig.carry_out({core::ConnectLegs{id(caller), id(phone)}});
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
    const LegNumber moved = rig.port.sent<sip::Reinvite>()[0].leg;
    rig.port.reanswer(moved, 200, "new answer");
    rig.settle();
    EXPECT_EQ(rig.media_leg(caller)->peer, phone);
    EXPECT_EQ(rig.media_leg(moved)->remote, "new answer");
    rig.expect_all_end();
}

// The worker that a leg leaves dies before it has said that it closed it.
TEST(Hearing, a_leg_that_moves_from_a_dying_worker_arrives_all_the_same) {
    for (const bool replies_first : {true, false}) {
        TestRig rig(2);
        rig.start();
        const LegNumber caller = rig.caller_up();
        const LegNumber phone = rig.phone_up();
        const int worker = rig.media_leg(phone)->worker;
        rig.carry_out({core::ConnectLegs{id(phone), id(caller)}});
        while (rig.media_leg(caller) != nullptr) {
            ASSERT_TRUE(rig.media->deliver());
        }
        rig.media->kill(1 - worker, replies_first);
        rig.settle_timers();
        ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
        rig.port.reanswer(caller, 200, "new answer");
        rig.settle();
        ASSERT_NE(rig.media_leg(caller), nullptr);
        EXPECT_EQ(rig.media_leg(caller)->peer, phone);
        rig.expect_all_end();
    }
}

// An attended transfer by the telephones: the two who remain were in two calls, and their recording
// begins while they live on two workers. Whatever comes first, both are in it in the end.
TEST(Recording, of_legs_of_two_workers_has_both_once_they_are_together) {
    for (const bool recorded_first : {true, false}) {
        for (const bool customer_first : {true, false}) {
            TestRig rig(2);
            rig.start();
            const LegNumber caller = rig.caller_up();
            const LegNumber phone = rig.phone_up();
            const core::Effect record =
                core::StartRecording{core::RecordingId{5}, "/tmp/5.opus", id(caller), id(phone)};
            const core::Effect connect = customer_first ? core::ConnectLegs{id(caller), id(phone)}
                                                        : core::ConnectLegs{id(phone), id(caller)};
            rig.carry_out({recorded_first ? record : connect, recorded_first ? connect : record});
            rig.settle();
            ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
            EXPECT_EQ(rig.port.sent<sip::Reinvite>()[0].leg, phone) << "the customer is recorded";
            rig.port.reanswer(phone, 200, "phone's new answer");
            rig.settle();
            EXPECT_EQ(rig.media_leg(caller)->peer, phone);
            ASSERT_EQ(rig.workers.recordings.size(), 1U);
            EXPECT_EQ(rig.workers.recordings[5].request.left, caller);
            EXPECT_EQ(rig.workers.recordings[5].request.right, phone);
            EXPECT_TRUE(rig.told<core::RecordingEndedReport>().empty());
            rig.expect_all_end();
        }
    }
}

TEST(Recording, that_runs_takes_in_whoever_moves_to_it) {
    TestRig rig(2);
    rig.start();
    const LegNumber caller = rig.caller_up();
    const LegNumber phone = rig.phone_up();
    rig.carry_out({core::StartRecording{core::RecordingId{5}, "/tmp/5.opus", id(caller), {}}});
    rig.settle();
    rig.carry_out({core::StartRecording{core::RecordingId{5}, "/tmp/5.opus", id(caller), id(phone)},
                   core::ConnectLegs{id(phone), id(caller)}});
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::Reinvite>().size(), 1U);
    EXPECT_EQ(rig.port.sent<sip::Reinvite>()[0].leg, phone);
    rig.port.reanswer(phone, 200, "phone's new answer");
    rig.settle();
    EXPECT_EQ(rig.workers.recordings[5].request.right, phone);
    rig.expect_all_end();
}

TEST(Recording, whose_end_is_missing_says_so) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    rig.workers.cut_short = "the end is missing";
    rig.carry_out({core::StartRecording{core::RecordingId{5}, "/tmp/5.opus", id(caller), {}}});
    rig.settle();
    rig.carry_out({core::StopRecording{core::RecordingId{5}}});
    rig.settle();
    ASSERT_EQ(rig.told<core::RecordingEndedReport>().size(), 1U);
    EXPECT_FALSE(rig.told<core::RecordingEndedReport>()[0].failed);
    EXPECT_EQ(rig.told<core::RecordingEndedReport>()[0].reason, "the end is missing");
    rig.expect_all_end();
}

TEST(Hearing, music_that_is_not_there_is_silence) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    rig.workers.play_error = "no_file";
    rig.carry_out({music(caller, 3)});
    rig.settle();
    EXPECT_TRUE(rig.told<core::PlayEndedReport>().empty());
    rig.carry_out({core::PlaySounds{id(caller), core::PlayId{4}, {}, false}});
    rig.settle();
    EXPECT_EQ(rig.told<core::PlayEndedReport>().size(), 1U);
    rig.expect_all_end();
}

TEST(Hearing, early_media_of_the_called_reaches_a_caller_who_is_not_answered) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.port.call("510", rig.caller_sdp);
    rig.settle();
    const LegNumber phone = rig.dial(1, caller).value;
    rig.settle();
    rig.port.ring(phone, rig.phone_sdp);
    rig.settle();
    rig.carry_out({core::ConnectLegs{id(caller), id(phone)}});
    rig.settle();
    ASSERT_EQ(rig.port.sent<sip::Ring>().size(), 1U);
    EXPECT_FALSE(rig.port.sent<sip::Ring>()[0].sdp.empty());
    EXPECT_EQ(rig.media_leg(caller)->peer, phone);
    rig.expect_all_end();
}

TEST(Hearing, connecting_ends_what_plays) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    rig.carry_out({music(caller, 3)});
    rig.settle();
    const LegNumber phone = rig.phone_up(caller);
    rig.carry_out({core::ConnectLegs{id(caller), id(phone)}});
    rig.settle();
    rig.media->notice(media::PlayDone{caller, 3, ""});
    rig.settle();
    EXPECT_TRUE(rig.told<core::PlayEndedReport>().empty());
    rig.expect_all_end();
}

TEST(Hearing, end_of_sounds_is_told_once_and_only_of_the_current_ones) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    rig.carry_out({music(caller, 3), music(caller, 4)});
    rig.settle();
    rig.media->notice(media::PlayDone{caller, 3, ""});
    rig.media->notice(media::PlayDone{caller, 4, ""});
    rig.media->notice(media::PlayDone{caller, 4, ""});
    rig.settle();
    ASSERT_EQ(rig.told<core::PlayEndedReport>().size(), 1U);
    EXPECT_EQ(rig.told<core::PlayEndedReport>()[0].play, core::PlayId{4});
    rig.carry_out({music(caller, 5), core::StopSounds{id(caller)}});
    rig.settle();
    EXPECT_FALSE(rig.media_leg(caller)->play);
    rig.expect_all_end();
}

TEST(Hearing, echo_and_digits) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    rig.carry_out({core::EchoLeg{id(caller)}, core::SendDtmf{id(caller), "12#"}});
    rig.settle();
    EXPECT_TRUE(rig.media_leg(caller)->echo);
    const auto* sent = std::get_if<media::SendDtmf>(&rig.workers.requests.back());
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->digits, "12#");
    rig.media->notice(media::Dtmf{caller, "5"});
    rig.port.push(sip::InfoDigit{caller, '6'});
    rig.settle();
    ASSERT_EQ(rig.told<core::DigitReport>().size(), 2U);
    EXPECT_EQ(rig.told<core::DigitReport>()[0].digit + rig.told<core::DigitReport>()[1].digit,
              '5' + '6');
    rig.expect_all_end();
}

TEST(Hearing, quality_is_told_once_before_the_end) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    media::Quality quality;
    quality.leg = caller;
    quality.received = 10;
    rig.media->notice(quality);
    rig.settle();
    EXPECT_TRUE(rig.told<core::LegQualityReport>().empty());
    rig.port.end(caller);
    rig.settle();
    ASSERT_EQ(rig.told<core::LegQualityReport>().size(), 1U);
    EXPECT_DOUBLE_EQ(rig.told<core::LegQualityReport>()[0].mos_in, 4.2);
    EXPECT_TRUE(std::holds_alternative<core::LegEndedReport>(rig.inputs.back()));
    rig.expect_clean();
}

TEST(Hearing, a_silent_peer_is_given_up_unless_it_holds) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.caller_up();
    rig.media->notice(media::Quiet{caller, 90});
    rig.settle();
    EXPECT_EQ(rig.end_of(caller), nullptr) << "never spoke";
    media::Quality quality;
    quality.leg = caller;
    quality.received = 10;
    rig.media->notice(quality);
    rig.media->notice(media::Quiet{caller, 30});
    rig.settle();
    EXPECT_EQ(rig.end_of(caller), nullptr);
    rig.port.reoffer(caller, "sendonly");
    rig.settle();
    rig.media->notice(media::Quiet{caller, 60});
    rig.settle();
    EXPECT_EQ(rig.end_of(caller), nullptr) << "holds";
    rig.port.reoffer(caller, "sendrecv");
    rig.settle();
    rig.media->notice(media::Quiet{caller, 60});
    rig.settle();
    ASSERT_NE(rig.end_of(caller), nullptr);
    EXPECT_TRUE(rig.end_of(caller)->lost);
    EXPECT_EQ(rig.port.sent<sip::HangUp>().size(), 1U);
    rig.expect_clean();
}

TEST(Recording, takes_sides_in_as_they_get_media) {
    TestRig rig;
    rig.start();
    const LegNumber caller = rig.port.call("226000001", rig.caller_sdp);
    rig.settle();
    rig.carry_out({core::StartRecording{core::RecordingId{5}, "/tmp/5.opus", id(caller), {}}});
    rig.settle();
    EXPECT_TRUE(rig.workers.recordings.empty());
    rig.carry_out({core::AnswerLeg{id(caller)}});
    rig.settle();
    ASSERT_EQ(rig.workers.recordings.size(), 1U);
    EXPECT_EQ(rig.workers.recordings[5].request.left, caller);
    EXPECT_EQ(rig.workers.recordings[5].request.right, 0);
    const LegNumber phone = rig.dial(1, caller).value;
    rig.carry_out(
        {core::StartRecording{core::RecordingId{5}, "/tmp/5.opus", id(caller), id(phone)}});
    rig.settle();
    EXPECT_EQ(rig.workers.recordings[5].request.right, phone);
    EXPECT_EQ(rig.workers.recordings[5].request.file, "/tmp/5.opus");
    rig.carry_out({core::StopRecording{core::RecordingId{5}}});
    rig.settle();
    ASSERT_EQ(rig.told<core::RecordingEndedReport>().size(), 1U);
    EXPECT_FALSE(rig.told<core::RecordingEndedReport>()[0].failed);
    EXPECT_EQ(rig.told<core::RecordingEndedReport>()[0].bytes, 1000);
    rig.expect_all_end();
}

TEST(Recording, that_never_began_ends_as_failed) {
    TestRig rig;
    rig.start();
    rig.carry_out({core::StartRecording{core::RecordingId{5}, "/tmp/5.opus", id(1), {}},
                   core::StopRecording{core::RecordingId{5}}});
    rig.settle();
    ASSERT_EQ(rig.told<core::RecordingEndedReport>().size(), 1U);
    EXPECT_TRUE(rig.told<core::RecordingEndedReport>()[0].failed);
    rig.expect_clean();
}

TEST(Transfer, is_asked_and_confirmed) {
    TestRig rig;
    rig.start();
    const LegNumber phone = rig.phone_up();
    rig.port.push(sip::TransferAsked{phone, "511", 3});
    rig.settle();
    ASSERT_EQ(rig.told<core::TransferAskedReport>().size(), 1U);
    EXPECT_EQ(rig.told<core::TransferAskedReport>()[0].to, "511");
    EXPECT_EQ(rig.told<core::TransferAskedReport>()[0].replaces, id(3));
    rig.carry_out(
        {core::ConfirmTransfer{id(phone), true}, core::ConfirmTransfer{id(phone), false}});
    ASSERT_EQ(rig.port.sent<sip::TransferResult>().size(), 2U);
    EXPECT_EQ(rig.port.sent<sip::TransferResult>()[0].status, 200);
    EXPECT_EQ(rig.port.sent<sip::TransferResult>()[1].status, 603);
    rig.expect_all_end();
}

TEST(Registration, is_saved_and_told) {
    TestRig rig;
    rig.start();
    rig.port.push(sip::Registration{"330", 1, true, "phone", "192.0.2.1", "binding"});
    rig.port.push(sip::Registration{"999", 1, true, "phone", "192.0.2.1", "stranger"});
    rig.settle();
    ASSERT_EQ(rig.told<core::DeviceReachabilityReport>().size(), 1U);
    EXPECT_TRUE(rig.told<core::DeviceReachabilityReport>()[0].reachable);
    EXPECT_TRUE(rig.told<core::DeviceReachabilityReport>()[0].can_answer_remotely);
    EXPECT_EQ(sip_restore(rig.side).registrations.at("330"), "binding");
    rig.port.push(sip::Registration{"330", 0, false, "", "", ""});
    rig.settle();
    EXPECT_FALSE(rig.told<core::DeviceReachabilityReport>()[1].reachable);
    EXPECT_EQ(sip_restore(rig.side).registrations.count("330"), 0U);
}

TEST(Registration, who_asks_and_never_answers_is_told_of_until_the_device_registers) {
    TestRig rig;
    rig.start();
    const Instant since = runtime::wall_now() - 60s;
    const auto ask = [&](const std::string& device, int times) {
        rig.port.push(sip::NeverAnswers{device, "192.0.2.7", "Old 1.0", times, since});
        rig.settle();
    };
    ask("330", 6);
    ask("330", 9);
    ask("331", 6);
    ask("999", 6);
    ASSERT_EQ(rig.voice->silent_telephones().size(), 2U) << "nobody has the device 999";
    const SilentTelephone told = rig.voice->silent_telephones().at("330");
    EXPECT_EQ(told.times, 9);
    EXPECT_EQ(told.since, since);
    EXPECT_EQ(told.address, "192.0.2.7");
    EXPECT_EQ(told.user_agent, "Old 1.0");
    rig.port.push(sip::Registration{"330", 1, true, "phone", "192.0.2.1", "binding"});
    rig.port.push(sip::AuthFailed{"331", "192.0.2.7", false});
    rig.settle();
    EXPECT_TRUE(rig.voice->silent_telephones().empty());
    EXPECT_EQ(rig.told<core::DeviceReachabilityReport>().size(), 1U)
        << "the core hears of registrations";
}

TEST(Registration, what_was_long_ago_is_forgotten) {
    SilentTelephones silent;
    const Instant then{1'700'000'000'000'000};
    SilentTelephone telephone;
    telephone.last = then;
    silent.asked("330", telephone);
    EXPECT_EQ(silent.table(then + SilentTelephones::memory).size(), 1U);
    EXPECT_TRUE(silent.table(then + SilentTelephones::memory + 1s).empty());
}

}  // namespace
}  // namespace linka::voice
