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

// As telephones write it; each differs from a fine offer in one thing.
TEST(SdpTest, OddHandsAreRead) {
    const std::string plain =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        "m=audio 38832 RTP/AVP 8 18 101\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n"
        "a=sendonly\r\n";
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string text = plain;
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
            text.replace(at, from.size(), to);
            at += to.size();
        }
        return text;
    };
    const std::vector<std::pair<const char*, std::string>> hands = {
        {"empty line at the end", plain + "\r\n"},
        {"last line of a blank", plain + " "},
        {"last line of a blank, ended", plain + " \r\n"},
        {"last line of a tab", plain + "\t\r\n"},
        {"NUL at the end", plain + std::string(1, '\0')},
        {"blank after v=0", with("v=0", "v=0 ")},
        {"blank before a=", with("a=ptime", " a=ptime")},
        {"blanks at line ends", with("\r\n", " \r\n")},
        {"LF alone", with("\r\n", "\n")},
        {"CR alone", with("\r\n", "\r")},
        {"no line end at the end", plain.substr(0, plain.size() - 2)},
        {"blank after the direction", with("a=sendonly", "a=sendonly ")},
        {"byte order mark", "\xEF\xBB\xBF" + plain},
        {"tabs in the m-line",
         with("m=audio 38832 RTP/AVP 8 18 101", "m=audio\t38832\tRTP/AVP\t8\t18 101")},
        {"events of one channel", with("telephone-event/8000", "telephone-event/8000/1")},
        {"blank after the colon", with("a=rtpmap:", "a=rtpmap: ")},
        {"other family's word", with("c=IN IP4", "c=IN IP6")},
    };
    for (const auto& [name, text] : hands) {
        SCOPED_TRACE(name);
        const auto sdp = parse_sdp(text);
        ASSERT_TRUE(sdp.ok()) << sdp.error().text;
        const auto agreement = agree(*sdp, every);
        ASSERT_TRUE(agreement.ok()) << agreement.error().text;
        EXPECT_EQ(agreement->rtp.text(), "192.0.2.1:38832");
        EXPECT_EQ(agreement->peer_direction, Direction::sendonly);
        EXPECT_EQ(agreement->codecs.size(), 1U);
        EXPECT_EQ(agreement->events.size(), 1U);
    }
}

TEST(SdpTest, LinesAreBounded) {
    const std::string line = "a=" + std::string(sdp_line_bytes_max - 2, 'x') + "\r\n";
    EXPECT_TRUE(parse_sdp("v=0\r\n" + line).ok());
    EXPECT_EQ(parse_sdp("v=0\r\nx" + line).error().code, ErrorCode::full);
}

TEST(SdpTest, StaticTypesAreWhatTheyAreWhateverTheMapSays) {
    for (const char* map : {"", "a=rtpmap:9 G722/16000\r\n", "a=rtpmap:9 G.722/8000\r\n",
                            "a=rtpmap:9 g722/8000/1\r\n"}) {
        SCOPED_TRACE(map);
        const Agreement agreement =
            agreed(text::format("v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 9\r\n{}", map));
        ASSERT_EQ(agreement.codecs.size(), 1U);
        EXPECT_EQ(agreement.codecs[0].codec, Codec::g722);
        EXPECT_TRUE(contains(write_offer(us(), std::vector<Codec>{Codec::g722}), "9 G722/8000"));
    }
    EXPECT_EQ(agreed("v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 105\r\n"
                     "a=rtpmap:105 G722/16000\r\n")
                  .codecs.at(0)
                  .codec,
              Codec::g722);
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

TEST(NegotiationTest, EventsOfAnotherClockAreBetterThanNone) {
    const std::string text =
        "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 96 101\r\na=rtpmap:96 opus/48000/2\r\n"
        "a=rtpmap:101 telephone-event/8000\r\n";
    const Agreement agreement = agreed(text);
    EXPECT_EQ(agreement.events_at(48000), nullptr);
    ASSERT_NE(agreement.events_for(48000), nullptr);
    EXPECT_EQ(agreement.events_for(48000)->clock_rate, 8000);
    EXPECT_TRUE(contains(write_answer(us(), *parse_sdp(text), agreement),
                         "a=rtpmap:101 telephone-event/8000\r\n"));
}

constexpr std::string_view key_80 =
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20\r\n";
constexpr std::string_view key_32 =
    "a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:NzB4d1BINUAvLEw6UzF3WSJ+PSdFcGdUJShpX1Zj\r\n";

TEST(NegotiationTest, SrtpWithKeysInTheDescription) {
    const auto offer = [](std::string_view lines) {
        return text::format("v=0\r\nc=IN IP4 192.0.2.1\r\n{}", lines);
    };
    const std::string both = offer(
        text::format("m=audio 4000 RTP/SAVP 8\r\na=crypto:3 F8_128_HMAC_SHA1_80 inline:x\r\n{}{}",
                     key_32, key_80));
    const Agreement secure = agreed(both);
    ASSERT_TRUE(secure.crypto.has_value());
    EXPECT_EQ(secure.crypto->tag, 7) << "the first that we know";
    EXPECT_EQ(secure.crypto->suite, SrtpProfile::aes_128_cm_sha1_32);
    LocalMedia local = us();
    local.crypto = make_sdes();
    local.crypto->tag = secure.crypto->tag;
    local.crypto->suite = secure.crypto->suite;
    const std::string answer = write_answer(local, *parse_sdp(both), secure);
    EXPECT_TRUE(contains(answer, "m=audio 20000 RTP/SAVP 8\r\n")) << answer;
    EXPECT_TRUE(contains(answer, "a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:")) << answer;
    EXPECT_EQ(agreed(answer).crypto, local.crypto);

    // Keys beside plain RTP may be left aside (RFC 8643 §3).
    const Agreement plain = agreed(offer(text::format("m=audio 4000 RTP/AVP 8\r\n{}", key_80)));
    EXPECT_FALSE(plain.crypto.has_value());
    EXPECT_EQ(plain.protocol, "RTP/AVP");

    // Two streams: the secure one is taken, the other refused in its place.
    const std::string two =
        offer(text::format("m=audio 4000 RTP/SAVP 8\r\n{}m=audio 4002 RTP/AVP 8\r\n", key_80));
    const Agreement first = agreed(two);
    EXPECT_EQ(first.media, 0U);
    EXPECT_TRUE(contains(write_answer(local, *parse_sdp(two), first), "m=audio 0 RTP/AVP 8\r\n"));
}

TEST(NegotiationTest, SrtpWithoutAKeyOfOursIsRefusedByName) {
    for (const char* line :
         {"", "a=crypto:1 AES_CM_256_HMAC_SHA1_80 inline:x\r\n",
          "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2hvcnQ=\r\n",
          "a=crypto:1 AES_CM_128_HMAC_SHA1_80 "
          "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4\r\n",
          "a=crypto:1 AES_CM_128_HMAC_SHA1_80 "
          "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz UNENCRYPTED_SRTP\r\n"}) {
        SCOPED_TRACE(line);
        const auto sdp = parse_sdp(
            text::format("v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/SAVP 8\r\n{}", line));
        const auto agreement = agree(*sdp, every);
        ASSERT_FALSE(agreement.ok());
        EXPECT_EQ(agreement.error().code, ErrorCode::refused);
        EXPECT_TRUE(contains(agreement.error().text, "SRTP")) << agreement.error().text;
    }
}

TEST(NegotiationTest, FeedbackProfileIsAnsweredInKind) {
    const std::string text = "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVPF 8\r\n";
    const std::string answer = write_answer(us(), *parse_sdp(text), agreed(text));
    EXPECT_TRUE(contains(answer, "m=audio 20000 RTP/AVPF 8\r\n")) << answer;
    const std::vector<std::string> kinds = {"audio"};
    EXPECT_TRUE(contains(write_reoffer(us(), agreed(text), kinds), "m=audio 20000 RTP/AVPF 8\r\n"));
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
    for (const char* address : {"192.0.2", "192.0.2.999", "2001:db8::x", "[::1]"}) {
        EXPECT_EQ(refuse(text::format("v=0\r\nc=IN IP4 {}\r\nm=audio 4000 RTP/AVP 8\r\n", address)),
                  ErrorCode::invalid)
            << address;
    }
    // A name is for the transport to judge.
    EXPECT_EQ(agreed("v=0\r\nc=IN IP4 phone.example\r\nm=audio 4000 RTP/AVP 8\r\n").name,
              "phone.example");
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
