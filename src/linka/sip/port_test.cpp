// The end of the port and of its thread.
#include "linka/sip/port.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace linka::sip::testing {
namespace {

bool sip_thread_runs() {
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream file(entry.path() / "comm");
        std::string name;
        std::getline(file, name);
        if (name == "linka-sip") {
            return true;
        }
    }
    return false;
}

bool comes_soon(const std::function<bool()>& condition) {
    const Instant until = runtime::steady_now() + 5s;
    while (!condition() && runtime::steady_now() < until) {
        std::this_thread::yield();
    }
    return condition();
}

TEST(SipPort, a_thread_that_hangs_is_left_behind) {
    // Its certificate is a pipe: it is read for as long as somebody has it open to write to.
    const std::filesystem::path directory =
        std::filesystem::temp_directory_path() / text::format("linka-sip-port-{}", ::getpid());
    std::filesystem::create_directories(directory);
    const std::string pipe = (directory / "agent.pem").string();
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    Options options;
    options.listen.port = 0;
    options.listen.tls_port = -1;
    options.listen.tls_directory = directory.string();
    auto started = start_port(options, {}, {}, {});
    ASSERT_TRUE(started.ok()) << started.error().text;
    std::unique_ptr<Port> port = std::move(*started);
    ASSERT_TRUE(port->send(ReloadCertificate{}));
    int held = -1;
    ASSERT_TRUE(comes_soon([&] {
        held = held < 0 ? ::open(pipe.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC) : held;
        return held >= 0;
    })) << "the thread has begun to read";
    // The port waits 5 s for its thread.
    auto end = std::async(std::launch::async, [&] { port.reset(); });
    EXPECT_EQ(end.wait_for(std::chrono::seconds(15)), std::future_status::ready);
    EXPECT_TRUE(sip_thread_runs());
    // Once it goes on it ends by itself, and finds what it needs for that.
    ::close(held);
    end.wait();
    EXPECT_TRUE(comes_soon([] { return !sip_thread_runs(); }));
    std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace linka::sip::testing
