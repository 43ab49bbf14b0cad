// Digits between legs: each press is heard once, and reaches the far side in its form.
#include "linka/voice/test_rig.hpp"

#include <tuple>

namespace linka::voice {
namespace {

const std::string with_events = "m=audio 1 RTP/AVP 8 101\na=rtpmap:101 Telephone-Event/8000\n";

// Two legs that talk. What the worker says of each is that it has telephone-event, or not.
struct Talk : TestRig {
    explicit Talk(bool caller_events, bool phone_events) {
        // Long enough that a press in the sound, which is there already, comes before it is over.
        options.info_wait = 30ms;
        start();
        std::tie(caller, phone) = talking();
        describe(caller, caller_events);
        describe(phone, phone_events);
        inputs.clear();
        port.commands.clear();
        workers.digits.clear();
    }
    // A re-INVITE is how a test sets both descriptions.
    void describe(LegNumber leg, bool events) {
        workers.digit_events = events;
        port.reoffer(leg, events ? with_events : "m=audio 1 RTP/AVP 8\n");
        settle();
    }
    void info(LegNumber leg, char digit) {
        port.push(sip::InfoDigit{leg, digit});
        wait_for_the_sound();
    }
    // Until an INFO no longer waits for the same press in the sound.
    void wait_for_the_sound() {
        settle();
        bool due = false;
        loop.after(2 * options.info_wait, [&] { due = true; });
        while (!due) {
            loop.step(1ms);
        }
        settle();
    }
    void sound(LegNumber leg, char digit) {
        media->notice(media::Dtmf{.leg = leg, .digit = std::string(1, digit)});
        settle();
    }
    std::string heard() const {
        std::string digits;
        for (const auto& digit : told<core::DigitReport>()) {
            digits += digit.digit;
        }
        return digits;
    }
    std::string sent_by_info(LegNumber leg) const {
        std::string digits;
        for (const auto& each : port.sent<sip::SendInfoDigit>()) {
            digits += each.leg == leg ? std::string(1, each.digit) : "";
        }
        return digits;
    }
    LegNumber caller = 0;
    LegNumber phone = 0;
};

TEST(Digits, by_info_reach_the_far_side_as_it_understands_them) {
    Talk events(true, true);
    events.info(events.phone, '5');
    EXPECT_EQ(events.heard(), "5");
    EXPECT_EQ(events.workers.digits[events.caller], "5");
    EXPECT_EQ(events.sent_by_info(events.caller), "");
    events.expect_all_end();
    Talk none(false, true);
    none.info(none.phone, '6');
    EXPECT_EQ(none.workers.digits[none.caller], "");
    EXPECT_EQ(none.sent_by_info(none.caller), "6");
    none.expect_all_end();
}

TEST(Digits, in_the_sound_go_on_by_info_only_where_no_events_were_agreed) {
    Talk events(true, true);
    events.sound(events.caller, '1');
    EXPECT_EQ(events.heard(), "1");
    EXPECT_TRUE(events.workers.digits.empty()) << "the worker passes them on itself";
    EXPECT_TRUE(events.port.sent<sip::SendInfoDigit>().empty());
    events.expect_all_end();
    Talk none(true, false);
    none.sound(none.caller, '2');
    EXPECT_EQ(none.sent_by_info(none.phone), "2");
    none.expect_all_end();
}

TEST(Digits, sent_both_ways_count_once) {
    Talk talk(true, true);
    for (const char digit : {'1', '1', '2'}) {
        talk.sound(talk.phone, digit);
        talk.info(talk.phone, digit);
    }
    EXPECT_EQ(talk.heard(), "112");
    talk.port.push(sip::InfoDigit{talk.phone, '3'});
    talk.media->notice(media::Dtmf{.leg = talk.phone, .digit = "3"});
    talk.wait_for_the_sound();
    EXPECT_EQ(talk.heard(), "1123") << "the INFO came first";
    talk.info(talk.phone, '3');
    EXPECT_EQ(talk.heard(), "11233") << "a press by INFO alone";
    talk.expect_all_end();
}

TEST(Digits, of_the_application_go_by_info_where_no_events_were_agreed) {
    Talk talk(false, true);
    talk.carry_out({core::SendDtmf{id(talk.caller), "12#"}});
    for (int i = 0; i < 100 && talk.sent_by_info(talk.caller).size() < 3; ++i) {
        talk.loop.step(1ms);
    }
    EXPECT_EQ(talk.sent_by_info(talk.caller), "12#");
    talk.expect_all_end();
}

TEST(Digits, that_no_hand_presses_are_not_kept) {
    Talk talk(true, true);
    for (int i = 0; i < 1000; ++i) {
        talk.media->notice(media::Dtmf{.leg = talk.caller, .digit = "1"});
    }
    talk.settle();
    EXPECT_LT(talk.heard().size(), 100U);
    EXPECT_GE(talk.heard().size(), 40U);
    talk.expect_all_end();
}

}  // namespace
}  // namespace linka::voice
