// What calls cost the program that passes their audio on: starts one, opens so many G.711 calls
// through it, feeds all legs in real time and measures its CPU time. linka-media without and with
// recording; rtpengine, if its program is named, with the same packets.
//
//   bench_media_load [CALLS [SECONDS [RTPENGINE]]]     (100 calls, 20 s each)
//
// The relay gets core 0, the load core 1, where there are two.
#include "linka/base/text.hpp"
#include "linka/media/testing/test_peer.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "relay.hpp"

#include <cstdio>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <sched.h>
#include <unistd.h>

namespace {

using namespace linka;
using namespace linka::bench;
using media::testing::TestPeer;

// The 200 legs speak one after the other within 20 ms, as legs of unrelated calls do.
constexpr int phases = 20;

// User and system time of a process in seconds (proc(5), fields 14 and 15 of stat).
double cpu_seconds(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    const std::string line{std::istreambuf_iterator<char>(file), {}};
    const auto words = text::split(line.substr(line.rfind(')') + 2), ' ');
    const auto ticks =
        text::to_int(words.at(11)).value_or(0) + text::to_int(words.at(12)).value_or(0);
    return static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void pin(int pid, unsigned core) {
    if (::sysconf(_SC_NPROCESSORS_ONLN) < 2) {
        return;
    }
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    // Its threads, which are there by now.
    for (const auto& each :
         std::filesystem::directory_iterator(text::format("/proc/{}/task", pid))) {
        const auto thread = text::to_int(each.path().filename().string()).value_or(0);
        (void)::sched_setaffinity(static_cast<pid_t>(thread), sizeof cores, &cores);
    }
}

void sleep_until(Instant time) {
    const Duration left = time - runtime::steady_now();
    if (left > Duration{0}) {
        const timespec span{.tv_sec = left.count() / 1'000'000,
                            .tv_nsec = left.count() % 1'000'000 * 1000};
        ::nanosleep(&span, nullptr);
    }
}

struct Load {
    int calls = 100;
    int seconds = 20;
};

void run(const char* name, Relay& relay, const Load& load, bool record) {
    std::vector<std::unique_ptr<TestPeer>> peers;
    for (int call = 1; call <= load.calls; ++call) {
        peers.push_back(std::make_unique<TestPeer>(media::Codec::pcma, 500.0));
        peers.push_back(std::make_unique<TestPeer>(media::Codec::pcma, 1250.0));
        TestPeer& a = *peers[peers.size() - 2];
        TestPeer& b = *peers.back();
        const Descriptions described = relay.open(call, a.description(), b.description());
        a.take(described.for_a);
        b.take(described.for_b);
    }
    if (record && !relay.record(load.calls)) {
        return;
    }
    pin(relay.pid(), 0);
    const double before = cpu_seconds(relay.pid());
    const Instant start = runtime::steady_now();
    for (int step = 0; step < load.seconds * 50 * phases; ++step) {
        for (std::size_t i = static_cast<std::size_t>(step % phases); i < peers.size();
             i += phases) {
            peers[i]->say();
            peers[i]->listen();
        }
        sleep_until(start + (step + 1) * 20ms / phases);
    }
    for (const auto& peer : peers) {
        peer->listen();
    }
    const double took = static_cast<double>((runtime::steady_now() - start).count()) / 1e6;
    double used = cpu_seconds(relay.pid()) - before;
    std::int64_t packets = 0;
    std::int64_t gaps = 0;
    for (const auto& peer : peers) {
        packets += static_cast<std::int64_t>(peer->packets.size());
        gaps += peer->gaps;
    }
    std::printf(
        "%s, %d calls %s: %.1f s, CPU %.1f %% of a core, %.2f us a packet, %lld of %lld "
        "packets passed, %lld gaps\n",
        name, load.calls, record ? "recorded" : "plain", took, 100.0 * used / took,
        1e6 * used / static_cast<double>(packets), static_cast<long long>(packets),
        static_cast<long long>(peers.size()) * load.seconds * 50, static_cast<long long>(gaps));
    if (record) {
        const Instant stopped = runtime::steady_now();
        relay.finish_recordings(load.calls);
        used = cpu_seconds(relay.pid()) - before;
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
        std::fprintf(stderr,
                     "usage: bench_media_load [CALLS 1-200 [SECONDS [/usr/bin/rtpengine]]]\n");
        return 2;
    }
    log::configure({.json = false, .level = log::Level::error});
    try {
        pin(::getpid(), 1);
        if (argc > 3) {
            run("rtpengine", *start_rtpengine(argv[3]), load, false);
        }
        run("linka-media", *start_linka_media(), load, false);
        run("linka-media", *start_linka_media(), load, true);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "bench_media_load: %s\n", failure.what());
        return 1;
    }
    return 0;
}
