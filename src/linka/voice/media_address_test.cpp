// Which address a media leg is bound to and shows.
#include "linka/voice/media_address.hpp"

#include "linka/voice/sdp_codecs.hpp"

#include <gtest/gtest.h>

namespace linka::voice {
namespace {

TEST(MediaAddress, one_address_is_used_for_all) {
    MediaAddresses addresses({"192.0.2.5", "", ""});
    EXPECT_EQ(addresses.towards("198.51.100.1").bind, "192.0.2.5");
    EXPECT_EQ(addresses.towards("198.51.100.1").advertise, "");
    EXPECT_EQ(addresses.towards("").bind, "192.0.2.5");
    EXPECT_EQ(addresses.towards("2001:db8::1").bind, "192.0.2.5");
}

TEST(MediaAddress, loopback_has_two_families) {
    MediaAddresses addresses({"127.0.0.1", "", ""});
    EXPECT_EQ(addresses.towards("127.0.0.1").bind, "127.0.0.1");
    EXPECT_EQ(addresses.towards("::1").bind, "::1");
}

TEST(MediaAddress, ipv6_peers_get_the_ipv6_address) {
    MediaAddresses addresses({"192.0.2.5", "2001:db8::5", ""});
    EXPECT_EQ(addresses.towards("2001:db8::1").bind, "2001:db8::5");
    EXPECT_EQ(addresses.towards("198.51.100.1").bind, "192.0.2.5");
}

TEST(MediaAddress, all_addresses_mean_the_one_that_faces_the_peer) {
    MediaAddresses addresses({"0.0.0.0", "", ""});
    EXPECT_EQ(addresses.towards("127.0.0.1").bind, "0.0.0.0");
    EXPECT_EQ(addresses.towards("127.0.0.1").advertise, "127.0.0.1");
    EXPECT_NE(addresses.towards("").advertise, "0.0.0.0");
    EXPECT_NE(addresses.towards("").advertise, "");
}

TEST(MediaAddress, public_address_is_for_the_outside) {
    MediaAddresses addresses({"192.168.1.5", "", "203.0.113.7"});
    EXPECT_EQ(addresses.towards("198.51.100.1").advertise, "203.0.113.7");
    EXPECT_EQ(addresses.towards("192.168.1.9").advertise, "");
    EXPECT_EQ(addresses.towards("").advertise, "");
}

TEST(MediaAddress, is_found_in_descriptions_and_registrations) {
    EXPECT_EQ(connection_address("v=0\r\nc=IN IP4 192.0.2.1/127\r\n"), "192.0.2.1");
    EXPECT_EQ(connection_address("v=0\r\nc=IN IP6 2001:db8::1\r\n"), "2001:db8::1");
    EXPECT_EQ(connection_address("c=IN IP4 host.example\r\n"), "");
    EXPECT_EQ(connection_address(""), "");
    EXPECT_EQ(host_of("192.0.2.7:5060 udp"), "192.0.2.7");
    EXPECT_EQ(host_of("[2001:db8::1]:5060 tcp"), "2001:db8::1");
    EXPECT_EQ(host_of("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(host_of("2001:db8::1"), "2001:db8::1");
    EXPECT_EQ(host_of("["), "");
    EXPECT_EQ(host_of(""), "");
}

TEST(SdpCodecs, are_read_in_the_order_of_the_audio_line) {
    EXPECT_EQ(codecs_in("v=0\r\nm=video 1 RTP/AVP 31\r\nm=audio 1000 RTP/AVP 111 8 0 101\r\n"
                        "a=rtpmap:111 OPUS/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n"
                        "m=audio 2 RTP/AVP 9\r\n"),
              (std::vector<std::string>{"opus", "PCMA", "PCMU"}));
    EXPECT_EQ(codecs_in("m=audio 1 RTP/AVP 0\na=rtpmap:0 speex/8000\n"),
              std::vector<std::string>{});
    EXPECT_TRUE(codecs_in("").empty());
    EXPECT_TRUE(codecs_in("m=audio").empty());
}

TEST(SdpCodecs, shared_ones_come_first) {
    EXPECT_EQ(shared_first({"PCMA", "PCMU", "opus"}, {"opus", "G722", "PCMU"}),
              (std::vector<std::string>{"opus", "PCMU", "PCMA"}));
}

}  // namespace
}  // namespace linka::voice
