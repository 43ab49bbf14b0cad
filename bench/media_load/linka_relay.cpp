#include "linka/base/text.hpp"
#include "linka/media/testing/test_peer.hpp"
#include "relay.hpp"

#include <stdexcept>

namespace linka::bench {
namespace {

using namespace media;

class LinkaRelay : public Relay {
  public:
    LinkaRelay() {
        worker_.start();
        worker_.connect();
        (void)worker_.ask(Hello{});
    }

    [[nodiscard]] int pid() const override { return worker_.pid(); }

    Descriptions open(int call, const std::string& a, const std::string& b) override {
        const Descriptions described{.for_a = open_leg(2 * call - 1, a),
                                     .for_b = open_leg(2 * call, b)};
        (void)worker_.ask(Connect{.a = 2 * call - 1, .b = 2 * call});
        return described;
    }

    bool record(int calls) override {
        for (int call = 1; call <= calls; ++call) {
            Record request;
            request.recording = call;
            request.file = text::format("{}/{}.opus", worker_.directory, call);
            request.left = 2 * call - 1;
            request.right = 2 * call;
            (void)worker_.ask(request);
        }
        return true;
    }

    void finish_recordings(int calls) override {
        for (int call = 1; call <= calls; ++call) {
            (void)worker_.ask(RecordStop{.recording = call});
        }
        (void)worker_.wait(
            [&] { return worker_.noticed<RecordDone>().size() >= static_cast<std::size_t>(calls); },
            600s);
    }

  private:
    std::string open_leg(int leg, const std::string& offer) {
        LegOpen open;
        open.leg = leg;
        open.offer = offer;
        open.address = "127.0.0.1";
        const Reply reply = worker_.ask(open);
        if (!reply.error.empty()) {
            throw std::runtime_error(text::format("leg {}: {}", leg, reply.text));
        }
        return reply.sdp;
    }

    media::testing::TestWorker worker_;
};

}  // namespace

std::unique_ptr<Relay> start_linka_media() {
    return std::make_unique<LinkaRelay>();
}

}  // namespace linka::bench
