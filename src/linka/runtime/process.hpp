// Child processes: programs that run beside us for long (Process, on a Loop), and programs that
// answer and end (run_program, which blocks: call it on the pool of blocking work only).
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/runtime/loop.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace linka::runtime {

/// How a program ended: `code` is its exit status, or the signal's number if `by_signal`.
struct Exit {
    int code = 0;
    bool by_signal = false;
    [[nodiscard]] bool ok() const { return code == 0 && !by_signal; }
};

struct Command {
    std::vector<std::string> arguments;    // the program first; without a slash PATH is searched
    std::vector<std::string> environment;  // NAME=value, in addition to ours
    std::string directory;                 // to start in; empty: ours
};

/// A child in a session of its own, so that a terminal's Ctrl-C or hang-up does not reach it. It
/// reads from /dev/null and shares our standard output and error; no other descriptor of ours is
/// passed on. It lives on when this object or this program ends; a child that ends after this
/// object leaves its entry in the process table until this program ends, too.
class Process {
  public:
    /// `on_exit` is called once from the loop after the child has ended and was reaped; it may
    /// destroy the Process. Errors: `unavailable` when the program cannot be started.
    static Result<std::unique_ptr<Process>> start(Loop& loop, const Command& command,
                                                  std::function<void(Exit)> on_exit);
    /// For start(): a child of ours and its pidfd.
    Process(Loop& loop, pid_t pid, Fd handle);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    /// To the child alone; never to a stranger that has got its number since.
    void signal(int number);

  private:
    Exit reap();

    Loop& loop_;
    pid_t pid_;
    Fd handle_;  // pidfd: readable when the child has ended
};

struct RunLimits {
    Duration time = 10s;
    std::size_t output_bytes_max = 1 << 20;  // of each stream
};

struct Output {
    Exit exit;
    std::string out;
    std::string err;
};

/// Runs `command` to its end. Errors: `unavailable` when it cannot be started, `timed_out` and
/// `full` when a limit is reached: the program and its children that kept its session are killed.
Result<Output> run_program(const Command& command, RunLimits limits);
Result<Output> run_program(const Command& command);

}  // namespace linka::runtime
