// The whole worker program over loopback sockets: telephones that say tones and measure what they
// hear.
#include "linka/media/testing/test_peer.hpp"
#include "linka/runtime/clock.hpp"

#include <gtest/gtest.h>

namespace linka::media {
namespace {

using testing::TestPeer;
using testing::TestWorker;

class WorkerTest : public ::testing::Test {
  protected:
    void SetUp() override {
        worker.start();
        worker.connect();
        ASSERT_EQ(worker.ask(Hello{}).error, "");
    }

    // Opens a leg that answers the peer's offer.
    void open(LegId id, TestPeer& peer, std::vector<std::string> codecs = {}) {
        LegOpen request;
        request.leg = id;
        request.offer = peer.description();
        request.codecs = std::move(codecs);
        request.address = "127.0.0.1";
        const Reply reply = worker.ask(request);
        ASSERT_EQ(reply.error, "") << reply.text;
        peer.take(reply.sdp);
    }

    // Lets all peers talk and listen for so many frames of 20 ms.
    void talk(std::vector<TestPeer*> peers, int frames, std::function<void(int)> extra = {}) {
        const Instant start = runtime::steady_now();
        for (int i = 0; i < frames; ++i) {
            for (TestPeer* peer : peers) {
                peer->say();
            }
            if (extra) {
                extra(i);
            }
            worker.run_for(start + (i + 1) * 20ms - runtime::steady_now());
            for (TestPeer* peer : peers) {
                peer->listen();
            }
        }
    }

    TestWorker worker;
};

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

}  // namespace
}  // namespace linka::media
