// BusGuard: lets this thread touch a mapped file that may fail under it: cut short by somebody, on
// a disk that breaks. The kernel then sends SIGBUS, which would end all calls of the worker.
#pragma once

#include <csignal>
#include <cstdint>
#include <span>

namespace linka::media {

/// While it lives, a failure of the file in `window` (whole pages) puts memory without a file in
/// the place of the window and is told by failed(). One at a time for each thread.
class BusGuard {
  public:
    explicit BusGuard(std::span<std::uint8_t> window);
    ~BusGuard();
    BusGuard(const BusGuard&) = delete;
    BusGuard& operator=(const BusGuard&) = delete;

    /// Of what this thread did until now. What was read is then worth nothing, and what was written
    /// is nowhere.
    [[nodiscard]] bool failed() const;

    /// For the whole process, once and for good: SIGBUS goes to the guards (to whom it went before,
    /// where there is none), and a file that reaches its limit (SIGXFSZ) is an error of its write.
    static void install();

  private:
    static void on_bus_error(int signal, siginfo_t* info, void* context);

    std::span<std::uint8_t> window_;
    volatile std::sig_atomic_t failed_ = 0;
};

}  // namespace linka::media
