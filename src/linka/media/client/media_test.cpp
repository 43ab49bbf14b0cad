// The client against real workers: starting, losing and adopting them.
#include "linka/media/client/media.hpp"

#include "linka/base/text.hpp"
#include "linka/media/testing/test_peer.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/heartbeat.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <unistd.h>

namespace linka::media {
namespace {

using testing::TestPeer;

class MediaClientTest : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "linka-client-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        directory = pattern;
        start();
        ASSERT_TRUE(wait([this] { return ready; }));
    }
    void TearDown() override {
        media.reset();
        for (const pid_t pid : workers()) {
            ::kill(pid, SIGKILL);
        }
        std::filesystem::remove_all(directory);
    }

    void start() {
        const auto own = std::filesystem::read_symlink("/proc/self/exe");
        Options options;
        options.program = (own.parent_path() / "linka-media").string();
        options.directory = directory;
        options.prompts = (own.parent_path() / "prompts").string();
        options.workers = 2;
        options.port_low = 40000 + ::getpid() % 900 * 10;
        options.port_high = options.port_low + 399;
        ready = false;
        Events events;
        events.notice = [this](const Notice& notice) { notices.push_back(notice); };
        events.lost = [this](const std::vector<LegId>& legs) { lost = legs; };
        events.ready = [this](const Found& living) {
            ready = true;
            found = living.legs;
            playing = living.playing;
        };
        media = start_media(loop, options, std::move(events));
    }

    bool wait(const std::function<bool()>& done) {
        const Instant end = runtime::steady_now() + 10s;
        while (!done()) {
            if (runtime::steady_now() > end) {
                return false;
            }
            loop.step(10ms);
        }
        return true;
    }

    Reply open(LegId leg, LegId near, const TestPeer& peer) {
        LegOpen request;
        request.leg = leg;
        request.offer = peer.description();
        request.address = "127.0.0.1";
        std::optional<Reply> reply;
        media->open(request, near, [&](const Reply& got) { reply = got; });
        (void)wait([&] { return reply.has_value(); });
        return reply.value_or(Reply{});
    }

    template <typename T>
    Reply ask(T request) {
        std::optional<Reply> reply;
        media->send(request, [&](const Reply& got) { reply = got; });
        (void)wait([&] { return reply.has_value(); });
        return reply.value_or(Reply{});
    }

    // Process ids of the workers of this test, found by their socket's path.
    std::vector<pid_t> workers() const { return processes("media-"); }
    // That of one of them; 0: it does not run.
    pid_t worker(const std::string& name) const {
        const std::vector<pid_t> found_pids = processes(name + ".sock");
        return found_pids.empty() ? 0 : found_pids.front();
    }
    std::vector<pid_t> processes(const std::string& socket) const {
        std::vector<pid_t> found_pids;
        for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
            const auto pid = text::to_int(entry.path().filename().string());
            std::ifstream file(entry.path() / "cmdline");
            // Reading fails for a process that ends at this moment, which getline() does not throw.
            std::string line;
            std::getline(file, line);
            if (pid && line.find(directory + "/" + socket) != std::string::npos) {
                found_pids.push_back(static_cast<pid_t>(*pid));
            }
        }
        return found_pids;
    }

    runtime::Loop loop;
    std::string directory;
    std::unique_ptr<Media> media;
    bool ready = false;
    std::vector<LegId> playing;
    std::vector<LegId> found;
    std::vector<LegId> lost;
    std::vector<Notice> notices;
};

TEST_F(MediaClientTest, SpreadsLegsAndKeepsNearOnesTogether) {
    TestPeer peer(Codec::pcma, 500.0);
    EXPECT_EQ(open(1, 0, peer).error, "");
    EXPECT_EQ(open(2, 0, peer).error, "");
    EXPECT_EQ(open(3, 1, peer).error, "");
    EXPECT_EQ(ask(Connect{.a = 1, .b = 3}).error, "");
    EXPECT_EQ(ask(Connect{.a = 1, .b = 2}).error, "no_leg");  // on the other worker
    EXPECT_EQ(ask(Close{.leg = 2}).error, "");
    EXPECT_EQ(ask(Close{.leg = 2}).error, "no_leg");
}

// What /healthz looks at.
TEST_F(MediaClientTest, TellsWhichWorkerDoesNotAnswer) {
    const auto beat = [](const std::string& name) {
        for (const runtime::Heartbeat::State& each : runtime::heartbeats()) {
            if (each.name == name) {
                EXPECT_EQ(each.of, runtime::Heartbeat::Of::process);
                return each.at;
            }
        }
        ADD_FAILURE() << name << " is not watched";
        return Instant{};
    };
    const pid_t silent = worker("media-1");
    ASSERT_GT(silent, 0);
    ASSERT_EQ(::kill(silent, SIGSTOP), 0);
    // An answer may have been on its way; whatever is asked from now on is not answered.
    const Instant stopped = runtime::steady_now();
    EXPECT_TRUE(wait([&] { return beat("media-0") > stopped + 1s; }));
    EXPECT_LT(beat("media-1"), stopped + 500ms);
    ASSERT_EQ(::kill(silent, SIGCONT), 0);
    EXPECT_TRUE(wait([&] { return beat("media-1") > stopped + 1s; }));
    media->detach();
    for (const runtime::Heartbeat::State& each : runtime::heartbeats()) {
        EXPECT_NE(each.of, runtime::Heartbeat::Of::process) << "whom we left is not watched";
    }
    start();
    EXPECT_TRUE(wait([this] { return ready; }));
}

TEST_F(MediaClientTest, RefusesWhatItDoesNotHave) {
    EXPECT_EQ(ask(Close{.leg = 99}).error, "no_leg");
    EXPECT_EQ(ask(RecordStop{.recording = 99}).error, "no_leg");
}

TEST_F(MediaClientTest, NextServerAdoptsTheLegs) {
    TestPeer peer(Codec::pcma, 500.0);
    EXPECT_EQ(open(1, 0, peer).error, "");
    EXPECT_EQ(open(2, 0, peer).error, "");
    Play play;
    play.leg = 2;
    play.play = 7;
    play.items = {{"tone", "ringback", ""}};
    play.loop = true;
    EXPECT_EQ(ask(play).error, "");
    media->detach();
    media.reset();
    start();
    ASSERT_TRUE(wait([this] { return ready; }));
    EXPECT_EQ(playing, std::vector<LegId>{2});
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, (std::vector<LegId>{1, 2}));
    EXPECT_EQ(ask(Close{.leg = 1}).error, "");
    EXPECT_EQ(ask(Close{.leg = 2}).error, "");
}

TEST_F(MediaClientTest, TellsWhichLegsDiedWithTheirWorkerAndStartsAnother) {
    TestPeer peer(Codec::pcma, 500.0);
    EXPECT_EQ(open(1, 0, peer).error, "");
    EXPECT_EQ(open(2, 0, peer).error, "");
    const auto before = workers();
    ASSERT_EQ(before.size(), 2U);
    for (const pid_t pid : before) {
        ::kill(pid, SIGKILL);
    }
    ASSERT_TRUE(wait([this] { return !lost.empty(); }));
    EXPECT_TRUE(lost == std::vector<LegId>{1} || lost == std::vector<LegId>{2});
    ASSERT_TRUE(wait([&] { return open(3, 0, peer).error.empty(); }));
    EXPECT_EQ(ask(Close{.leg = 3}).error, "");
}

TEST_F(MediaClientTest, CallsWhatItAskedADeadWorkerLost) {
    TestPeer peer(Codec::pcma, 500.0);
    for (const pid_t pid : workers()) {
        ::kill(pid, SIGKILL);
    }
    const Instant end = runtime::steady_now() + 10s;
    while (!workers().empty() && runtime::steady_now() < end) {
        // The loop stands still: nobody has noticed when the worker is asked.
    }
    ASSERT_TRUE(workers().empty());
    EXPECT_EQ(open(1, 0, peer).error, "lost") << "so that the leg is opened again elsewhere";
    ASSERT_TRUE(wait([&] { return open(1, 0, peer).error.empty(); }));
    EXPECT_EQ(ask(Close{.leg = 1}).error, "");
}

}  // namespace
}  // namespace linka::media
