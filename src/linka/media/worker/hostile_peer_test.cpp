// The whole worker against peers and strangers who mean it ill, or write odd descriptions.
#include "linka/base/text.hpp"
#include "linka/media/testing/worker_test_base.hpp"

#include <set>

#include <gtest/gtest.h>

namespace linka::media {
namespace {

using testing::TestPeer;

class HostilePeerTest : public testing::WorkerTestBase {
  protected:
    Reply open_with(LegId id, const std::string& offer) {
        LegOpen request;
        request.leg = id;
        request.offer = offer;
        request.address = "127.0.0.1";
        return worker.ask(request);
    }
    Reply open_towards(LegId id, std::string_view address, int port) {
        return open_with(
            id, text::format("v=0\r\nc=IN IP4 {}\r\nm=audio {} RTP/AVP 8\r\n", address, port));
    }
    Quality last_quality(LegId id) {
        EXPECT_EQ(worker.ask(Close{.leg = id}).error, "");
        return worker.noticed<Quality>().back();
    }
    void play_music(LegId id) {
        Play play;
        play.leg = id;
        play.items = {{"music", "default", "cs"}};
        play.loop = true;
        ASSERT_EQ(worker.ask(play).error, "");
    }
};

TEST_F(HostilePeerTest, BurstBeforeThePeerSpeaksTakesNothingOver) {
    TestPeer victim(Codec::pcma, 500.0);
    TestPeer other(Codec::pcma, 1250.0);
    TestPeer stranger(Codec::pcma, 2000.0);
    const Reply reply = open_with(1, victim.description());
    ASSERT_EQ(reply.error, "");
    victim.take(reply.sdp);
    stranger.take(reply.sdp);
    open(2, other);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    for (int i = 0; i < 50; ++i) {
        stranger.say();
    }
    talk({&stranger, &other}, 12);  // 240 ms before the victim's first packet
    talk({&victim, &other, &stranger}, 10);
    other.forget();
    victim.forget();
    talk({&victim, &other, &stranger}, 25);
    EXPECT_GT(other.hears(500.0), 0.9);
    EXPECT_LT(other.hears(2000.0), 0.01);
    EXPECT_GT(victim.hears(1250.0), 0.9);
    EXPECT_TRUE(stranger.packets.empty());
    EXPECT_GT(last_quality(1).strangers, 80);
}

TEST_F(HostilePeerTest, FloodOfThePeerItselfIsPassedOnWithinALimit) {
    TestPeer peer(Codec::pcma, 500.0);
    TestPeer other(Codec::pcma, 1250.0);
    open(1, peer);
    open(2, other);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    talk({&peer, &other}, 5);
    other.forget();
    const Instant begin = runtime::steady_now();
    for (int i = 0; i < 3000; ++i) {
        peer.say();
        if (i % 30 == 0) {
            worker.run_for(1ms);
            other.listen();
        }
    }
    worker.run_for(100ms);
    other.listen();
    const auto seconds = static_cast<double>((runtime::steady_now() - begin).count()) / 1e6;
    EXPECT_LE(static_cast<double>(other.packets.size()), 200.0 * (1.0 + seconds) + 10.0);
    EXPECT_GT(last_quality(1).excess, 1000);
}

TEST_F(HostilePeerTest, FloodOfDigitsIsToldWithinALimit) {
    TestPeer peer(Codec::pcma, 500.0);
    open(1, peer);
    const Instant begin = runtime::steady_now();
    for (int i = 0; i < 150; ++i) {
        peer.timestamp += 1600;
        peer.press(i % 2 == 0 ? '1' : '2', 1, false);
    }
    worker.run_for(100ms);
    const auto seconds = static_cast<double>((runtime::steady_now() - begin).count()) / 1e6;
    const Quality quality = last_quality(1);
    const auto told = static_cast<double>(worker.noticed<Dtmf>().size());
    EXPECT_LE(told, 20.0 * (1.0 + seconds) + 1.0);
    EXPECT_GE(told, 20.0);
    EXPECT_EQ(static_cast<std::int64_t>(told) + quality.excess_digits, 150);
}

TEST_F(HostilePeerTest, NothingIsSentToGroupsServicesOrOurselves) {
    const auto refused = [&](std::string_view address, int port, std::string_view why) {
        const Reply reply = open_towards(9, address, port);
        EXPECT_EQ(reply.error, "bad_sdp") << address;
        EXPECT_NE(reply.text.find(why), std::string::npos) << reply.text;
    };
    refused("224.1.1.1", 4000, "multicast");
    refused("255.255.255.255", 4000, "broadcast");
    refused("240.0.0.1", 4000, "reserved");
    refused("127.0.0.1", 53, "below 1024");
    refused("::1", 4000, "family");
    refused("media.example.com", 4000, "media.example.com");
    // Held as RFC 2543 had it: nothing is sent, which is fine.
    EXPECT_TRUE(open_towards(8, "0.0.0.0", 4000).held);

    // A leg that would hear itself: its own port, and another leg's.
    TestPeer peer(Codec::pcma, 500.0);
    const Reply reply = open_with(1, peer.description());
    ASSERT_EQ(reply.error, "");
    const auto at = reply.sdp.find("m=audio ");
    const int port = std::stoi(reply.sdp.substr(at + 8));
    refused("127.0.0.1", port, "own ports");
    const std::string itself =
        text::format("v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio {} RTP/AVP 8\r\n", port);
    EXPECT_EQ(worker.ask(LegReoffer{.leg = 1, .sdp = itself}).error, "bad_sdp");
    EXPECT_EQ(worker.ask(LegReoffer{.leg = 1, .sdp = peer.description()}).error, "")
        << "the leg goes on";
}

TEST_F(HostilePeerTest, UnconfirmedPeerElsewhereIsSentNothing) {
    TestPeer victim(Codec::pcma, 500.0);
    LegOpen request;
    request.leg = 1;
    request.offer = victim.description();
    request.address = "127.0.0.1";
    request.signalling = "192.0.2.7";
    request.unconfirmed = true;
    const Reply reply = worker.ask(request);
    ASSERT_EQ(reply.error, "");
    victim.take(reply.sdp);
    play_music(1);
    worker.run_for(300ms);
    victim.listen();
    EXPECT_TRUE(victim.packets.empty());
    EXPECT_EQ(worker.ask(LegConfirm{.leg = 1}).error, "");
    worker.run_for(300ms);
    victim.listen();
    EXPECT_GT(victim.packets.size(), 5U);

    // Sound that comes from there shows as much; and so does that it is where signalling comes
    // from.
    TestPeer speaks(Codec::pcma, 500.0);
    request.leg = 2;
    request.offer = speaks.description();
    speaks.take(worker.ask(request).sdp);
    play_music(2);
    talk({&speaks}, 15);
    EXPECT_GT(speaks.packets.size(), 5U);
    TestPeer same(Codec::pcma, 500.0);
    request.leg = 3;
    request.offer = same.description();
    request.signalling = "127.0.0.1";
    same.take(worker.ask(request).sdp);
    play_music(3);
    worker.run_for(300ms);
    same.listen();
    EXPECT_GT(same.packets.size(), 5U);
    EXPECT_EQ(worker.ask(LegConfirm{.leg = 4}).error, "no_leg");
}

TEST_F(HostilePeerTest, AnswerWithANameIsHeardOnceItSpeaks) {
    TestPeer peer(Codec::pcma, 500.0);
    LegOpen request;
    request.leg = 1;
    request.codecs = {"PCMA"};
    request.address = "127.0.0.1";
    const Reply reply = worker.ask(request);
    ASSERT_EQ(reply.error, "");
    peer.take(reply.sdp);
    const std::string named =
        text::format("v=0\r\nc=IN IP4 phone.example\r\nm=audio {} RTP/AVP 8\r\n", peer.port());
    const Reply taken = worker.ask(LegRemote{.leg = 1, .sdp = named});
    EXPECT_EQ(taken.error, "") << taken.text;
    EXPECT_FALSE(taken.held);
    play_music(1);
    talk({&peer}, 20);
    EXPECT_TRUE(peer.packets.empty());
    talk({&peer}, 20);
    EXPECT_GT(peer.packets.size(), 5U);
    EXPECT_EQ(worker.ask(LegReoffer{.leg = 1, .sdp = named}).error, "bad_sdp");
}

TEST_F(HostilePeerTest, TooLargeRequestIsAnswered) {
    EXPECT_EQ(open_with(1, std::string(70'000, 'x')).error, "full");
    EXPECT_EQ(open_with(1, "v=0\r\n" + std::string(20'000, 'x')).error, "bad_sdp");
    TestPeer peer(Codec::pcma, 500.0);
    open(1, peer);
}

TEST_F(HostilePeerTest, KeysAreHeardByOurNumberAndByTheirs) {
    for (const int payload_type : {101, 96}) {
        TestPeer peer(Codec::pcma, 500.0);
        const LegId leg = payload_type;
        LegOpen request;
        request.leg = leg;
        request.codecs = {"PCMA"};
        request.address = "127.0.0.1";
        const Reply reply = worker.ask(request);
        ASSERT_EQ(reply.error, "");
        peer.take(reply.sdp);
        const std::string answer = text::format(
            "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio {} RTP/AVP 8 96\r\n"
            "a=rtpmap:96 telephone-event/8000\r\n",
            peer.port());
        ASSERT_EQ(worker.ask(LegRemote{.leg = leg, .sdp = answer}).error, "");
        peer.events_type = static_cast<std::uint8_t>(payload_type);
        for (int step = 1; step <= 8; ++step) {
            peer.press('7', step, step > 5);
            worker.run_for(20ms);
        }
        peer.forget();
        ASSERT_EQ(worker.ask(SendDtmf{.leg = leg, .digits = "3"}).error, "");
        talk({&peer}, 15);
        std::set<int> sent;
        for (const RtpPacket& packet : peer.packets) {
            sent.insert(packet.payload_type);
        }
        EXPECT_EQ(sent.count(96), 1U) << "ours go by their number";
        EXPECT_EQ(sent.count(101), 0U);
    }
    ASSERT_EQ(worker.noticed<Dtmf>().size(), 2U);
}

TEST_F(HostilePeerTest, SrtpWithKeysInTheDescription) {
    TestPeer secure(Codec::pcma, 500.0);
    TestPeer plain(Codec::pcma, 1250.0);
    TestPeer stranger(Codec::pcma, 2000.0);
    secure.secure();
    open(1, secure);
    open(2, plain);
    stranger.take(worker.ask(LegReoffer{.leg = 1, .sdp = secure.description()}).sdp);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    talk({&secure, &plain, &stranger}, 30);
    EXPECT_GT(secure.hears(1250.0), 0.9);
    EXPECT_GT(plain.hears(500.0), 0.9);
    EXPECT_LT(plain.hears(2000.0), 0.01);
    // Hold and back: the keys stay, and so does the sound.
    const Reply hold = worker.ask(LegOffer{.leg = 1, .hold = true});
    EXPECT_NE(hold.sdp.find("RTP/SAVP"), std::string::npos) << hold.sdp;
    EXPECT_NE(hold.sdp.find("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:"), std::string::npos);
    ASSERT_EQ(worker.ask(LegRemote{.leg = 1, .sdp = secure.description("recvonly")}).error, "");
    ASSERT_EQ(worker.ask(LegOffer{.leg = 1, .hold = false}).error, "");
    ASSERT_EQ(worker.ask(LegRemote{.leg = 1, .sdp = secure.description()}).error, "");
    plain.forget();
    talk({&secure, &plain}, 20);
    EXPECT_GT(plain.hears(500.0), 0.9);
    // A new key of the peer's is taken, with one of ours.
    secure.secure();
    const Reply renewed = worker.ask(LegReoffer{.leg = 1, .sdp = secure.description()});
    ASSERT_EQ(renewed.error, "");
    EXPECT_EQ(hold.sdp.find(renewed.sdp.substr(renewed.sdp.find("inline:"), 47)),
              std::string::npos);
    secure.take(renewed.sdp);
    plain.forget();
    secure.forget();
    talk({&secure, &plain}, 20);
    EXPECT_GT(plain.hears(500.0), 0.9);
    EXPECT_GT(secure.hears(1250.0), 0.9);
}

TEST_F(HostilePeerTest, RefusedRecordingLeavesNothingBehind) {
    TestPeer peer(Codec::pcma, 500.0);
    open(1, peer);
    Record record;
    record.left = 1;
    for (record.recording = 1; record.recording <= 5; ++record.recording) {
        record.file = text::format("{}/{}.opus", worker.directory, record.recording);
        EXPECT_EQ(worker.ask(record).error, record.recording <= 4 ? "" : "full");
    }
    EXPECT_EQ(worker.ask(RecordStop{.recording = 5}).error, "no_leg");
    for (RecordingId recording = 1; recording <= 4; ++recording) {
        EXPECT_EQ(worker.ask(RecordStop{.recording = recording}).error, "");
    }
}

}  // namespace
}  // namespace linka::media
