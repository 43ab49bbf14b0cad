// The whole worker program over loopback sockets: telephones that say tones and measure what they
// hear.
#include "linka/media/testing/worker_test_base.hpp"

#include <map>

namespace linka::media {
namespace {

using testing::TestPeer;
using testing::TestWorker;
using testing::tone_share;

class WorkerTest : public testing::WorkerTestBase {};

TEST_F(WorkerTest, EveryPairOfCodecsHearsEachOther) {
    struct Pair {
        std::unique_ptr<TestPeer> a;
        std::unique_ptr<TestPeer> b;
    };
    std::vector<Pair> pairs;
    std::vector<TestPeer*> all;
    LegId leg = 1;
    for (const Codec first : all_codecs) {
        for (const Codec second : all_codecs) {
            Pair& pair = pairs.emplace_back();
            pair.a = std::make_unique<TestPeer>(first, 500.0);
            pair.b = std::make_unique<TestPeer>(second, 1250.0);
            open(leg, *pair.a);
            open(leg + 1, *pair.b);
            ASSERT_EQ(worker.ask(Connect{.a = leg, .b = leg + 1}).error, "");
            all.push_back(pair.a.get());
            all.push_back(pair.b.get());
            leg += 2;
        }
    }
    talk(all, 20);  // codecs and jitter buffers settle
    for (TestPeer* peer : all) {
        peer->forget();
    }
    talk(all, 50);
    for (const Pair& pair : pairs) {
        const std::string which =
            std::string(info(pair.a->codec).name) + " to " + std::string(info(pair.b->codec).name);
        EXPECT_GT(pair.a->hears(1250.0), 0.9) << which;
        EXPECT_GT(pair.b->hears(500.0), 0.9) << which;
        EXPECT_GE(pair.a->packets.size(), 45U) << which;
        EXPECT_LE(pair.a->packets.size(), 55U) << which;
        EXPECT_EQ(pair.a->gaps, 0) << which;
        EXPECT_EQ(pair.b->gaps, 0) << which;
    }
}

class OneByOneTest : public WorkerTest {
  protected:
    void SetUp() override {
        worker.arguments = {"--one-by-one"};
        WorkerTest::SetUp();
    }
};

// Every other test here has the kernel's ring, where there is one.
TEST_F(OneByOneTest, CallsAreTheSameWithoutTheRing) {
    TestPeer a(Codec::pcma, 500.0);
    TestPeer b(Codec::pcma, 1250.0);
    open(1, a);
    open(2, b);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    talk({&a, &b}, 10);
    a.forget();
    b.forget();
    talk({&a, &b}, 25);
    EXPECT_GT(a.hears(1250.0), 0.9);
    EXPECT_GT(b.hears(500.0), 0.9);
    EXPECT_GE(a.packets.size(), 23U);
    EXPECT_EQ(a.gaps + b.gaps, 0);
}

TEST_F(WorkerTest, DigitsPassAndAreToldOnce) {
    TestPeer same(Codec::pcma, 500.0);
    TestPeer other(Codec::opus, 500.0);
    TestPeer listener(Codec::pcma, 1250.0);
    TestPeer across(Codec::pcma, 1250.0);
    open(1, same);
    open(2, listener);
    open(3, other);
    open(4, across, {"PCMA"});
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    ASSERT_EQ(worker.ask(Connect{.a = 3, .b = 4}).error, "");
    talk({&same, &listener, &other, &across}, 10);
    for (const char digit : std::string("7#")) {
        for (int step = 1; step <= 8; ++step) {
            for (TestPeer* peer : {&same, &other}) {
                peer->press(digit, step, step > 5);
            }
            worker.run_for(20ms);
        }
        talk({&same, &listener, &other, &across}, 15);
    }
    EXPECT_EQ(listener.digits, "7#");
    EXPECT_EQ(across.digits, "7#");
    EXPECT_EQ(listener.gaps, 0);
    EXPECT_EQ(across.gaps, 0);
    std::map<LegId, std::string> told;
    for (const Dtmf& dtmf : worker.noticed<Dtmf>()) {
        told[dtmf.leg] += dtmf.digit;
    }
    EXPECT_EQ(told, (std::map<LegId, std::string>{{1, "7#"}, {3, "7#"}}));
}

TEST_F(WorkerTest, SendsDigitsAsEventsOrAsTones) {
    TestPeer modern(Codec::pcma, 500.0);
    TestPeer old(Codec::pcmu, 500.0);
    open(1, modern);
    LegOpen request;
    request.leg = 2;
    request.offer = old.description("sendrecv", false);
    request.address = "127.0.0.1";
    const Reply reply = worker.ask(request);
    ASSERT_EQ(reply.error, "");
    old.take(reply.sdp);
    talk({&modern, &old}, 5);
    old.forget();
    ASSERT_EQ(worker.ask(SendDtmf{.leg = 1, .digits = "15"}).error, "");
    ASSERT_EQ(worker.ask(SendDtmf{.leg = 2, .digits = "1"}).error, "");
    talk({&modern, &old}, 25);
    EXPECT_EQ(modern.digits, "15");
    EXPECT_EQ(modern.gaps, 0);
    EXPECT_GT(old.hears(697.0), 0.35);
    EXPECT_GT(old.hears(1209.0), 0.35);
}

TEST_F(WorkerTest, PlaysThenBridgesAsOneStream) {
    TestPeer a(Codec::pcma, 500.0);
    TestPeer b(Codec::pcma, 1250.0);
    open(1, a);
    open(2, b);
    Play play;
    play.leg = 1;
    play.play = 77;
    play.items = {{"tone", "beep", "cs"}, {"silence", "100", "cs"}};
    ASSERT_EQ(worker.ask(play).error, "");
    talk({&a, &b}, 40);
    const auto done = worker.noticed<PlayDone>();
    ASSERT_EQ(done.size(), 1U);
    EXPECT_EQ(done[0].leg, 1);
    EXPECT_EQ(done[0].play, 77);
    EXPECT_GT(tone_share(std::span(a.heard).first(3000), 1000.0, 8000), 0.9);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    talk({&a, &b}, 20);
    // One SSRC, no break in the numbers, time stamps never back, whatever fed the stream.
    EXPECT_EQ(a.gaps, 0);
    for (std::size_t i = 1; i < a.packets.size(); ++i) {
        ASSERT_EQ(a.packets[i].ssrc, a.packets[0].ssrc);
        const auto step = a.packets[i].timestamp - a.packets[i - 1].timestamp;
        EXPECT_GE(step, 160U);
        EXPECT_LE(step, 480U);
    }
    EXPECT_GT(tone_share(std::span(a.heard).last(2000), 1250.0, 8000), 0.9);
}

TEST_F(WorkerTest, PlayRefusesWhatIsNotThereAndReplacesWhatPlays) {
    TestPeer a(Codec::pcma, 500.0);
    open(1, a);
    Play play;
    play.leg = 1;
    play.play = 1;
    play.items = {{"prompt", "no_such_prompt", "cs"}};
    EXPECT_EQ(worker.ask(play).error, "no_file");
    play.leg = 9;
    EXPECT_EQ(worker.ask(play).error, "no_leg");
    play.leg = 1;
    play.items = {{"tone", "busy", "cs"}};
    play.loop = true;
    EXPECT_EQ(worker.ask(play).error, "");
    talk({&a}, 50);
    EXPECT_GT(a.hears(425.0), 0.7);
    EXPECT_TRUE(worker.noticed<PlayDone>().empty());
    EXPECT_EQ(worker.ask(StopPlay{.leg = 1}).error, "");
    talk({&a}, 5);
    a.forget();
    talk({&a}, 20);
    EXPECT_GT(a.packets.size(), 15U);  // silence is sent, not nothing
    talk({&a}, 35);
    a.forget();
    talk({&a}, 120);
    // Nobody seems to follow: a packet a second.
    EXPECT_GE(a.packets.size(), 2U);
    EXPECT_LE(a.packets.size(), 3U);
    EXPECT_EQ(a.gaps, 0);
    EXPECT_LT(testing::root_mean_square(a.heard), 20.0);
}

TEST_F(WorkerTest, EchoMuteAndDisconnect) {
    TestPeer a(Codec::g722, 500.0);
    TestPeer b(Codec::g722, 1250.0);
    open(1, a);
    open(2, b);
    ASSERT_EQ(worker.ask(Echo{.leg = 1}).error, "");
    talk({&a}, 30);
    EXPECT_GT(a.hears(500.0), 0.8);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    ASSERT_EQ(worker.ask(Mute{.leg = 1, .on = true}).error, "");
    talk({&a, &b}, 10);
    a.forget();
    b.forget();
    talk({&a, &b}, 30);
    EXPECT_GT(a.hears(1250.0), 0.9);
    EXPECT_LT(testing::root_mean_square(b.heard), 60.0);
    EXPECT_GT(b.packets.size(), 25U);
    EXPECT_EQ(b.gaps, 0);
    ASSERT_EQ(worker.ask(Mute{.leg = 1, .on = false}).error, "");
    talk({&a, &b}, 20);
    EXPECT_GT(tone_share(std::span(b.heard).last(4000), 500.0, 16000), 0.8);
    ASSERT_EQ(worker.ask(Disconnect{.leg = 1}).error, "");
    talk({&a, &b}, 10);
    a.forget();
    b.forget();
    talk({&a, &b}, 20);
    EXPECT_LT(testing::root_mean_square(a.heard), 60.0);
    EXPECT_LT(testing::root_mean_square(b.heard), 60.0);
}

TEST_F(WorkerTest, OfferAnswerAndHold) {
    TestPeer a(Codec::pcma, 500.0);
    LegOpen request;
    request.leg = 1;
    request.codecs = {"PCMA", "PCMU"};
    request.address = "127.0.0.1";
    Reply reply = worker.ask(request);
    ASSERT_EQ(reply.error, "");
    EXPECT_NE(reply.sdp.find(" RTP/AVP 8 0 101"), std::string::npos) << reply.sdp;
    a.take(reply.sdp);
    EXPECT_FALSE(worker.ask(LegRemote{.leg = 1, .sdp = a.description()}).held);
    Play play;
    play.leg = 1;
    play.items = {{"music", "default", "cs"}};
    play.loop = true;
    ASSERT_EQ(worker.ask(play).error, "");
    talk({&a}, 20);
    EXPECT_GT(a.packets.size(), 15U);
    // The peer holds us: it says so, and nothing is sent.
    reply = worker.ask(LegReoffer{.leg = 1, .sdp = a.description("sendonly")});
    EXPECT_TRUE(reply.held);
    EXPECT_NE(reply.sdp.find("a=recvonly"), std::string::npos) << reply.sdp;
    talk({&a}, 5);
    a.forget();
    talk({&a}, 10);
    EXPECT_TRUE(a.packets.empty());
    reply = worker.ask(LegReoffer{.leg = 1, .sdp = a.description()});
    EXPECT_FALSE(reply.held);
    talk({&a}, 10);
    EXPECT_GT(a.packets.size(), 5U);
    EXPECT_NE(worker.ask(LegOffer{.leg = 1, .hold = true}).sdp.find("a=sendonly"),
              std::string::npos);
    EXPECT_NE(worker.ask(LegOffer{.leg = 1, .hold = false}).sdp.find("a=sendrecv"),
              std::string::npos);
    EXPECT_EQ(worker.ask(LegReoffer{.leg = 1, .sdp = "v=0\r\n"}).error, "no_codec");
    EXPECT_EQ(worker.ask(LegReoffer{.leg = 1, .sdp = "nonsense"}).error, "bad_sdp");
}

TEST_F(WorkerTest, StrangersAreNotHeard) {
    TestPeer a(Codec::pcma, 500.0);
    TestPeer b(Codec::pcma, 1250.0);
    TestPeer stranger(Codec::pcma, 2000.0);
    open(1, a);
    const Reply reply = worker.ask(LegReoffer{.leg = 1, .sdp = a.description()});
    open(2, b);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    talk({&a, &b}, 5);
    stranger.take(reply.sdp);  // knows our port, sprays it
    talk({&a, &b, &stranger}, 20);
    b.forget();
    talk({&a, &b, &stranger}, 20);
    EXPECT_GT(b.hears(500.0), 0.9);
    EXPECT_LT(b.hears(2000.0), 0.01);
    EXPECT_TRUE(stranger.packets.empty());
}

TEST_F(WorkerTest, TellsQualityAndReportsToThePeer) {
    TestPeer a(Codec::pcma, 500.0);
    open(1, a);
    talk({&a}, 300);
    const auto quality = worker.noticed<Quality>();
    ASSERT_FALSE(quality.empty());
    EXPECT_EQ(quality[0].codec, "PCMA");
    EXPECT_GT(quality[0].received, 0);
    EXPECT_EQ(quality[0].loss_in, 0.0);
    EXPECT_GT(quality[0].mos_in, 4.2);
    EXPECT_GE(a.rtcp_packets, 1);
    ASSERT_EQ(worker.ask(Close{.leg = 1}).error, "");
    EXPECT_TRUE(worker.noticed<Quality>().back().last);
    EXPECT_EQ(worker.ask(Close{.leg = 1}).error, "no_leg");
}

TEST_F(WorkerTest, LegsNeedFreePortsAndKnownAddresses) {
    LegOpen request;
    request.leg = 1;
    request.address = "203.0.113.77";
    EXPECT_EQ(worker.ask(request).error, "no_port");
    request.address = "::1";
    const Reply reply = worker.ask(request);
    if (reply.error.empty()) {  // machines without IPv6 refuse
        EXPECT_NE(reply.sdp.find("c=IN IP6 ::1"), std::string::npos);
    }
    request.codecs = {"GSM"};
    request.leg = 2;
    EXPECT_EQ(worker.ask(request).error, "no_codec");
}

}  // namespace
}  // namespace linka::media
