#include "linka/sip/sofia_loop.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/sip/sofia.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <poll.h>

namespace linka::sip {
namespace {

// Timers of the library may be late by this much: answers to its 32 s timers need no precision,
// and each wake-up costs more than what it does.
constexpr long library_wait_min_ms = 5;
constexpr long wait_max_ms = 1000;

// What an epoll descriptor watches, as /proc tells it.
std::vector<int> watched_by(const std::filesystem::path& fdinfo) {
    std::vector<int> found;
    std::ifstream info(fdinfo);
    std::string line;
    while (std::getline(info, line)) {
        if (line.starts_with("tfd:")) {
            const std::string_view rest = text::trim(std::string_view(line).substr(4));
            found.push_back(
                static_cast<int>(text::to_int(rest.substr(0, rest.find(' '))).value_or(-1)));
        }
    }
    return found;
}

// The epoll descriptor that watches `fd`. The library has no way to ask for it, the kernel has:
// fdinfo of an epoll descriptor lists what it watches. -1 without /proc.
int epoll_that_watches(int fd) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fdinfo", error)) {
        const std::vector<int> watched = watched_by(entry.path());
        if (std::find(watched.begin(), watched.end(), fd) != watched.end()) {
            return static_cast<int>(text::to_int(entry.path().filename().string()).value_or(-1));
        }
    }
    return -1;
}

}  // namespace

SofiaLoop::SofiaLoop(int wake_fd, std::function<void()> woken)
    : wake_fd_(wake_fd), woken_(std::move(woken)) {
    su_root_t* root = su_root_create(nullptr);
    if (root == nullptr) {
        return;
    }
    su_root_multishot(root, 1);
    su_wait_t wait[1];
    su_wait_init(wait);
    if (su_wait_create(wait, wake_fd_, SU_WAIT_IN) != 0) {
        su_root_destroy(root);
        return;
    }
    registration_ = su_root_register(root, wait, &SofiaLoop::on_wake, this, su_pri_normal);
    if (registration_ < 0) {
        su_root_destroy(root);
        return;
    }
    root_ = root;
    epoll_fd_ = epoll_that_watches(wake_fd_);
    if (epoll_fd_ < 0) {
        log::warn("sip loop waits in the library: /proc/self/fdinfo does not show its descriptor");
    }
}

SofiaLoop::~SofiaLoop() {
    if (root_ != nullptr) {
        su_root_deregister(root_, registration_);
        su_root_destroy(root_);
    }
}

std::vector<int> SofiaLoop::watched() const {
    return epoll_fd_ < 0 ? std::vector<int>{}
                         : watched_by("/proc/self/fdinfo/" + std::to_string(epoll_fd_));
}

int SofiaLoop::on_wake(void* /*root_magic*/, ::pollfd* /*wait*/, void* self) {
    auto& loop = *static_cast<SofiaLoop*>(self);
    loop.heartbeat_.beat("takes commands");
    loop.woken_();
    return 0;
}

void SofiaLoop::step() {
    const long own_ms = epoll_fd_ >= 0 ? 0 : library_wait_min_ms;
    heartbeat_.beat("handles messages");
    const long library_ms = su_root_step(root_, own_ms);
    heartbeat_.beat("runs timers");
    timers_.run(runtime::steady_now());
    if (epoll_fd_ >= 0) {
        wait(library_ms);
    }
}

void SofiaLoop::wait(long library_wait_ms) {
    heartbeat_.beat("waits");
    long ms = wait_max_ms;
    if (library_wait_ms >= 0) {
        ms = std::min(ms, std::max(library_wait_ms + 1, library_wait_min_ms));
    }
    const Instant next = timers_.next();
    if (next != Instant::never()) {
        const std::int64_t own_us = (next - runtime::steady_now()).count();
        ms = std::min(ms, std::max<long>(0, (own_us + 999) / 1000));
    }
    ::pollfd ready{epoll_fd_, POLLIN, 0};
    // An interrupted wait is just a shorter one.
    static_cast<void>(poll(&ready, 1, static_cast<int>(ms)));
}

}  // namespace linka::sip
