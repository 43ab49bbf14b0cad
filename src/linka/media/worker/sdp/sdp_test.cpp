#include "linka/media/worker/sdp/sdp.hpp"

#include "linka/base/text.hpp"
#include "linka/media/worker/sdp/negotiation.hpp"

#include <gtest/gtest.h>

namespace linka::media {
namespace {

constexpr std::string_view phone_offer =
    "v=0\r\n"
    "o=phone 1 1 IN IP4 192.0.2.10\r\n"
    "s=call\r\n"
    "c=IN IP4 192.0.2.10\r\n"
    "t=0 0\r\n"
    "m=audio 11780 RTP/AVP 96 9 8 0 18 101 102\r\n"
    "a=rtpmap:96 opus/48000/2\r\n"
    "a=fmtp:96 useinbandfec=1\r\n"
    "a=rtpmap:18 G729/8000\r\n"
    "a=rtpmap:101 telephone-event/8000\r\n"
    "a=fmtp:101 0-15\r\n"
    "a=rtpmap:102 telephone-event/48000\r\n"
    "a=ptime:30\r\n"
    "a=sendrecv\r\n";

const std::vector<Codec> every = {all_codecs.begin(), all_codecs.end()};

LocalMedia us() {
    return {.address = "198.51.100.1",
            .port = 20000,
            .session = 9,
            .version = 1,
            .direction = Direction::sendrecv};
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

Agreement agreed(std::string_view sdp, std::vector<Codec> allowed = every) {
    const auto parsed = parse_sdp(sdp);
    EXPECT_TRUE(parsed.ok());
    const auto agreement = agree(*parsed, allowed);
    EXPECT_TRUE(agreement.ok());
    return *agreement;
}

TEST(SdpTest, ReadsAnOffer) {
    const auto sdp = parse_sdp(phone_offer);
    ASSERT_TRUE(sdp.ok());
    ASSERT_EQ(sdp->media.size(), 1U);
    const SdpMedia& audio = sdp->media[0];
    EXPECT_EQ(audio.kind, "audio");
    EXPECT_EQ(audio.port, 11780);
    EXPECT_EQ(audio.address, "192.0.2.10");
    ASSERT_EQ(audio.formats.size(), 7U);
    EXPECT_EQ(audio.formats[0].encoding, "opus");
    EXPECT_EQ(audio.formats[0].channels, 2);
    EXPECT_EQ(audio.formats[1].encoding, "G722");  // static, without rtpmap
    EXPECT_EQ(audio.formats[1].clock_rate, 8000);
}

TEST(SdpTest, MediaLevelWinsOverSession) {
    const auto sdp = parse_sdp(
        "v=0\nc=IN IP4 192.0.2.1\na=inactive\nm=audio 4000 RTP/AVP 0\nc=IN IP6 2001:db8::1\n"
        "a=sendonly\na=rtcp:4010 IN IP4 192.0.2.9\na=rtcp-mux\nm=video 5000 RTP/AVP 97\n");
    ASSERT_TRUE(sdp.ok());
    ASSERT_EQ(sdp->media.size(), 2U);
    EXPECT_EQ(sdp->media[0].address, "2001:db8::1");
    EXPECT_EQ(sdp->media[0].direction, Direction::sendonly);
    EXPECT_EQ(sdp->media[0].rtcp_port, 4010);
    EXPECT_TRUE(sdp->media[0].rtcp_mux);
    EXPECT_EQ(sdp->media[1].address, "192.0.2.1");
    EXPECT_EQ(sdp->media[1].direction, Direction::inactive);
}

TEST(SdpTest, RefusesRubbish) {
    for (const char* text : {"", "\r\n", "hello", "v=1\r\n", "v=0\r\nm=audio\r\n",
                             "v=0\r\nm=audio 70000 RTP/AVP 0\r\n", "v=0\r\nm=audio x RTP/AVP 0\r\n",
                             "v=0\r\nbroken\r\n"}) {
        EXPECT_FALSE(parse_sdp(text).ok()) << text;
    }
    EXPECT_EQ(parse_sdp(std::string(sdp_bytes_max + 1, 'a')).error().code, ErrorCode::full);
    std::string many = "v=0\r\n";
    for (int i = 0; i < 20; ++i) {
        many += "m=audio 4000 RTP/AVP 0\r\n";
    }
    EXPECT_EQ(parse_sdp(many).error().code, ErrorCode::full);
}

TEST(NegotiationTest, AnswerKeepsOrderAndNumbersOfTheOffer) {
    const auto offer = parse_sdp(phone_offer);
    const Agreement agreement = agreed(phone_offer, {Codec::pcma, Codec::opus});
    ASSERT_EQ(agreement.codecs.size(), 2U);
    EXPECT_EQ(agreement.codecs[0].codec, Codec::opus);
    EXPECT_EQ(agreement.codecs[0].payload_type, 96);
    EXPECT_EQ(agreement.codecs[1].payload_type, 8);
    const std::string answer = write_answer(us(), *offer, agreement);
    EXPECT_TRUE(contains(answer, "m=audio 20000 RTP/AVP 96 8 101 102\r\n")) << answer;
    EXPECT_TRUE(contains(answer, "a=rtpmap:96 opus/48000/2\r\n"));
    EXPECT_TRUE(contains(answer, "a=rtpmap:102 telephone-event/48000\r\n"));
    EXPECT_TRUE(contains(answer, "c=IN IP4 198.51.100.1\r\n"));
    EXPECT_FALSE(contains(answer, "G729"));
    // Our own answer can be read again and agrees with itself.
    EXPECT_EQ(agreed(answer).codecs.size(), 2U);
}

TEST(NegotiationTest, EventsFollowTheCodecsClock) {
    const Agreement agreement = agreed(phone_offer, {Codec::pcmu});
    ASSERT_EQ(agreement.events.size(), 1U);
    EXPECT_EQ(agreement.events[0].clock_rate, 8000);
    EXPECT_EQ(agreement.events[0].payload_type, 101);
}

TEST(NegotiationTest, OtherStreamsAreRefusedInPlace) {
    const std::string text =
        "v=0\r\nc=IN IP4 192.0.2.1\r\nm=video 5000 RTP/AVP 97 98\r\nm=audio 4000 RTP/SAVP 0\r\n"
        "m=audio 4002 RTP/AVP 8\r\nm=application 9 UDP/BFCP *\r\n";
    const auto offer = parse_sdp(text);
    const Agreement agreement = agreed(text);
    EXPECT_EQ(agreement.media, 2U);
    const std::string answer = write_answer(us(), *offer, agreement);
    EXPECT_TRUE(
        contains(answer, "m=video 0 RTP/AVP 97 98\r\nm=audio 0 RTP/SAVP 0\r\nm=audio 20000 "))
        << answer;
    EXPECT_TRUE(contains(answer, "m=application 0 UDP/BFCP *\r\n"));
}

TEST(NegotiationTest, HoldInBothFashions) {
    const auto offer = [](std::string_view address, std::string_view direction) {
        return text::format("v=0\r\nc=IN IP4 {}\r\nm=audio 4000 RTP/AVP 8\r\na={}\r\n", address,
                            direction);
    };
    EXPECT_EQ(agreed(offer("192.0.2.1", "sendonly")).peer_direction, Direction::sendonly);
    EXPECT_EQ(agreed(offer("192.0.2.1", "inactive")).peer_direction, Direction::inactive);
    EXPECT_EQ(agreed(offer("0.0.0.0", "sendrecv")).peer_direction, Direction::sendonly);
    EXPECT_EQ(agreed(offer("0.0.0.0", "recvonly")).peer_direction, Direction::inactive);
    EXPECT_EQ(reversed(Direction::sendonly), Direction::recvonly);
    EXPECT_EQ(reversed(Direction::inactive), Direction::inactive);
}

TEST(NegotiationTest, RefusesWithoutCommonGround) {
    const auto refuse = [](std::string_view text) {
        const auto parsed = parse_sdp(text);
        return agree(*parsed, every).error().code;
    };
    EXPECT_EQ(refuse("v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 18\r\n"),
              ErrorCode::refused);
    EXPECT_EQ(refuse("v=0\r\nc=IN IP4 192.0.2.1\r\nm=video 4000 RTP/AVP 97\r\n"),
              ErrorCode::refused);
    EXPECT_EQ(refuse("v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 0 RTP/AVP 8\r\n"), ErrorCode::refused);
    EXPECT_EQ(refuse("v=0\r\nc=IN IP4 phone.example\r\nm=audio 4000 RTP/AVP 8\r\n"),
              ErrorCode::invalid);
    EXPECT_EQ(refuse("v=0\r\nm=audio 4000 RTP/AVP 8\r\n"), ErrorCode::invalid);
}

TEST(NegotiationTest, OffersWhatIsAllowedInItsOrder) {
    const std::string offer =
        write_offer(us(), std::vector<Codec>{Codec::g722, Codec::opus, Codec::pcma});
    EXPECT_TRUE(contains(offer, "m=audio 20000 RTP/AVP 9 111 8 101 110\r\n")) << offer;
    EXPECT_TRUE(contains(offer, "a=rtcp:20001\r\n"));
    const Agreement read = agreed(offer);
    EXPECT_EQ(read.codecs.size(), 3U);
    EXPECT_EQ(read.events.size(), 2U);
    LocalMedia six = us();
    six.address = "2001:db8::1";
    EXPECT_TRUE(contains(write_offer(six, every), "c=IN IP6 2001:db8::1\r\n"));
}

TEST(NegotiationTest, ReofferKeepsThePlaceOfTheStream) {
    const Agreement agreement = agreed(
        "v=0\r\nc=IN IP4 192.0.2.1\r\nm=video 0 RTP/AVP 97\r\nm=audio 4002 RTP/AVP 96\r\n"
        "a=rtpmap:96 opus/48000/2\r\n");
    LocalMedia local = us();
    local.direction = Direction::sendonly;
    const std::string offer =
        write_reoffer(local, agreement, std::vector<std::string>{"video", "audio"});
    EXPECT_TRUE(contains(offer, "m=video 0 RTP/AVP 0\r\nm=audio 20000 RTP/AVP 96\r\n")) << offer;
    EXPECT_TRUE(contains(offer, "a=sendonly\r\n"));
}

}  // namespace
}  // namespace linka::media
