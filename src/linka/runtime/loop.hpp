// Loop: one thread's event loop: descriptors, timers and posted work, over epoll. Everything is
// called on the loop's thread except post() and stop().
#pragma once

#include "linka/base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace linka::runtime {

class Loop {
  public:
    using Work = std::function<void()>;
    using TimerId = std::uint64_t;  // 0 is never given out

    /// `posted_max`: how much posted work may wait; post() refuses beyond it.
    explicit Loop(std::size_t posted_max = 65536);
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// Runs until stop(). Work already posted when stop() is called still runs.
    void run();
    /// For loops with thousands of small events a second: while busy, run() looks at most once in
    /// `pause` and so handles several at once; an event is late by that much at most. What comes
    /// after a quiet moment is handled at once. Below a second.
    void gather(Duration pause);
    /// What comes on `fd`, which is watched, is handled at once all the same, and what came besides
    /// with it.
    void hurry(int fd);
    /// Calls `work` at the end of each pass of the loop, when all that was ready is handled.
    void after_each_pass(Work work);
    /// Thread-safe.
    void stop();
    /// Handles what is ready now and waits at most `wait` for it; for tests and for loops that
    /// are driven from outside. Not from within a callback.
    void step(Duration wait);

    /// Thread-safe. False if the bound is reached or the loop has stopped: the caller must cope.
    [[nodiscard]] bool post(Work work);

    /// Calls `ready(events)` with EPOLLIN/EPOLLOUT/... (level-triggered) until unwatch(). The
    /// descriptor stays the caller's. A callback may unwatch itself or others.
    void watch(int fd, std::uint32_t events, std::function<void(std::uint32_t)> ready);
    void change(int fd, std::uint32_t events);
    /// No event of `fd` is delivered after this, not even one that is waiting already. Call it
    /// before closing `fd`. Nothing happens if `fd` is not watched.
    void unwatch(int fd);

    /// Calls `work` once at `at` of steady_now() or soon after; never early.
    TimerId at(Instant at, Work work);
    TimerId after(Duration delay, Work work);
    /// Nothing happens if it has fired already.
    void cancel(TimerId timer);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace linka::runtime
