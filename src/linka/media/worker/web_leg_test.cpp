// Web phones at the whole worker program: a browser of the test's own on one side, SIP telephones
// on the other. Goal: both hear each other, strangers are refused, and a call outlives a reloaded
// page.
#include "linka/media/testing/web_peer.hpp"
#include "linka/media/testing/worker_test_base.hpp"
#include "linka/media/worker/sdp/sdp.hpp"

namespace linka::media {
namespace {

using testing::TestPeer;
using testing::WebPeer;

class WebLegTest : public testing::WorkerTestBase {
  protected:
    // We offer, the browser answers: a call to a web phone.
    void ring(LegId id, WebPeer& peer, LegId near = 0, std::string address = "127.0.0.1") {
        LegOpen request;
        request.leg = id;
        request.address = std::move(address);
        request.near = near;
        request.web = true;
        const Reply reply = worker.ask(request);
        ASSERT_EQ(reply.error, "") << reply.text;
        offer = reply.sdp;
        peer.take(reply.sdp);
        const Reply taken = worker.ask(LegRemote{.leg = id, .sdp = peer.description("active")});
        ASSERT_EQ(taken.error, "") << taken.text;
    }

    // The browser offers, we answer.
    void open_web(LegId id, WebPeer& peer) {
        LegOpen request;
        request.leg = id;
        request.offer = peer.description("actpass");
        request.address = "127.0.0.1";
        request.web = true;
        const Reply reply = worker.ask(request);
        ASSERT_EQ(reply.error, "") << reply.text;
        peer.take(reply.sdp);
    }

    void reoffer(LegId id, WebPeer& peer) {
        const Reply reply = worker.ask(LegReoffer{.leg = id, .sdp = peer.description("actpass")});
        ASSERT_EQ(reply.error, "") << reply.text;
        peer.take(reply.sdp);
    }

    bool wait_secure(WebPeer& peer) {
        return worker.wait([&] {
            peer.work();
            return peer.secure();
        });
    }

    bool wait_media(WebPeer& peer) {
        return worker.wait([&] {
            peer.work();
            return peer.media_packets >= 10;
        });
    }

    void talk_web(const std::vector<WebPeer*>& webs, const std::vector<TestPeer*>& phones,
                  int frames) {
        const Instant start = runtime::steady_now();
        for (int i = 0; i < frames; ++i) {
            for (WebPeer* web : webs) {
                web->say();
            }
            for (TestPeer* phone : phones) {
                phone->say();
            }
            worker.run_for(start + (i + 1) * 20ms - runtime::steady_now());
            for (WebPeer* web : webs) {
                web->work();
            }
            for (TestPeer* phone : phones) {
                phone->listen();
            }
        }
    }

    std::string offer;
};

TEST_F(WebLegTest, BothDirectionsCarrySoundAndDigits) {
    WebPeer web({.codec = Codec::pcma, .frequency = 500.0});
    TestPeer phone(Codec::pcma, 1250.0);
    open(1, phone);
    ring(2, web, 1);
    EXPECT_NE(offer.find("UDP/TLS/RTP/SAVPF 8 "), std::string::npos) << "near codec first\n"
                                                                     << offer;
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    ASSERT_TRUE(wait_secure(web));
    EXPECT_TRUE(web.gcm());
    talk_web({&web}, {&phone}, 20);
    web.forget();
    phone.forget();
    talk_web({&web}, {&phone}, 60);
    EXPECT_GT(web.hears(1250.0), 0.9);
    EXPECT_GT(phone.hears(500.0), 0.9);
    EXPECT_GE(web.media_packets, 55);
    EXPECT_EQ(phone.gaps, 0);
    for (int step = 1; step <= 8; ++step) {
        web.press('7', step, step > 5);
        worker.run_for(20ms);
    }
    ASSERT_EQ(worker.ask(SendDtmf{.leg = 2, .digits = "4"}).error, "");
    talk_web({&web}, {&phone}, 20);
    EXPECT_EQ(phone.digits, "7");
    EXPECT_EQ(web.digits, "4");
    ASSERT_EQ(worker.noticed<Dtmf>().size(), 1U);
    EXPECT_EQ(worker.noticed<Dtmf>()[0].leg, 2);
    ASSERT_EQ(worker.ask(Close{.leg = 2}).error, "");
}

TEST_F(WebLegTest, BrowserOffersAndIsTranscoded) {
    WebPeer web({.codec = Codec::opus, .frequency = 500.0, .srtp = "SRTP_AES128_CM_SHA1_80"});
    TestPeer phone(Codec::pcmu, 1250.0);
    open_web(1, web);
    open(2, phone, {"PCMU"});
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    ASSERT_TRUE(wait_secure(web));
    EXPECT_FALSE(web.gcm());
    talk_web({&web}, {&phone}, 30);
    web.forget();
    phone.forget();
    talk_web({&web}, {&phone}, 60);
    EXPECT_GT(web.hears(1250.0), 0.9);
    EXPECT_GT(phone.hears(500.0), 0.9);
}

TEST_F(WebLegTest, StrangersAreRefused) {
    WebPeer liar({.lies = true});
    TestPeer phone(Codec::pcma, 1250.0);
    open_web(1, liar);
    open(2, phone);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    EXPECT_TRUE(worker.wait([&] {
        liar.work();
        phone.say();
        return liar.failed;
    }));
    EXPECT_FALSE(liar.secure());
    EXPECT_EQ(liar.media_packets, 0);

    // Checks: without our password there is no answer, a role conflict is told.
    WebPeer honest({});
    open_web(3, honest);
    honest.send_check(false, "0123456789012345678901");
    worker.run_for(100ms);
    EXPECT_EQ(honest.checks_answered, 0);
    honest.send_check(true);
    EXPECT_TRUE(worker.wait([&] {
        honest.work();
        return honest.last_error == 487;
    }));
}

TEST_F(WebLegTest, LostFlightsAreRepeated) {
    WebPeer web({.deaf = 3});
    ring(1, web);
    EXPECT_TRUE(wait_secure(web));
    EXPECT_TRUE(wait_media(web));
}

TEST_F(WebLegTest, ReloadedPageTakesItsCallOn) {
    WebPeer first({.codec = Codec::pcma, .frequency = 500.0});
    WebPeer second({.codec = Codec::pcma, .frequency = 800.0});
    TestPeer phone(Codec::pcma, 1250.0);
    open(1, phone);
    ring(2, first, 1);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    ASSERT_TRUE(wait_secure(first));
    talk_web({&first}, {&phone}, 20);
    reoffer(2, second);
    // Until the new page is up the old one is heard and hears.
    first.forget();
    phone.forget();
    talk_web({&first}, {&phone}, 25);
    EXPECT_GT(first.hears(1250.0), 0.9);
    EXPECT_GT(phone.hears(500.0), 0.9);
    ASSERT_TRUE(wait_secure(second));
    talk_web({&first, &second}, {&phone}, 10);
    first.forget();
    second.forget();
    phone.forget();
    talk_web({&first, &second}, {&phone}, 60);
    EXPECT_GT(second.hears(1250.0), 0.9);
    EXPECT_GT(phone.hears(800.0), 0.9);
    EXPECT_EQ(first.media_packets, 0);
    EXPECT_EQ(phone.gaps, 0);
}

TEST_F(WebLegTest, IceRestartKeepsTheKeys) {
    WebPeer web({.codec = Codec::pcma, .frequency = 500.0});
    TestPeer phone(Codec::pcma, 1250.0);
    open(1, phone);
    ring(2, web, 1);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    ASSERT_TRUE(wait_secure(web));
    talk_web({&web}, {&phone}, 10);
    web.restart_ice();
    reoffer(2, web);
    talk_web({&web}, {&phone}, 15);
    web.forget();
    phone.forget();
    talk_web({&web}, {&phone}, 50);
    EXPECT_GT(web.hears(1250.0), 0.9);
    EXPECT_GT(phone.hears(500.0), 0.9);
}

TEST_F(WebLegTest, HoldKeepsTheConnection) {
    WebPeer web({});
    ring(1, web);
    ASSERT_TRUE(wait_secure(web));
    const Reply hold = worker.ask(LegOffer{.leg = 1, .hold = true});
    ASSERT_EQ(hold.error, "");
    EXPECT_NE(hold.sdp.find("a=sendonly"), std::string::npos);
    EXPECT_NE(hold.sdp.find("a=setup:actpass"), std::string::npos);
    const auto before = parse_sdp(offer);
    const auto after = parse_sdp(hold.sdp);
    ASSERT_TRUE(before.ok() && after.ok());
    EXPECT_EQ(before->media[0].ice_ufrag, after->media[0].ice_ufrag);
    EXPECT_EQ(before->media[0].fingerprints, after->media[0].fingerprints);
    ASSERT_EQ(worker.ask(LegRemote{.leg = 1, .sdp = web.description("active")}).error, "");
    web.forget();
    talk_web({&web}, {}, 20);
    EXPECT_GE(web.media_packets, 15) << "silence is heard";
}

TEST_F(WebLegTest, ListensOnAllAddresses) {
    WebPeer web({});
    ring(1, web, 0, "0.0.0.0");
    EXPECT_NE(offer.find("a=candidate:1 "), std::string::npos) << offer;
    EXPECT_EQ(offer.find(" 0.0.0.0 "), std::string::npos) << offer;
    ASSERT_TRUE(wait_secure(web));
    EXPECT_TRUE(wait_media(web));
}

TEST_F(WebLegTest, NextServerFindsIt) {
    WebPeer web({});
    ring(7, web);
    worker.hang_up();
    worker.connect();
    const Reply hello = worker.ask(Hello{});
    EXPECT_EQ(hello.legs, std::vector<LegId>{7});
}

TEST_F(WebLegTest, BrokenDescriptionsAreRefused) {
    WebPeer web({});
    LegOpen request;
    request.leg = 1;
    request.address = "127.0.0.1";
    request.web = true;
    request.offer = TestPeer(Codec::pcma, 500.0).description();
    EXPECT_EQ(worker.ask(request).error, "no_codec");
    request.offer = web.description("passive");
    EXPECT_EQ(worker.ask(request).error, "bad_sdp");
    request.offer = web.description("actpass");
    request.offer.replace(request.offer.find("a=fingerprint:sha-256"), 21, "a=fingerprint:sha-1");
    EXPECT_EQ(worker.ask(request).error, "bad_sdp");
    request.offer = web.description("actpass");
    request.address = "nowhere";
    EXPECT_EQ(worker.ask(request).error, "no_port");
}

}  // namespace
}  // namespace linka::media
