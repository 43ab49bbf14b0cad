// Recordings of whole calls through the worker program, and what is left when it or its server
// dies.
#include "linka/media/testing/heard_file.hpp"
#include "linka/media/testing/worker_test_base.hpp"
#include "linka/runtime/process.hpp"

#include <filesystem>

namespace linka::media {
namespace {

using testing::decode_with_ffmpeg;
using testing::HeardFile;
using testing::root_mean_square;
using testing::TestPeer;
using testing::tone_share;

class RecordCallTest : public testing::WorkerTestBase {
  protected:
    Record record(RecordingId id, LegId left, LegId right) const {
        Record request;
        request.recording = id;
        request.file = file();
        request.left = left;
        request.right = right;
        return request;
    }
    [[nodiscard]] std::string file() const { return worker.directory + "/call.opus"; }
    RecordDone recorded() {
        EXPECT_TRUE(worker.wait([this] { return !worker.noticed<RecordDone>().empty(); }));
        const auto done = worker.noticed<RecordDone>();
        return done.empty() ? RecordDone{} : done[0];
    }
};

TEST_F(RecordCallTest, EachSideOnItsChannelThroughTransferAndPause) {
    TestPeer customer(Codec::pcma, 500.0);
    TestPeer agent(Codec::pcma, 1250.0);
    TestPeer second(Codec::pcmu, 2000.0);
    open(1, customer);
    open(2, agent);
    open(3, second);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    ASSERT_EQ(worker.ask(record(9, 1, 2)).error, "");
    const Instant start = runtime::steady_now();
    const std::vector<TestPeer*> all = {&customer, &agent, &second};
    talk(all, 50);  // 0 to 1 s: customer and agent
    ASSERT_EQ(worker.ask(RecordPause{.recording = 9, .on = true}).error, "");
    talk(all, 50);  // 1 to 2 s: a card number
    ASSERT_EQ(worker.ask(RecordPause{.recording = 9, .on = false}).error, "");
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 3}).error, "");
    ASSERT_EQ(worker.ask(record(9, 1, 3)).error, "");
    ASSERT_EQ(worker.ask(Hello{}).recordings, std::vector<RecordingId>{9});
    talk(all, 50);  // 2 to 3 s: customer and the second agent
    ASSERT_EQ(worker.ask(RecordStop{.recording = 9}).error, "");
    const double lasted = static_cast<double>((runtime::steady_now() - start).count()) / 1e6;
    const RecordDone done = recorded();
    EXPECT_EQ(done.recording, 9);
    EXPECT_EQ(done.error, "");
    EXPECT_EQ(done.file, file());
    EXPECT_EQ(done.bytes, static_cast<std::int64_t>(std::filesystem::file_size(file())));
    EXPECT_NEAR(static_cast<double>(done.duration.count()) / 1e6, lasted, 0.05);
    const HeardFile heard = decode_with_ffmpeg(file());
    EXPECT_EQ(heard.channels, 2);
    EXPECT_NEAR(heard.seconds, lasted, 0.1);
    EXPECT_GT(tone_share(heard.part(heard.left, 0.1, 0.9), 500.0, 48000), 0.9);
    EXPECT_GT(tone_share(heard.part(heard.right, 0.1, 0.9), 1250.0, 48000), 0.9);
    EXPECT_LT(root_mean_square(heard.part(heard.left, 1.2, 1.9)), 60.0);
    EXPECT_LT(root_mean_square(heard.part(heard.right, 1.2, 1.9)), 60.0);
    EXPECT_GT(tone_share(heard.part(heard.left, 2.2, 2.9), 500.0, 48000), 0.9);
    EXPECT_GT(tone_share(heard.part(heard.right, 2.2, 2.9), 2000.0, 48000), 0.9);
    EXPECT_EQ(worker.ask(RecordRelease{.recording = 9}).error, "");
    EXPECT_TRUE(std::filesystem::is_empty(worker.directory + "/spool"));
}

// A server may die between hearing of a recording's end and keeping it.
TEST_F(RecordCallTest, EndIsToldUntilItIsReleased) {
    TestPeer customer(Codec::pcma, 500.0);
    TestPeer agent(Codec::pcma, 1250.0);
    open(1, customer);
    open(2, agent);
    ASSERT_EQ(worker.ask(record(9, 1, 2)).error, "");
    talk({&customer, &agent}, 10);
    ASSERT_EQ(worker.ask(RecordStop{.recording = 9}).error, "");
    const RecordDone done = recorded();
    worker.hang_up();
    worker.notices.clear();
    worker.connect();
    ASSERT_EQ(worker.ask(Hello{}).error, "");
    EXPECT_EQ(recorded().bytes, done.bytes) << "told again to the next server";
    ASSERT_EQ(worker.ask(RecordRelease{.recording = 9}).error, "");
    EXPECT_EQ(worker.ask(RecordRelease{.recording = 9}).error, "") << "as often as one likes";
    worker.hang_up();
    worker.notices.clear();
    worker.connect();
    ASSERT_EQ(worker.ask(Hello{}).error, "");
    worker.run_for(100ms);
    EXPECT_TRUE(worker.noticed<RecordDone>().empty());
}

TEST_F(RecordCallTest, WidebandCallsAreRecordedWide) {
    TestPeer customer(Codec::opus, 500.0);
    TestPeer agent(Codec::g722, 5500.0);
    open(1, customer);
    open(2, agent);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    ASSERT_EQ(worker.ask(record(9, 1, 2)).error, "");
    talk({&customer, &agent}, 50);
    ASSERT_EQ(worker.ask(RecordStop{.recording = 9}).error, "");
    EXPECT_EQ(recorded().error, "");
    const HeardFile heard = decode_with_ffmpeg(file());
    EXPECT_GT(tone_share(heard.part(heard.left, 0.2, 0.9), 500.0, 48000), 0.9);
    EXPECT_GT(tone_share(heard.part(heard.right, 0.2, 0.9), 5500.0, 48000), 0.9);
}

TEST_F(RecordCallTest, CallAndRecordingOutliveTheServer) {
    TestPeer customer(Codec::pcma, 500.0);
    TestPeer agent(Codec::pcma, 1250.0);
    open(1, customer);
    open(2, agent);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    ASSERT_EQ(worker.ask(record(9, 1, 2)).error, "");
    talk({&customer, &agent}, 25);
    worker.hang_up();
    customer.forget();
    talk({&customer, &agent}, 50);
    EXPECT_GT(customer.hears(1250.0), 0.9);
    EXPECT_EQ(customer.gaps, 0);
    customer.press('4', 1, false);  // arises while nobody listens
    talk({&customer, &agent}, 5);
    ASSERT_TRUE(worker.running());
    worker.notices.clear();
    worker.connect();
    const Reply hello = worker.ask(Hello{});
    EXPECT_EQ(hello.legs, (std::vector<LegId>{1, 2}));
    EXPECT_EQ(hello.recordings, std::vector<RecordingId>{9});
    talk({&customer, &agent}, 25);
    const auto digits = worker.noticed<Dtmf>();
    ASSERT_EQ(digits.size(), 1U);
    EXPECT_EQ(digits[0].digit, "4");
    EXPECT_EQ(worker.ask(Close{.leg = 1}).error, "");
    EXPECT_EQ(worker.ask(Close{.leg = 2}).error, "");
    EXPECT_EQ(worker.ask(RecordStop{.recording = 9}).error, "");
    EXPECT_EQ(recorded().error, "");
    EXPECT_GT(decode_with_ffmpeg(file()).seconds, 2.0);
}

TEST_F(RecordCallTest, NextWorkerFinishesWhatAKilledOneLeft) {
    TestPeer customer(Codec::pcma, 500.0);
    TestPeer agent(Codec::pcma, 1250.0);
    open(1, customer);
    open(2, agent);
    ASSERT_EQ(worker.ask(Connect{.a = 1, .b = 2}).error, "");
    ASSERT_EQ(worker.ask(record(9, 1, 2)).error, "");
    talk({&customer, &agent}, 75);
    worker.kill();
    worker.notices.clear();
    worker.start();
    worker.connect();
    EXPECT_TRUE(worker.ask(Hello{}).legs.empty());
    const RecordDone done = recorded();
    EXPECT_EQ(done.recording, 9);
    EXPECT_EQ(done.error, "");
    EXPECT_NEAR(static_cast<double>(done.duration.count()) / 1e6, 1.5, 0.1);
    const HeardFile heard = decode_with_ffmpeg(file());
    EXPECT_NEAR(heard.seconds, 1.5, 0.1);
    EXPECT_GT(tone_share(heard.part(heard.left, 0.1, 1.3), 500.0, 48000), 0.9);
    EXPECT_GT(tone_share(heard.part(heard.right, 0.1, 1.3), 1250.0, 48000), 0.9);
    EXPECT_EQ(worker.ask(RecordRelease{.recording = 9}).error, "");
    EXPECT_TRUE(std::filesystem::is_empty(worker.directory + "/spool"));
}

TEST_F(RecordCallTest, SpoolCanBeFinishedByHandAndIsStillTold) {
    TestPeer customer(Codec::pcma, 500.0);
    open(1, customer);
    ASSERT_EQ(worker.ask(record(9, 1, 0)).error, "");
    talk({&customer}, 30);
    worker.kill();
    const auto own = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    const auto finished =
        runtime::run_program({.arguments = {(own / "linka-media").string(), "--finish-spool",
                                            worker.directory + "/spool"},
                              .environment = {},
                              .directory = {}});
    ASSERT_TRUE(finished.ok());
    EXPECT_TRUE(finished->exit.ok());
    EXPECT_NE(finished->out.find("done"), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(file()));
    worker.notices.clear();
    worker.start();
    worker.connect();
    EXPECT_EQ(worker.ask(Hello{}).error, "");
    EXPECT_EQ(recorded().recording, 9);
}

TEST_F(RecordCallTest, EmptyRecordingIsAFile) {
    TestPeer customer(Codec::pcma, 500.0);
    open(1, customer);
    ASSERT_EQ(worker.ask(record(9, 1, 0)).error, "");
    ASSERT_EQ(worker.ask(RecordStop{.recording = 9}).error, "");
    EXPECT_EQ(recorded().error, "");
    EXPECT_EQ(decode_with_ffmpeg(file()).channels, 2);
}

TEST_F(RecordCallTest, FileThatCannotBeMadeIsSaid) {
    TestPeer customer(Codec::pcma, 500.0);
    open(1, customer);
    Record request = record(9, 1, 0);
    request.file = worker.directory + "/missing/call.opus";
    ASSERT_EQ(worker.ask(request).error, "");
    talk({&customer}, 5);
    ASSERT_EQ(worker.ask(RecordStop{.recording = 9}).error, "");
    EXPECT_NE(recorded().error, "");
    EXPECT_FALSE(std::filesystem::is_empty(worker.directory + "/spool"));  // nothing is lost
}

TEST_F(RecordCallTest, WorkerEndsWithoutServerAndCalls) {
    worker.hang_up();
    EXPECT_TRUE(worker.wait([this] { return !worker.running(); }));
}

TEST(WorkerLife, LingersForItsCallsOnly) {
    testing::TestWorker worker;
    worker.start(1);
    worker.connect();
    ASSERT_EQ(worker.ask(Hello{}).error, "");
    LegOpen request;
    request.leg = 1;
    request.address = "127.0.0.1";
    ASSERT_EQ(worker.ask(request).error, "");
    worker.hang_up();
    worker.run_for(600ms);
    EXPECT_TRUE(worker.running());
    EXPECT_TRUE(worker.wait([&] { return !worker.running(); }, 3s));
}

TEST(WorkerLife, AnotherVersionIsRefused) {
    testing::TestWorker worker;
    worker.start();
    worker.connect();
    EXPECT_EQ(worker.ask(Close{.leg = 1}).error, "version");  // no hello yet
    Hello hello;
    hello.version = protocol_version + 1;
    EXPECT_EQ(worker.ask(hello).error, "version");
    EXPECT_EQ(worker.ask(Hello{}).error, "");
    EXPECT_EQ(worker.ask(Quit{}).error, "");
    EXPECT_TRUE(worker.wait([&] { return !worker.running(); }));
}

}  // namespace
}  // namespace linka::media
