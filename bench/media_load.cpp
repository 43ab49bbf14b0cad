// What calls cost a media worker: starts one, opens so many G.711 calls through it, feeds all legs
// in real time and measures the worker's CPU time, first without and then with recording.
//
//   bench_media_load [CALLS [SECONDS]]     (100 calls, 20 s each)
#include "linka/base/text.hpp"
#include "linka/media/testing/test_peer.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

namespace {

using namespace linka;
using namespace linka::media;
using media::testing::TestPeer;
using media::testing::TestWorker;

// User and system time of a process in seconds (proc(5), fields 14 and 15 of stat).
double cpu_seconds(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    const std::string line{std::istreambuf_iterator<char>(file), {}};
    const auto words = text::split(line.substr(line.rfind(')') + 2), ' ');
    const auto ticks =
        text::to_int(words.at(11)).value_or(0) + text::to_int(words.at(12)).value_or(0);
    return static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

struct Load {
    int calls = 100;
    int seconds = 20;
};

void run(const Load& load, bool record) {
    TestWorker worker;
    worker.start();
    worker.connect();
    (void)worker.ask(Hello{});
    std::vector<std::unique_ptr<TestPeer>> peers;
    for (int leg = 1; leg <= 2 * load.calls; ++leg) {
        peers.push_back(std::make_unique<TestPeer>(Codec::pcma, leg % 2 == 0 ? 1250.0 : 500.0));
        LegOpen open;
        open.leg = leg;
        open.offer = peers.back()->description();
        open.address = "127.0.0.1";
        const Reply reply = worker.ask(open);
        if (!reply.error.empty()) {
            std::printf("leg %d: %s\n", leg, reply.text.c_str());
            return;
        }
        peers.back()->take(reply.sdp);
        if (leg % 2 == 0) {
            (void)worker.ask(Connect{.a = leg - 1, .b = leg});
        }
    }
    for (int call = 1; record && call <= load.calls; ++call) {
        Record request;
        request.recording = call;
        request.file = text::format("{}/{}.opus", worker.directory, call);
        request.left = 2 * call - 1;
        request.right = 2 * call;
        (void)worker.ask(request);
    }
    const double before = cpu_seconds(worker.pid());
    const Instant start = runtime::steady_now();
    for (int frame = 0; frame < load.seconds * 50; ++frame) {
        for (const auto& peer : peers) {
            peer->say();
        }
        worker.run_for(start + (frame + 1) * 20ms - runtime::steady_now());
        for (const auto& peer : peers) {
            peer->listen();
        }
    }
    const double took = static_cast<double>((runtime::steady_now() - start).count()) / 1e6;
    double used = cpu_seconds(worker.pid()) - before;
    std::int64_t packets = 0;
    std::int64_t gaps = 0;
    for (const auto& peer : peers) {
        packets += static_cast<std::int64_t>(peer->packets.size());
        gaps += peer->gaps;
    }
    std::printf(
        "%d calls %s: %.1f s, CPU %.1f %% of a core, %.2f us a packet, %lld of %lld "
        "packets passed, %lld gaps\n",
        load.calls, record ? "recorded" : "plain", took, 100.0 * used / took,
        1e6 * used / static_cast<double>(packets), static_cast<long long>(packets),
        static_cast<long long>(peers.size()) * load.seconds * 50, static_cast<long long>(gaps));
    for (int call = 1; record && call <= load.calls; ++call) {
        (void)worker.ask(RecordStop{.recording = call});
    }
    if (record) {
        const Instant stopped = runtime::steady_now();
        (void)worker.wait(
            [&] {
                return worker.noticed<RecordDone>().size() >= static_cast<std::size_t>(load.calls);
            },
            600s);
        used = cpu_seconds(worker.pid()) - before;
        std::printf("  with encoding to the end (%.1f s after the calls): CPU %.1f %% of a core\n",
                    static_cast<double>((runtime::steady_now() - stopped).count()) / 1e6,
                    100.0 * used / took);
    }
}

}  // namespace

int main(int argc, char** argv) {
    Load load;
    load.calls = static_cast<int>(argc > 1 ? text::to_int(argv[1]).value_or(0) : load.calls);
    load.seconds = static_cast<int>(argc > 2 ? text::to_int(argv[2]).value_or(0) : load.seconds);
    if (load.calls < 1 || load.calls > 200 || load.seconds < 1) {
        std::fprintf(stderr, "usage: bench_media_load [CALLS 1-200 [SECONDS]]\n");
        return 2;
    }
    log::configure({.json = false, .level = log::Level::error});
    run(load, false);
    run(load, true);
    return 0;
}
