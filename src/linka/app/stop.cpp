#include "linka/app/address.hpp"
#include "linka/app/commands.hpp"
#include "linka/store/inspect.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>

namespace linka::app {
namespace {

// A server with many calls takes a few seconds to hang up; longer means that something is wrong.
constexpr int wait_steps = 300;
constexpr std::chrono::milliseconds wait_step{50};

}  // namespace

int stop(const StopOptions& options) {
    const int pid = store::running_process(options.data);
    if (!is_alive(pid)) {
        std::fprintf(stderr, "linka: no server is running with --data %s\n", options.data.c_str());
        return 1;
    }
    ::kill(pid, options.now ? SIGINT : SIGTERM);
    for (int step = 0; step < wait_steps; ++step) {
        std::this_thread::sleep_for(wait_step);
        if (store::running_process(options.data) == 0) {
            std::printf("stopped\n");
            return 0;
        }
        if (options.now && step == 0) {
            ::kill(pid, SIGINT);
        }
    }
    std::fprintf(stderr, "linka: process %d still runs; see its log\n", pid);
    return 1;
}

}  // namespace linka::app
