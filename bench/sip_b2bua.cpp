// A back-to-back user agent over sip::Port without media: what one call costs the SIP thread and
// its queues. Calls come from 127.0.0.1 and go to 127.0.0.1:TO.
//
//   build/bench_sip_b2bua 5060 5070 SECONDS
//   sipp -sn uas -i 127.0.0.1 -p 5070
//   sipp -sn uac 127.0.0.1:5060 -s 1 -i 127.0.0.1 -p 5080 -r 200 -d 1000 -m 4000
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/sip/port.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>

#include <poll.h>
#include <sys/resource.h>

namespace {

using namespace linka;

class BackToBack {
  public:
    explicit BackToBack(sip::Port& port) : port_(port) {}

    void on(const sip::Incoming& event) {
        const sip::LegId out = next_out_;
        next_out_ += 2;
        other_[event.leg] = out;
        other_[out] = event.leg;
        sip::Invite invite;
        invite.leg = out;
        invite.trunk = "all";
        invite.number = event.number;
        invite.from_user = event.caller;
        invite.sdp = event.sdp;
        send(invite);
        ++calls;
    }
    void on(const sip::Progress& event) { send(sip::Ring{other_[event.leg], event.sdp}); }
    void on(const sip::Answered& event) { send(sip::Answer{other_[event.leg], event.sdp}); }
    void on(const sip::Ended& event) {
        const auto found = other_.find(event.leg);
        if (found == other_.end()) {
            return;
        }
        const sip::LegId peer = found->second;
        other_.erase(event.leg);
        other_.erase(peer);
        failed += event.status != 0 ? 1 : 0;
        send(sip::HangUp{peer, false, 16});
    }
    template <typename Other>
    void on(const Other& /*event*/) {}

    int calls = 0;
    int failed = 0;

  private:
    void send(sip::Command command) {
        if (!port_.send(std::move(command))) {
            std::fprintf(stderr, "command queue full\n");
        }
    }

    sip::Port& port_;
    sip::LegId next_out_ = 2;
    std::map<sip::LegId, sip::LegId> other_;
};

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "use: bench_sip_b2bua LISTEN TO SECONDS\n");
        return 2;
    }
    sip::Options options;
    options.listen.port = std::atoi(argv[1]);
    options.listen.tls_port = -1;
    options.calls_per_second_max = 5000;
    options.legs_max = 100000;
    sip::Trunk trunk;
    trunk.name = "all";
    trunk.addresses = {"127.0.0.1"};
    trunk.host = "127.0.0.1";
    trunk.port = std::atoi(argv[2]);
    Result<std::unique_ptr<sip::Port>> port = sip::start_port(options, {}, {trunk}, {});
    if (!port) {
        std::fprintf(stderr, "%s\n", port.error().text.c_str());
        return 2;
    }
    BackToBack core(**port);
    const Instant until = runtime::steady_now() + std::chrono::seconds(std::atoi(argv[3]));
    while (runtime::steady_now() < until) {
        pollfd ready{(*port)->events_fd(), POLLIN, 0};
        poll(&ready, 1, 100);
        for (const sip::Event& event : (*port)->take_events()) {
            std::visit([&](const auto& each) { core.on(each); }, event);
        }
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double cpu = cpu_seconds();
    std::printf("%d calls, %d failed, %.2f s CPU, %.0f us/call, %ld MB peak\n", core.calls,
                core.failed, cpu, core.calls == 0 ? 0 : cpu * 1e6 / core.calls,
                usage.ru_maxrss / 1024);
    return 0;
}
