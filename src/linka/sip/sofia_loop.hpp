// The library's event loop with our own waiting. su_root_run() rounds waits of less than a
// millisecond down to none and spins while transactions expire; here the library only steps, and
// the thread sleeps in poll() on the library's epoll descriptor
// (docs/decisions/0011-sofia-wait.md has the figures).
#pragma once

#include "linka/base/time.hpp"
#include "linka/runtime/heartbeat.hpp"
#include "linka/sip/timers.hpp"

#include <functional>
#include <vector>

struct pollfd;
struct su_root_s;

namespace linka::sip {

class SofiaLoop {
  public:
    /// On the thread that will run it. `wake_fd` becoming readable calls `woken`, which must make
    /// it unreadable again.
    SofiaLoop(int wake_fd, std::function<void()> woken);
    ~SofiaLoop();
    SofiaLoop(const SofiaLoop&) = delete;
    SofiaLoop& operator=(const SofiaLoop&) = delete;

    /// False if the library could not set up its loop.
    [[nodiscard]] bool ok() const { return root_ != nullptr; }
    su_root_s* root() { return root_; }
    Timers& timers() { return timers_; }

    /// The descriptors that the library waits on; empty where the kernel does not tell.
    [[nodiscard]] std::vector<int> watched() const;

    /// Handles what is ready, runs due timers, then waits for more; for a while at most.
    void step();

  private:
    static int on_wake(void* root_magic, ::pollfd* wait, void* self);
    void wait(long library_wait_ms);

    const int wake_fd_;
    const std::function<void()> woken_;
    Timers timers_;
    runtime::Heartbeat heartbeat_{"sip"};
    su_root_s* root_ = nullptr;
    int registration_ = -1;
    int epoll_fd_ = -1;  // the library's; -1: not found, it waits on its own
};

}  // namespace linka::sip
