#include "linka/media/worker/record/bus_guard.hpp"

#include <atomic>
#include <cerrno>

#include <sys/mman.h>

namespace linka::media {
namespace {

// A failing access signals the thread that made it.
constinit thread_local BusGuard* guard_here = nullptr;

struct sigaction action_before {};

}  // namespace

BusGuard::BusGuard(std::span<std::uint8_t> window) : window_(window) {
    guard_here = this;
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

BusGuard::~BusGuard() {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    guard_here = nullptr;
}

bool BusGuard::failed() const {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    return failed_ != 0;
}

void BusGuard::on_bus_error(int, siginfo_t* info, void*) {
    const int error = errno;
    BusGuard* const guard = guard_here;
    if (guard != nullptr) {
        const auto* at = static_cast<const std::uint8_t*>(info->si_addr);
        const std::span<std::uint8_t> window = guard->window_;
        if (at >= window.data() && at < window.data() + window.size() &&
            ::mmap(window.data(), window.size(), PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED) {
            guard->failed_ = 1;
            errno = error;
            return;  // and the access is tried again
        }
    }
    ::sigaction(SIGBUS, &action_before, nullptr);
}

void BusGuard::install() {
    static const bool installed = [] {
        struct sigaction action {};
        action.sa_sigaction = on_bus_error;
        action.sa_flags = SA_SIGINFO;
        sigemptyset(&action.sa_mask);
        std::signal(SIGXFSZ, SIG_IGN);
        return ::sigaction(SIGBUS, &action, &action_before) == 0;
    }();
    (void)installed;
}

}  // namespace linka::media
