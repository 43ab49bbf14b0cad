#include "linka/runtime/seqpacket.hpp"

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace linka::runtime {
namespace {

/// A directory that goes away with the test.
class Seqpacket : public ::testing::Test {
  protected:
    Seqpacket() {
        std::string pattern = ::testing::TempDir() + "linka-seqpacket-XXXXXX";
        directory_ = ::mkdtemp(pattern.data());
    }
    ~Seqpacket() override { std::filesystem::remove_all(directory_); }

    [[nodiscard]] std::string path() const { return directory_ + "/s"; }

    void step_until(const std::function<bool()>& done) {
        for (int i = 0; i < 1000 && !done(); ++i) {
            loop_.step(10ms);
        }
        EXPECT_TRUE(done());
    }

    static std::pair<Fd, Fd> socket_pair() {
        std::array<int, 2> ends{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends.data()), 0);
        return {Fd(ends[0]), Fd(ends[1])};
    }

    std::string directory_;
    Loop loop_;
};

TEST_F(Seqpacket, connects_and_carries_packets_both_ways) {
    auto listening = listen_seqpacket(path());
    ASSERT_TRUE(listening.ok()) << listening.error().text;
    struct stat status {};
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);

    std::unique_ptr<SeqpacketPeer> server;
    bool closed = false;
    const SeqpacketListener listener(loop_, std::move(listening.value()), [&](Fd fd) {
        server = std::make_unique<SeqpacketPeer>(
            loop_, std::move(fd),
            [&](std::string_view packet) {
                EXPECT_TRUE(server->send("re: " + std::string(packet)));
            },
            [&] { closed = true; });
    });
    std::vector<std::string> answers;
    auto connected = connect_seqpacket(path());
    ASSERT_TRUE(connected.ok()) << connected.error().text;
    std::optional<SeqpacketPeer> client;
    client.emplace(
        loop_, std::move(connected.value()),
        [&](std::string_view packet) { answers.emplace_back(packet); }, [] { ADD_FAILURE(); });
    EXPECT_TRUE(client->send("one"));
    EXPECT_TRUE(client->send(std::string(100'000, 'x')));
    EXPECT_FALSE(client->send(""));
    EXPECT_FALSE(client->send(std::string(200'000, 'x')));
    step_until([&] { return answers.size() == 2; });
    EXPECT_EQ(answers.at(0), "re: one");
    EXPECT_EQ(answers.at(1).size(), 100'004U);
    client.reset();
    step_until([&] { return closed; });
    EXPECT_FALSE(server->send("too late"));
}

TEST_F(Seqpacket, queues_for_a_slow_reader_up_to_its_bound) {
    auto [near, far] = socket_pair();
    SeqpacketPeer sender(
        loop_, std::move(near), [](std::string_view) {}, [] {}, {.queue_max = 8});
    int accepted = 0;
    while (sender.send(std::to_string(accepted) + std::string(50'000, ' '))) {
        ++accepted;
        ASSERT_LT(accepted, 1000);
    }
    EXPECT_EQ(sender.queued(), 8U);
    int received = 0;
    const SeqpacketPeer receiver(
        loop_, std::move(far),
        [&](std::string_view packet) {
            EXPECT_EQ(packet.substr(0, packet.find(' ')), std::to_string(received));
            ++received;
        },
        [] {});
    step_until([&] { return received == accepted; });
    EXPECT_EQ(sender.queued(), 0U);
    EXPECT_TRUE(sender.send("goes through again"));
}

TEST_F(Seqpacket, delivers_what_was_sent_before_the_close) {
    auto [near, far] = socket_pair();
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(::send(far.get(), "x", 1, 0), 1);
    }
    far.reset();
    int received = 0;
    int closed = 0;
    const SeqpacketPeer peer(
        loop_, std::move(near), [&](std::string_view) { ++received; },
        [&] {
            EXPECT_EQ(received, 100);
            ++closed;
        });
    step_until([&] { return closed == 1; });
    loop_.step(0ms);
    EXPECT_EQ(closed, 1);
}

TEST_F(Seqpacket, is_told_that_the_other_end_is_gone_by_the_close_alone) {
    auto [near, far] = socket_pair();
    bool closed = false;
    SeqpacketPeer peer(
        loop_, std::move(near), [](std::string_view) {}, [&] { closed = true; });
    far.reset();
    EXPECT_TRUE(peer.send("nobody reads this"));
    EXPECT_FALSE(closed) << "never from within send()";
    step_until([&] { return closed; });
    EXPECT_FALSE(peer.send("nor this"));
}

TEST_F(Seqpacket, closes_on_a_packet_that_is_too_large) {
    auto [near, far] = socket_pair();
    bool closed = false;
    const SeqpacketPeer peer(
        loop_, std::move(near), [](std::string_view) { ADD_FAILURE(); }, [&] { closed = true; },
        {.packet_bytes_max = 10});
    ASSERT_EQ(::send(far.get(), "12345678901", 11, 0), 11);
    step_until([&] { return closed; });
}

TEST_F(Seqpacket, may_be_destroyed_by_its_own_callbacks) {
    auto [near, far] = socket_pair();
    std::unique_ptr<SeqpacketPeer> peer;
    peer = std::make_unique<SeqpacketPeer>(
        loop_, std::move(near), [&](std::string_view) { peer.reset(); }, [] { ADD_FAILURE(); });
    ASSERT_EQ(::send(far.get(), "a", 1, 0), 1);
    ASSERT_EQ(::send(far.get(), "b", 1, 0), 1);
    step_until([&] { return peer == nullptr; });

    auto [second_near, second_far] = socket_pair();
    peer = std::make_unique<SeqpacketPeer>(
        loop_, std::move(second_near), [](std::string_view) {}, [&] { peer.reset(); });
    second_far.reset();
    step_until([&] { return peer == nullptr; });
}

TEST_F(Seqpacket, replaces_only_a_socket_that_nobody_listens_on) {
    {
        const auto first = listen_seqpacket(path());
        ASSERT_TRUE(first.ok());
        const auto second = listen_seqpacket(path());
        ASSERT_FALSE(second.ok());
        EXPECT_EQ(second.error().code, ErrorCode::conflict);
    }
    const auto gone = connect_seqpacket(path());
    ASSERT_FALSE(gone.ok());
    EXPECT_EQ(gone.error().code, ErrorCode::unavailable);
    EXPECT_TRUE(listen_seqpacket(path()).ok());

    std::filesystem::remove(path());
    std::filesystem::create_directory(path());
    const auto refused = listen_seqpacket(path());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
}

TEST_F(Seqpacket, reaches_paths_longer_than_an_address) {
    const std::string deep = directory_ + "/" + std::string(150, 'd');
    std::filesystem::create_directory(deep);
    const auto listening = listen_seqpacket(deep + "/s");
    ASSERT_TRUE(listening.ok()) << listening.error().text;
    EXPECT_TRUE(connect_seqpacket(deep + "/s").ok());
}

}  // namespace
}  // namespace linka::runtime
