#include "linka/runtime/process.hpp"

#include "linka/base/assert.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

// glibc 2.36 declares these two without C linkage.
extern "C" {
#include <sys/pidfd.h>
}

namespace linka::runtime {
namespace {

/// Where the child's standard output and error go.
struct Streams {
    int out = STDOUT_FILENO;
    int err = STDERR_FILENO;
};

/// posix_spawn's two settings objects, freed together.
struct SpawnSettings {
    SpawnSettings() {
        LINKA_ASSERT(::posix_spawn_file_actions_init(&actions) == 0);
        LINKA_ASSERT(::posix_spawnattr_init(&attributes) == 0);
    }
    ~SpawnSettings() {
        ::posix_spawn_file_actions_destroy(&actions);
        ::posix_spawnattr_destroy(&attributes);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

std::vector<std::string> merged_environment(const std::vector<std::string>& additions) {
    std::vector<std::string> all;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view name =
            std::string_view(*entry).substr(0, std::string_view(*entry).find('='));
        const bool replaced = std::ranges::any_of(additions, [&](const std::string& addition) {
            return addition.size() > name.size() && addition.starts_with(name) &&
                   addition[name.size()] == '=';
        });
        if (!replaced) {
            all.emplace_back(*entry);
        }
    }
    all.insert(all.end(), additions.begin(), additions.end());
    return all;
}

Result<pid_t> spawn(const Command& command, Streams streams) {
    LINKA_ASSERT(!command.arguments.empty());
    SpawnSettings settings;
    auto* actions = &settings.actions;
    ::posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(actions, streams.out, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(actions, streams.err, STDERR_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
    if (!command.directory.empty()) {
        ::posix_spawn_file_actions_addchdir_np(actions, command.directory.c_str());
    }
    // Our loops block and ignore signals; the child starts with a clean slate.
    sigset_t none{};
    sigset_t all{};
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&settings.attributes, &none);
    ::posix_spawnattr_setsigdefault(&settings.attributes, &all);
    ::posix_spawnattr_setflags(&settings.attributes,
                               POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    std::vector<std::string> arguments = command.arguments;
    std::vector<std::string> environment = merged_environment(command.environment);
    pid_t pid = 0;
    const int error =
        ::posix_spawnp(&pid, arguments.front().c_str(), actions, &settings.attributes,
                       pointers_to(arguments).data(), pointers_to(environment).data());
    if (error != 0) {
        return fail(ErrorCode::unavailable,
                    text::format("cannot start {}: {}", arguments.front(), std::strerror(error)));
    }
    return pid;
}

/// Waits for the child's end.
Exit reap_child(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFSIGNALED(status) ? Exit{WTERMSIG(status), true} : Exit{WEXITSTATUS(status), false};
}

/// A descriptor of the child that has just been started; if the system refuses one, the child is
/// ended.
Result<Fd> handle_of(pid_t pid) {
    Fd handle(::pidfd_open(pid, 0));
    if (!handle) {
        const Error error =
            fail(ErrorCode::internal, text::format("pidfd_open: {}", std::strerror(errno)));
        ::kill(pid, SIGKILL);
        reap_child(pid);
        return error;
    }
    return handle;
}

/// One captured stream of a child.
struct Capture {
    Fd fd;
    std::string text;
};

/// Takes what there is; false when more came than allowed.
bool drain(Capture& capture, std::size_t bytes_max) {
    std::array<char, 16384> buffer{};
    for (;;) {
        const ssize_t size = ::read(capture.fd.get(), buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size < 0 && errno == EAGAIN) {
            return true;
        }
        if (size <= 0) {
            capture.fd.reset();
            return true;
        }
        if (capture.text.size() + static_cast<std::size_t>(size) > bytes_max) {
            return false;
        }
        capture.text.append(buffer.data(), static_cast<std::size_t>(size));
    }
}

/// Reads both streams until the child has ended. What its own children write later is not waited
/// for.
Status capture_until_exit(const Fd& handle, std::array<Capture, 2>& captures, RunLimits limits) {
    const Instant deadline = steady_now() + limits.time;
    for (bool ended = false; !ended;) {
        const Duration left = deadline - steady_now();
        if (left <= 0s) {
            return fail(ErrorCode::timed_out,
                        text::format("ran longer than {} ms", limits.time.count() / 1000));
        }
        // poll() ignores the negative descriptor of a stream that has ended.
        std::array<pollfd, 3> polled{{{handle.get(), POLLIN, 0},
                                      {captures[0].fd.get(), POLLIN, 0},
                                      {captures[1].fd.get(), POLLIN, 0}}};
        const auto wait_ms = std::min<std::int64_t>(left.count() / 1000 + 1, 60'000);
        ::poll(polled.data(), polled.size(), static_cast<int>(wait_ms));
        ended = polled[0].revents != 0;
        for (Capture& capture : captures) {
            if (capture.fd && !drain(capture, limits.output_bytes_max)) {
                return fail(ErrorCode::full,
                            text::format("wrote more than {} bytes", limits.output_bytes_max));
            }
        }
    }
    return Done{};
}

}  // namespace

Result<std::unique_ptr<Process>> Process::start(Loop& loop, const Command& command,
                                                std::function<void(Exit)> on_exit) {
    const Result<pid_t> pid = spawn(command, {});
    if (!pid) {
        return pid.error();
    }
    Result<Fd> handle = handle_of(*pid);
    if (!handle) {
        return handle.error();
    }
    auto process = std::make_unique<Process>(loop, *pid, std::move(handle.value()));
    auto ended = [self = process.get(), call = std::move(on_exit)](std::uint32_t) {
        call(self->reap());
    };
    loop.watch(process->handle_.get(), EPOLLIN, std::move(ended));
    return process;
}

Process::Process(Loop& loop, pid_t pid, Fd handle)
    : loop_(loop), pid_(pid), handle_(std::move(handle)) {
}

Process::~Process() {
    if (handle_) {
        loop_.unwatch(handle_.get());
    }
}

void Process::signal(int number) {
    if (handle_) {
        ::pidfd_send_signal(handle_.get(), number, nullptr, 0);
    }
}

Exit Process::reap() {
    loop_.unwatch(handle_.get());
    handle_.reset();
    return reap_child(pid_);
}

Result<Output> run_program(const Command& command) {
    return run_program(command, RunLimits{});
}

Result<Output> run_program(const Command& command, RunLimits limits) {
    std::array<Capture, 2> captures;
    std::array<Fd, 2> child_ends;
    for (std::size_t i = 0; i < captures.size(); ++i) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            return fail(ErrorCode::internal, text::format("pipe: {}", std::strerror(errno)));
        }
        captures.at(i).fd = Fd(ends[0]);
        child_ends.at(i) = Fd(ends[1]);
        ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    }
    const Result<pid_t> pid = spawn(command, {child_ends[0].get(), child_ends[1].get()});
    child_ends = {};
    if (!pid) {
        return pid.error();
    }
    const Result<Fd> handle = handle_of(*pid);
    if (!handle) {
        return handle.error();
    }
    const Status status = capture_until_exit(*handle, captures, limits);
    if (!status) {
        // The child leads its session's first process group; it is not reaped yet, so the number
        // is still its own.
        ::kill(-*pid, SIGKILL);
        reap_child(*pid);
        return fail(status.error().code,
                    text::format("{} {}", command.arguments.front(), status.error().text));
    }
    return Output{reap_child(*pid), std::move(captures[0].text), std::move(captures[1].text)};
}

}  // namespace linka::runtime
