// Loads a running server with calls: plays the public network and the agents' telephones, both as
// plain SIP over UDP on loopback, and prints what it saw as one JSON object. See
// docs/measurements.md.
//
//   bench_sip_load --server 127.0.0.1:5060 --number 226000009 --rate 50 --seconds 10
#include "linka/base/json_write.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/loop.hpp"
#include "sip_load/callers.hpp"
#include "sip_load/telephones.hpp"

#include <cstdio>
#include <ctime>
#include <exception>

namespace {

using namespace linka;
using namespace linka::bench;

double cpu_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

class Run {
  public:
    explicit Run(const Options& options)
        : options_(options),
          exchange_(figures_),
          rtp_(loop_, address_of(options.address, options.port), options.rtp),
          callers_(loop_, options, exchange_, rtp_, figures_),
          telephones_(loop_, options, exchange_, rtp_, figures_,
                      [this](bool all) { on_registered(all); }) {
        exchange_.on_connected = [this](int call) {
            callers_.connected(call);
            if (!options_.agent_hangs_up) {
                callers_.talk(call);
            }
        };
    }

    bool run() {
        began_ = runtime::steady_now();
        loop_.post([this] { telephones_.start(); }) ? loop_.run() : void();
        figures_.devices = telephones_.registered();
        exchange_.finish();
        return good_;
    }
    [[nodiscard]] const Figures& figures() const { return figures_; }

  private:
    void on_registered(bool all) {
        figures_.register_s = std::chrono::duration<double>(runtime::steady_now() - began_).count();
        good_ = all;
        if (!all) {
            loop_.stop();
            return;
        }
        std::fprintf(stderr, "registered\n");  // whoever measures reads its counters now
        loop_.after(options_.hold, [this] {
            first_ = runtime::steady_now();
            cpu_ = cpu_seconds();
            call();
        });
    }

    // Call n is due n/rate after the first, however late the one before was.
    void call() {
        const auto due = [this] {
            return first_ + Duration(static_cast<std::int64_t>(started_ * 1e6 / options_.rate));
        };
        while (started_ < options_.calls && due() <= runtime::steady_now()) {
            ++started_;
            callers_.invite();
        }
        if (started_ < options_.calls) {
            loop_.at(due(), [this] { call(); });
            return;
        }
        give_up_ = runtime::steady_now() + options_.drain;
        wait_for_the_end();
    }

    void wait_for_the_end() {
        if ((exchange_.open() == 0 && telephones_.open() == 0) ||
            runtime::steady_now() >= give_up_) {
            figures_.generator_cpu_s = cpu_seconds() - cpu_;
            loop_.stop();
            return;
        }
        loop_.after(20ms, [this] { wait_for_the_end(); });
    }

    const Options& options_;
    Figures figures_;
    runtime::Loop loop_;
    Exchange exchange_;
    Rtp rtp_;
    Callers callers_;
    Telephones telephones_;
    Instant began_;
    Instant first_;
    Instant give_up_;
    double cpu_ = 0;
    int started_ = 0;
    bool good_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--help") {
        std::printf("%s", usage);
        return 0;
    }
    const auto options =
        parse_options({argv + 1, static_cast<std::size_t>(argc > 0 ? argc - 1 : 0)});
    if (!options) {
        std::fprintf(stderr, "%s\n%s", options.error().text.c_str(), usage);
        return 2;
    }
    try {
        Run run(*options);
        const bool good = run.run();
        std::printf("%s\n", json::to_text(run.figures()).c_str());
        if (!good) {
            std::fprintf(stderr, "not every telephone could register\n");
        }
        return good ? 0 : 1;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
}
