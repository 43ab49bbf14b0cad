// The thread behind the seam.
#include "linka/sip/port.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/this_machine.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/stack.hpp"

#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <future>
#include <mutex>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <resolv.h>
#include <sofia-sip/su.h>

// The library's logs that are not in su_log_default.
extern "C" su_log_t nta_log[];
extern "C" su_log_t tport_log[];
// What the library asks for the time, after the machine's clock; in none of its headers.
extern "C" void (*_su_time)(su_time_t* time);  // NOLINT(bugprone-reserved-identifier)

namespace linka::sip {
namespace {

void on_library_log(void* /*stream*/, const char* format, va_list arguments) {
    counters().library.add();
    if (log::enabled(log::Level::debug)) {
        char line[512];
        static_cast<void>(std::vsnprintf(line, sizeof line, format, arguments));
        log::debug("sip library", {{"says", text::is_utf8(line) ? line : "(not text)"}});
    }
}

// The library's timers go by the time of day. When an administrator or a time server set that an
// hour ahead, each request without an answer was given up at once, and its telephone rang on. From
// the first reading on the library is therefore told the time that has passed.
void go_by_elapsed_time(su_time_t* time) {
    if (time == nullptr) {
        return;
    }
    static const su_time_t first = *time;
    static const Instant began = runtime::steady_now();
    const std::int64_t us =
        static_cast<std::int64_t>(first.tv_usec) + (runtime::steady_now() - began).count();
    time->tv_sec = first.tv_sec + static_cast<unsigned long>(us / 1'000'000);
    time->tv_usec = static_cast<unsigned long>(us % 1'000'000);
}

// Once a process: the library's global state is shared by all ports and lives as long.
void prepare_library() {
    static std::once_flag once;
    std::call_once(once, [] {
        su_init();
        _su_time = &go_by_elapsed_time;
        std::signal(SIGPIPE, SIG_IGN);  // NOLINT: a peer that closes must not end the process
        for (su_log_t* each : {su_log_default, &nta_log[0], &tport_log[0]}) {
            su_log_redirect(each, &on_library_log, nullptr);
            su_log_set_level(each, 1);
        }
    });
}

// The library answers some malformed requests to the host that their Via names and asks the
// system's resolver for it, waiting: a stranger could stop all calls for as long as DNS is silent.
// On the SIP thread that resolver is therefore given a server that refuses at once; literal
// addresses and /etc/hosts still work. Names of trunks are looked up on another thread (names.hpp);
// the library's own resolver is never asked (reach.hpp).
void never_wait_for_names() {
    res_init();
    sockaddr_in nobody{};
    nobody.sin_family = AF_INET;
    nobody.sin_port = htons(1);
    nobody.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    _res.nsaddr_list[0] = nobody;
    _res.nscount = 1;
    _res.retrans = 1;
    _res.retry = 1;
    _res.dnsrch[0] = nullptr;
}

// Shutdown order: the destructor queues the end behind all commands, the thread takes them,
// destroys its stack and leaves, the thread is joined, then the queues go. A thread that hangs is
// left behind with its queues, so that the program ends all the same.
class ThreadedPort final : public Port {
  public:
    ThreadedPort() = default;
    ~ThreadedPort() override {
        if (!thread_.joinable()) {
            return;
        }
        const Instant until = runtime::steady_now() + end_wait;
        bool told = commands_.push(std::nullopt);
        while (!told && runtime::steady_now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            told = commands_.push(std::nullopt);
        }
        if (ended_.wait_for(until - runtime::steady_now()) == std::future_status::ready) {
            thread_.join();
            return;
        }
        log::error("the SIP thread hangs and is left behind",
                   {{"waited_s", whole_seconds(end_wait)}});
        thread_.detach();
    }
    ThreadedPort(const ThreadedPort&) = delete;
    ThreadedPort& operator=(const ThreadedPort&) = delete;

    Status start(Options options, std::vector<Account> accounts, std::vector<Trunk> trunks,
                 Restore restore) {
        std::promise<Status> started;
        std::future<Status> result = started.get_future();
        std::promise<void> ended;
        ended_ = ended.get_future();
        thread_ =
            std::thread([this, ended = std::move(ended), options = std::move(options),
                         accounts = std::move(accounts), trunks = std::move(trunks),
                         restore = std::move(restore), started = std::move(started)]() mutable {
                run(std::move(options), std::move(accounts), std::move(trunks), restore,
                    std::move(started));
                ended.set_value_at_thread_exit();
            });
        Status status = result.get();
        if (!status) {
            thread_.join();
        }
        return status;
    }

    bool send(Command command) override { return commands_.push(std::move(command)); }
    [[nodiscard]] int events_fd() const override { return events_.fd(); }
    std::vector<Event> take_events() override { return events_.take_all(); }
    [[nodiscard]] int port() const override { return port_; }
    [[nodiscard]] int tls_port() const override { return tls_port_; }

  private:
    void run(Options options, std::vector<Account> accounts, std::vector<Trunk> trunks,
             const Restore& restore, std::promise<Status> started) {
        runtime::name_thread("linka-sip");
        prepare_library();
        never_wait_for_names();
        bool stopping = false;
        Stack* running = nullptr;
        // The object may be gone while the thread still hangs.
        const std::shared_ptr<Queues> kept = queues_;
        Queues& queues = *kept;
        SofiaLoop loop(queues.commands.fd(), [&] {
            for (std::optional<Command>& command : queues.commands.take_all()) {
                if (!command) {
                    stopping = true;
                } else if (running != nullptr) {
                    running->take(std::move(*command));
                }
            }
        });
        if (!loop.ok()) {
            started.set_value(fail(ErrorCode::internal, "the SIP library has no event loop"));
            return;
        }
        Stack stack(std::move(options), loop, queues.events);
        Status status = stack.start(std::move(accounts), std::move(trunks), restore);
        const bool good = status.ok();
        port_ = stack.port();
        tls_port_ = stack.tls_port();
        started.set_value(std::move(status));
        if (!good) {
            return;
        }
        running = &stack;
        while (!stopping) {
            loop.step();
            stack.tidy();
        }
    }

    static constexpr Duration end_wait = 5s;

    struct Queues {
        runtime::BoundedQueue<std::optional<Command>> commands{queue_size};
        runtime::BoundedQueue<Event> events{queue_size};
    };
    // Owners: the port and its thread, which may outlive the port.
    std::shared_ptr<Queues> queues_ = std::make_shared<Queues>();
    runtime::BoundedQueue<std::optional<Command>>& commands_ = queues_->commands;
    runtime::BoundedQueue<Event>& events_ = queues_->events;
    std::thread thread_;
    std::future<void> ended_;  // ready when the thread has left everything of ours
    int port_ = 0;             // written before start() returns
    int tls_port_ = -1;        // likewise
};

}  // namespace

Result<std::unique_ptr<Port>> start_port(Options options, std::vector<Account> accounts,
                                         std::vector<Trunk> trunks, Restore restore) {
    auto port = std::make_unique<ThreadedPort>();
    Status started =
        port->start(std::move(options), std::move(accounts), std::move(trunks), std::move(restore));
    if (!started) {
        return started.error();
    }
    return std::unique_ptr<Port>(std::move(port));
}

}  // namespace linka::sip
