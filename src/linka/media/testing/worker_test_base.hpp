// For tests of the whole worker: a started worker, and telephones that talk in real time.
#pragma once

#include "linka/media/testing/test_peer.hpp"
#include "linka/runtime/clock.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace linka::media::testing {

class WorkerTestBase : public ::testing::Test {
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
    void talk(const std::vector<TestPeer*>& peers, int frames) {
        const Instant start = runtime::steady_now();
        for (int i = 0; i < frames; ++i) {
            for (TestPeer* peer : peers) {
                peer->say();
            }
            worker.run_for(start + (i + 1) * 20ms - runtime::steady_now());
            for (TestPeer* peer : peers) {
                peer->listen();
            }
        }
    }

    TestWorker worker;
};

}  // namespace linka::media::testing
