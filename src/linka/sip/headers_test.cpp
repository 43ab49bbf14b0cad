#include "linka/sip/headers.hpp"

#include "linka/sip/addresses.hpp"
#include "linka/sip/admission.hpp"
#include "linka/sip/timers.hpp"

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

TEST(Headers, user_parts_survive_escaping) {
    EXPECT_EQ(decode_user("%2B420777"), "+420777");
    EXPECT_EQ(decode_user("100%"), "100%");
    EXPECT_EQ(decode_user("a%4"), "a%4");
    EXPECT_EQ(decode_user("%0d%0a"), "");
    EXPECT_EQ(decode_user("%ff"), "");
    EXPECT_EQ(encode_user("+420 7;x@y"), "+420%207%3Bx%40y");
    EXPECT_EQ(decode_user(encode_user("čeština;#?")), "čeština;#?");
}

TEST(Headers, display_names_cannot_break_out) {
    EXPECT_EQ(quote_display("Jan \"X\"\r\nEvil: 1"), "\"Jan \\\"X\\\"Evil: 1\"");
    EXPECT_EQ(read_display("\"Jan \\\"X\\\"\""), "Jan \"X\"");
    EXPECT_EQ(read_display("Jan Novák"), "Jan Novák");
    EXPECT_EQ(read_display("\"\xff\""), "");
}

TEST(Headers, dtmf_bodies) {
    EXPECT_EQ(read_dtmf_body("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n"), '5');
    EXPECT_EQ(read_dtmf_body("application/dtmf-relay", "Duration=1\nsignal = #"), '#');
    EXPECT_EQ(read_dtmf_body("application/dtmf-relay", "Signal=10"), '*');
    EXPECT_EQ(read_dtmf_body("application/dtmf", "d"), 'D');
    // As telephones really send it.
    for (const char* type : {"application/dtmf-relay", "application/dtmf", "Application/DTMF-Relay",
                             "application/dtmf-relay; charset=utf-8"}) {
        for (const char* body : {"Signal=5", "Signal= 5\nDuration= 250", "SIGNAL = 5 \r\n", "5",
                                 " 5\r\n", "d=5", "d=5\r\nDuration=160\r\n"}) {
            EXPECT_EQ(read_dtmf_body(type, body), '5') << type << ": " << body;
        }
    }
    EXPECT_FALSE(read_dtmf_body("application/dtmf-relay", "Signal=55"));
    EXPECT_FALSE(read_dtmf_body("text/plain", "5"));
    EXPECT_FALSE(read_dtmf_body("application/dtmf", ""));
    EXPECT_EQ(read_dtmf_body("application/dtmf-relay", dtmf_body('#')), '#');
}

TEST(Headers, only_harmless_headers_are_sent) {
    EXPECT_TRUE(is_allowed_header("X-Call", "1"));
    EXPECT_TRUE(is_allowed_header("Alert-Info", "<http://x>"));
    EXPECT_FALSE(is_allowed_header("Via", "x"));
    EXPECT_FALSE(is_allowed_header("X-Call", "1\r\nVia: y"));
    EXPECT_FALSE(is_allowed_header("X Call", "1"));
    EXPECT_FALSE(is_allowed_header("", "1"));
}

TEST(Addresses, are_compared_as_addresses) {
    EXPECT_TRUE(same_address("::1", "0:0:0:0:0:0:0:1"));
    EXPECT_TRUE(same_address("127.0.0.1", "::ffff:127.0.0.1"));
    EXPECT_FALSE(same_address("10.0.0.1", "10.0.0.2"));
    EXPECT_TRUE(is_private("10.1.1.1"));
    EXPECT_TRUE(is_private("172.31.0.1"));
    EXPECT_TRUE(is_private("fd00::1"));
    EXPECT_FALSE(is_private("172.32.0.1"));
    EXPECT_FALSE(is_private("8.8.8.8"));
    EXPECT_FALSE(is_private("example.org"));
    EXPECT_TRUE(is_loopback("127.9.9.9"));
    EXPECT_EQ(LocalAddresses().towards("127.0.0.1"), "127.0.0.1");
    EXPECT_EQ(plain_host("[::1]"), "::1");
    EXPECT_EQ(uri_host("::1"), "[::1]");
}

TEST(Addresses, count_by_the_network_of_one_host) {
    EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(network_of("2001:db8:1:2:3::4"), "2001:db8:1:2::/64");
    EXPECT_EQ(network_of("2001:db8:1:2:ffff::"), "2001:db8:1:2::/64");
    EXPECT_EQ(network_of("no address"), "no address");
}

TEST(Headers, numbers_lose_their_parameters) {
    EXPECT_EQ(decode_user("226000009;phone-context=example.com"), "226000009");
    EXPECT_EQ(decode_user("+420222333444;postd=pp22"), "+420222333444");
    EXPECT_EQ(decode_user("a%3Bb"), "a;b");
}

TEST(Headers, display_names_without_quotes_are_mended) {
    EXPECT_EQ(mended_address("Jiří Žáček <sip:777@h>;tag=1"), "\"Jiří Žáček\" <sip:777@h>;tag=1");
    EXPECT_EQ(mended_address("Ji\xf8\xed <sip:777@h>;tag=1"), "<sip:777@h>;tag=1");
    for (const char* as_it_is : {"Novak <sip:777@h>", "\"Jiří\" <sip:777@h>", "sip:777@h;tag=1",
                                 "Žáček, Jiří <sip:777@h>", ""}) {
        EXPECT_EQ(mended_address(as_it_is), std::nullopt) << as_it_is;
    }
}

TEST(Admission, refills_with_time_and_minds_the_legs) {
    Admission admission(2, 10, Instant{1'000'000});
    EXPECT_TRUE(admission.admit(0, Instant{1'000'000}));
    EXPECT_TRUE(admission.admit(0, Instant{1'000'000}));
    EXPECT_FALSE(admission.admit(0, Instant{1'000'000}));
    EXPECT_TRUE(admission.admit(0, Instant{1'500'000}));
    EXPECT_FALSE(admission.admit(9, Instant{9'000'000}));
    admission.draining = true;
    EXPECT_FALSE(admission.admit(0, Instant{9'000'000}));
}

TEST(Admission, an_emergency_call_minds_the_legs_alone) {
    constexpr bool emergency = true;
    Admission admission(1, 10, Instant{1'000'000});
    EXPECT_TRUE(admission.admit(0, Instant{1'000'000}));
    EXPECT_TRUE(admission.admit(0, Instant{1'000'000}, emergency));
    admission.draining = true;
    EXPECT_TRUE(admission.admit(0, Instant{9'000'000}, emergency));
    EXPECT_FALSE(admission.admit(9, Instant{9'000'000}, emergency));
}

TEST(Timers, run_in_order_and_can_be_cancelled) {
    Timers timers;
    std::string ran;
    timers.at(Instant{30}, [&] { ran += "c"; });
    timers.at(Instant{10}, [&] { ran += "a"; });
    const Timers::Id second = timers.at(Instant{20}, [&] { ran += "b"; });
    EXPECT_EQ(timers.next(), Instant{10});
    timers.cancel(second);
    timers.cancel(second);
    timers.run(Instant{29});
    EXPECT_EQ(ran, "a");
    timers.run(Instant{30});
    EXPECT_EQ(ran, "ac");
    EXPECT_EQ(timers.next(), Instant::never());
}

}  // namespace
}  // namespace linka::sip
