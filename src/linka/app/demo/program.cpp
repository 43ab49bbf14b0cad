#include "linka/app/demo/program.hpp"

#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"

#include <csignal>
#include <filesystem>
#include <utility>

namespace linka::app {
namespace {

constexpr std::size_t waiting_max = 256;
constexpr Duration pause_after_failure = 5s;
// It is ready in a fraction of a second; on a machine that is busy building, in a few.
constexpr Duration ready_within = 20s;

}  // namespace

DemoProgram::DemoProgram(runtime::Loop& loop, Options options, Events events)
    : loop_(loop),
      options_(std::move(options)),
      events_(std::move(events)),
      socket_(options_.directory + "/linka-demo.sock") {
}

DemoProgram::~DemoProgram() {
    loop_.cancel(late_);
}

Status DemoProgram::listen() {
    std::error_code failure;
    std::filesystem::create_directories(options_.directory, failure);
    auto listening = runtime::listen_seqpacket(socket_);
    if (!listening) {
        return listening.error();
    }
    listener_ = std::make_unique<runtime::SeqpacketListener>(
        loop_, std::move(*listening), [this](runtime::Fd fd) { connected(std::move(fd)); });
    return Done{};
}

bool DemoProgram::start() {
    if (runtime::steady_now() < not_before_) {
        return false;
    }
    not_before_ = runtime::steady_now() + pause_after_failure;
    const Status listening = listener_ ? Status(Done{}) : listen();
    if (!listening) {
        log::error("demo program cannot be started", {{"reason", listening.error().text}});
        return false;
    }
    runtime::Command command;
    command.arguments = {options_.program,
                         "--socket",
                         socket_,
                         "--server",
                         options_.server,
                         "--sip-port",
                         std::to_string(options_.sip_port),
                         "--media",
                         options_.media,
                         "--directory",
                         options_.directory,
                         "--prompts",
                         options_.prompts};
    auto started =
        runtime::Process::start(loop_, command, [this](runtime::Exit exit) { died(exit); });
    if (!started) {
        log::error("demo program cannot be started", {{"reason", started.error().text}});
        return false;
    }
    process_ = std::move(*started);
    connected_ = false;
    log::info("demo program started", {{"pid", process_->pid()}});
    give_up_when_late();
    return true;
}

void DemoProgram::give_up_when_late() {
    loop_.cancel(late_);
    late_ = loop_.after(ready_within, [this] {
        late_ = 0;
        if (process_ && !ready_) {
            log::warn("demo program does not get ready");
            process_->signal(SIGKILL);
        }
    });
}

bool DemoProgram::send(const demo::Request& request) {
    if (!process_ && !start()) {
        return false;
    }
    std::string packet = demo::encode(request);
    if (ready_) {
        return peer_->send(std::move(packet));
    }
    if (waiting_.size() >= waiting_max) {
        return false;
    }
    waiting_.push_back(std::move(packet));
    return true;
}

void DemoProgram::connected(runtime::Fd fd) {
    if (!running() || peer_) {
        return;  // told to end before it had connected, or a stranger of our own user
    }
    connected_ = true;
    peer_ = std::make_unique<runtime::SeqpacketPeer>(
        loop_, std::move(fd), [this](std::string_view packet) { take(packet); },
        // Its end is told by the process; without a connection it is of no use.
        [this] {
            if (process_) {
                process_->signal(SIGKILL);
            }
        });
}

void DemoProgram::take(std::string_view packet) {
    const auto notice = demo::decode_notice(packet);
    if (!notice) {
        log::error("a notice of the demo cannot be read", {{"why", notice.error().text}});
        return;
    }
    if (std::holds_alternative<demo::Ready>(*notice)) {
        ready_ = true;
        not_before_ = {};
        for (std::string& each : std::exchange(waiting_, {})) {
            if (!peer_->send(std::move(each))) {
                log::warn("demo program does not listen");
            }
        }
        return;
    }
    events_.notice(*notice);
}

void DemoProgram::died(runtime::Exit exit) {
    ready_ = false;
    peer_.reset();
    process_.reset();
    loop_.cancel(late_);
    late_ = 0;
    if (std::exchange(ending_, false)) {
        log::info("demo program ended");
        not_before_ = {};
        if (!waiting_.empty() && !start()) {
            waiting_.clear();
            events_.gone();
        }
        return;
    }
    log::warn("demo program died; it is started again when it is needed",
              {{"code", exit.code}, {"signal", exit.by_signal ? 1 : 0}});
    waiting_.clear();
    events_.gone();
}

// The closed connection tells it.
void DemoProgram::end() {
    if (running()) {
        ending_ = true;
        ready_ = false;
        peer_.reset();
        waiting_.clear();
        // Should it not even have connected, there is nothing that it would have to say good-bye
        // to.
        if (!connected_) {
            process_->signal(SIGKILL);
        }
    }
}

}  // namespace linka::app
