#include "linka/runtime/process.hpp"

#include "linka/runtime/clock.hpp"

#include <csignal>
#include <memory>
#include <optional>

#include <gtest/gtest.h>
#include <unistd.h>

namespace linka::runtime {
namespace {

Command shell(std::string script) {
    return {.arguments = {"sh", "-c", std::move(script)}, .environment = {}, .directory = {}};
}

std::optional<Exit> wait_for(Loop& loop, const std::optional<Exit>& exit) {
    for (int i = 0; i < 1000 && !exit; ++i) {
        loop.step(10ms);
    }
    return exit;
}

TEST(Process, reports_how_a_child_ended_and_may_be_destroyed_then) {
    Loop loop;
    std::optional<Exit> exit;
    std::unique_ptr<Process> process;
    auto started = Process::start(loop, shell("exit 3"), [&](Exit how) {
        exit = how;
        process.reset();
    });
    ASSERT_TRUE(started.ok()) << started.error().text;
    process = std::move(started.value());
    const auto ended = wait_for(loop, exit);
    ASSERT_TRUE(ended.has_value());
    EXPECT_EQ(ended->code, 3);
    EXPECT_FALSE(ended->by_signal);
    EXPECT_EQ(process, nullptr);
}

TEST(Process, starts_a_session_of_its_own_and_can_be_signalled) {
    Loop loop;
    std::optional<Exit> exit;
    auto started = Process::start(loop, shell("exec sleep 60"), [&](Exit how) { exit = how; });
    ASSERT_TRUE(started.ok()) << started.error().text;
    Process& process = *started.value();
    EXPECT_EQ(::getsid(process.pid()), process.pid());
    process.signal(SIGTERM);
    const auto ended = wait_for(loop, exit);
    ASSERT_TRUE(ended.has_value());
    EXPECT_EQ(ended->code, SIGTERM);
    EXPECT_TRUE(ended->by_signal);
    process.signal(SIGTERM);  // to nobody
}

TEST(Process, says_when_a_program_cannot_be_started) {
    Loop loop;
    const Command missing{.arguments = {"/nowhere/linka"}, .environment = {}, .directory = {}};
    const auto started = Process::start(loop, missing, [](Exit) { ADD_FAILURE(); });
    ASSERT_FALSE(started.ok());
    EXPECT_EQ(started.error().code, ErrorCode::unavailable);
    EXPECT_NE(started.error().text.find("/nowhere/linka"), std::string::npos);
}

TEST(RunProgram, captures_both_streams_environment_and_directory) {
    Command command = shell("echo $LINKA_TEST; pwd >&2; cat; exit 4");
    command.environment = {"LINKA_TEST=a b"};
    command.directory = "/usr";
    const auto output = run_program(command);
    ASSERT_TRUE(output.ok()) << output.error().text;
    EXPECT_EQ(output->out, "a b\n");
    EXPECT_EQ(output->err, "/usr\n");
    EXPECT_EQ(output->exit.code, 4);
    EXPECT_FALSE(output->exit.ok());
}

TEST(RunProgram, passes_no_descriptor_on) {
    const int leaked = ::dup(STDERR_FILENO);  // without close-on-exec, as libraries do it
    const auto output = run_program(shell("for fd in /proc/self/fd/*; do echo ${fd##*/}; done"));
    ::close(leaked);
    ASSERT_TRUE(output.ok());
    // The shell opens one for its own listing of the directory.
    EXPECT_EQ(output->out.substr(0, 6), "0\n1\n2\n");
    EXPECT_LE(output->out.size(), 9U) << output->out;
}

TEST(RunProgram, kills_what_takes_too_long_or_writes_too_much) {
    const Instant start = steady_now();
    const auto slow = run_program(shell("sleep 60 & sleep 60"), {.time = 50ms});
    ASSERT_FALSE(slow.ok());
    EXPECT_EQ(slow.error().code, ErrorCode::timed_out);
    const auto large = run_program(shell("yes"), {.output_bytes_max = 100'000});
    ASSERT_FALSE(large.ok());
    EXPECT_EQ(large.error().code, ErrorCode::full);
    EXPECT_LT(steady_now() - start, 10s);
}

TEST(RunProgram, does_not_wait_for_what_the_program_leaves_behind) {
    const Instant start = steady_now();
    const auto output = run_program(shell("sleep 5 & echo done"));
    ASSERT_TRUE(output.ok()) << output.error().text;
    EXPECT_EQ(output->out, "done\n");
    EXPECT_LT(steady_now() - start, 4s);
}

}  // namespace
}  // namespace linka::runtime
