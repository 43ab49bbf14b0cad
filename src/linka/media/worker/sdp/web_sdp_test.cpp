// Descriptions of real browsers, read and answered, and what is refused in them.
#include "linka/media/worker/sdp/negotiation.hpp"

#include <gtest/gtest.h>

namespace linka::media {
namespace {

// Chromium, a page with one microphone.
constexpr std::string_view chromium_offer =
    "v=0\r\n"
    "o=- 4611731400430051336 2 IN IP4 127.0.0.1\r\n"
    "s=-\r\n"
    "t=0 0\r\n"
    "a=group:BUNDLE 0\r\n"
    "a=extmap-allow-mixed\r\n"
    "a=msid-semantic: WMS 5c1d3d0e-5ba6-4b2e-9a0c-7e3f0f0d6b11\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\r\n"
    "c=IN IP4 0.0.0.0\r\n"
    "a=rtcp:9 IN IP4 0.0.0.0\r\n"
    "a=candidate:1467250027 1 udp 2122260223 192.168.1.20 46243 typ host generation 0 network-id "
    "1\r\n"
    "a=candidate:2999745851 1 udp 2122260223 3b2c1a52-2b0b-4a0c-a1fe-8b1e7f3d9a10.local 56789 typ "
    "host generation 0 network-id 2\r\n"
    "a=candidate:435653019 1 tcp 1518280447 192.168.1.20 9 typ host tcptype active generation 0 "
    "network-id 1\r\n"
    "a=ice-ufrag:sX3v\r\n"
    "a=ice-pwd:qVYwzBuXYnKvZVMMjDmpAAAb\r\n"
    "a=ice-options:trickle\r\n"
    "a=fingerprint:sha-256 "
    "19:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:"
    "A2\r\n"
    "a=setup:actpass\r\n"
    "a=mid:0\r\n"
    "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n"
    "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time\r\n"
    "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n"
    "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n"
    "a=sendrecv\r\n"
    "a=msid:5c1d3d0e-5ba6-4b2e-9a0c-7e3f0f0d6b11 2d9e1ac5-4b9b-4f9b-8b89-2f4a6f4f7c55\r\n"
    "a=rtcp-mux\r\n"
    "a=rtcp-rsize\r\n"
    "a=rtpmap:111 opus/48000/2\r\n"
    "a=rtcp-fb:111 transport-cc\r\n"
    "a=fmtp:111 minptime=10;useinbandfec=1\r\n"
    "a=rtpmap:63 red/48000/2\r\n"
    "a=fmtp:63 111/111\r\n"
    "a=rtpmap:9 G722/8000\r\n"
    "a=rtpmap:0 PCMU/8000\r\n"
    "a=rtpmap:8 PCMA/8000\r\n"
    "a=rtpmap:13 CN/8000\r\n"
    "a=rtpmap:110 telephone-event/48000\r\n"
    "a=rtpmap:126 telephone-event/8000\r\n"
    "a=ssrc:3570614608 cname:4TOk42mSjXCkVIa6\r\n"
    "a=ssrc:3570614608 msid:5c1d3d0e-5ba6-4b2e-9a0c-7e3f0f0d6b11 "
    "2d9e1ac5-4b9b-4f9b-8b89-2f4a6f4f7c55\r\n";

// Firefox, its answer to an offer of ours: what is of security may stand in the session.
constexpr std::string_view firefox_answer =
    "v=0\r\n"
    "o=mozilla...THIS_IS_SDPARTA-99.0 7710052215259647220 0 IN IP4 0.0.0.0\r\n"
    "s=-\r\n"
    "t=0 0\r\n"
    "a=fingerprint:sha-256 "
    "7D:12:8C:2B:A0:4F:77:1B:0C:6C:3E:63:7A:35:91:2F:7A:6D:5F:4A:AE:31:6D:30:53:7A:4B:7A:12:2B:86:"
    "0D\r\n"
    "a=group:BUNDLE 0\r\n"
    "a=ice-options:trickle\r\n"
    "a=msid-semantic:WMS *\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 8 110 101\r\n"
    "c=IN IP4 0.0.0.0\r\n"
    "a=sendrecv\r\n"
    "a=fmtp:111 maxplaybackrate=48000;stereo=0;useinbandfec=1\r\n"
    "a=fmtp:110 0-15\r\n"
    "a=fmtp:101 0-15\r\n"
    "a=ice-pwd:58b3c7b7fa6a1a6fc1a1b7b2e5cb1c1f\r\n"
    "a=ice-ufrag:f0b4a1d2\r\n"
    "a=mid:0\r\n"
    "a=rtcp-mux\r\n"
    "a=rtpmap:111 opus/48000/2\r\n"
    "a=rtpmap:8 PCMA/8000\r\n"
    "a=rtpmap:110 telephone-event/48000\r\n"
    "a=rtpmap:101 telephone-event/8000\r\n"
    "a=setup:active\r\n";

const std::vector<Codec> web_codecs = {Codec::opus, Codec::pcma, Codec::pcmu};

LocalMedia web_local(Describes as) {
    LocalMedia local;
    local.address = "192.0.2.1";
    local.port = 20000;
    local.session = 7;
    local.version = 1;
    local.ssrc = 99;
    local.web = WebMedia{.ice = {.ufrag = "Linka123", .password = "0123456789abcdef01234567"},
                         .fingerprint = "sha-256 " + std::string(31 * 3, 'A') + "AA",
                         .addresses = {"192.0.2.1", "2001:db8::1"},
                         .as = as};
    for (std::size_t i = 10; i < local.web->fingerprint.size(); i += 3) {
        local.web->fingerprint[i] = ':';
    }
    return local;
}

std::string changed_text(std::string_view text, std::string_view from, std::string_view to) {
    std::string result(text);
    result.replace(result.find(from), from.size(), to);
    return result;
}

Result<Agreement> web_agreed(std::string_view text) {
    const auto sdp = parse_sdp(text);
    if (!sdp) {
        return sdp.error();
    }
    return agree(*sdp, web_codecs, Profile::web);
}

TEST(WebSdp, AnswersChromium) {
    const auto offer = parse_sdp(chromium_offer);
    ASSERT_TRUE(offer.ok());
    const auto agreement = agree(*offer, web_codecs, Profile::web);
    ASSERT_TRUE(agreement.ok()) << agreement.error().text;
    EXPECT_EQ(agreement->mid, "0");
    EXPECT_EQ(agreement->peer_direction, Direction::sendrecv) << "0.0.0.0 is no hold here";
    ASSERT_TRUE(agreement->security);
    EXPECT_EQ(agreement->security->ice.ufrag, "sX3v");
    EXPECT_EQ(agreement->security->ice.password, "qVYwzBuXYnKvZVMMjDmpAAAb");
    ASSERT_EQ(agreement->security->fingerprints.size(), 1U);
    EXPECT_EQ(agreement->security->fingerprints[0].value.substr(0, 8), "19:E2:1C");
    ASSERT_EQ(agreement->codecs.size(), 3U);
    EXPECT_EQ(agreement->codecs[0].payload_type, 111);
    EXPECT_EQ(agreement->events_at(8000)->payload_type, 126);
    EXPECT_EQ(agreement->events_at(48000)->payload_type, 110);

    const std::string text = write_answer(web_local(Describes::answer), *offer, *agreement);
    for (const char* line :
         {"m=audio 20000 UDP/TLS/RTP/SAVPF 111 0 8 110 126\r\n", "a=ice-lite\r\n",
          "a=group:BUNDLE 0\r\n", "a=mid:0\r\n", "a=rtcp-mux\r\n", "a=setup:passive\r\n",
          "a=ice-ufrag:Linka123\r\n", "a=fmtp:111 minptime=10;useinbandfec=1\r\n",
          "a=candidate:1 1 udp 2130706431 192.0.2.1 20000 typ host\r\n",
          "a=candidate:2 1 udp 2130706175 2001:db8::1 20000 typ host\r\n",
          "a=end-of-candidates\r\n", "a=ssrc:99 cname:linka\r\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    }
    EXPECT_EQ(text.find("stereo"), std::string::npos);
    // Our answer reads as one of ours again.
    const auto again = web_agreed(changed_text(text, "setup:passive", "setup:active"));
    ASSERT_TRUE(again.ok()) << again.error().text;
    EXPECT_EQ(again->security->ice.ufrag, "Linka123");
}

TEST(WebSdp, TakesFirefoxAnswer) {
    const auto agreement = web_agreed(firefox_answer);
    ASSERT_TRUE(agreement.ok()) << agreement.error().text;
    EXPECT_EQ(agreement->security->ice.ufrag, "f0b4a1d2");
    EXPECT_EQ(agreement->security->fingerprints[0].value.substr(0, 8), "7D:12:8C");
    EXPECT_EQ(agreement->codecs.size(), 2U);
}

TEST(WebSdp, OffersActpass) {
    const std::string text = write_offer(web_local(Describes::offer), web_codecs);
    EXPECT_NE(text.find("m=audio 20000 UDP/TLS/RTP/SAVPF 111 8 0 110 101\r\n"), std::string::npos)
        << text;
    EXPECT_NE(text.find("a=setup:actpass\r\n"), std::string::npos);
    EXPECT_NE(text.find("a=mid:0\r\n"), std::string::npos);
}

TEST(WebSdp, RefusesWhatIsNotSecure) {
    EXPECT_EQ(web_agreed(changed_text(chromium_offer, "UDP/TLS/RTP/SAVPF", "RTP/AVP")).error().code,
              ErrorCode::refused);
    EXPECT_EQ(
        web_agreed(changed_text(chromium_offer, "a=setup:actpass", "a=setup:passive")).error().code,
        ErrorCode::invalid);
    for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{
             {"a=ice-ufrag:sX3v", "a=ice-ufrag:sX3"},
             {"a=ice-ufrag:sX3v", "a=ice-ufrag:sX 3v"},
             {"a=ice-pwd:qVYwzBuXYnKvZVMMjDmpAAAb", "a=ice-pwd:short"},
             {"a=fingerprint:sha-256", "a=fingerprint:sha-1"},
             {"a=fingerprint:sha-256", "a=fingerprint:md5"},
             {"19:E2:1C", "19:E2-1C"},
             {"19:E2:1C", "19:E2:GC"},
             {":88:A2", ":88"},
             {"a=fingerprint", "a=nothing"}}) {
        EXPECT_EQ(web_agreed(changed_text(chromium_offer, from, to)).error().code,
                  ErrorCode::invalid)
            << to;
    }
}

TEST(WebSdp, NamesOfOthersDoNotGetIntoOurs) {
    const auto agreement = web_agreed(changed_text(chromium_offer, "a=mid:0", "a=mid:0 a=evil"));
    ASSERT_TRUE(agreement.ok());
    EXPECT_EQ(agreement->mid, "");
}

}  // namespace
}  // namespace linka::media
