#include "linka/app/signals.hpp"

#include "linka/base/assert.hpp"

#include <csignal>
#include <utility>

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace linka::app {

Signals::Signals(runtime::Loop& loop, std::function<void(Signal)> on_signal)
    : loop_(loop), on_signal_(std::move(on_signal)) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    fd_ = runtime::Fd(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
    LINKA_ASSERT(fd_);
    loop_.watch(fd_.get(), EPOLLIN, [this](std::uint32_t) { read(); });
}

Signals::~Signals() {
    loop_.unwatch(fd_.get());
}

void Signals::read() {
    signalfd_siginfo info{};
    while (::read(fd_.get(), &info, sizeof info) == sizeof info) {
        switch (info.ssi_signo) {
            case SIGINT:
                on_signal_(Signal::interrupt);
                break;
            case SIGHUP:
                on_signal_(Signal::hang_up);
                break;
            default:
                on_signal_(Signal::terminate);
                break;
        }
    }
}

}  // namespace linka::app
