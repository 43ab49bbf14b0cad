// What comes to watched sockets is taken once, whole and in order, and what is sent arrives,
// whether the kernel's ring or single calls carry it.
#include "linka/media/worker/rtp/datagrams.hpp"

#include "linka/base/text.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace linka::media {
namespace {

runtime::Fd udp(const char* address, int& port) {
    const auto local = *Endpoint::from(address, port);
    runtime::Fd fd(::socket(local.is_ipv6() ? AF_INET6 : AF_INET,
                            SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    EXPECT_EQ(::bind(fd.get(), local.address(), local.length()), 0);
    sockaddr_storage bound{};
    socklen_t length = sizeof bound;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface
    EXPECT_EQ(::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&bound), &length), 0);
    port = Endpoint(bound, length).port();
    return fd;
}

struct Socket {
    explicit Socket(const char* bound = "127.0.0.1")
        : address(bound), fd(udp(bound, port)), at(*Endpoint::from(bound, port)) {}
    void say(const std::string& text, const Endpoint& to) const {
        ASSERT_EQ(::sendto(fd.get(), text.data(), text.size(), 0, to.address(), to.length()),
                  static_cast<ssize_t>(text.size()));
    }
    // Empty: nothing is there.
    std::string hear(Endpoint* from = nullptr) const {
        std::string text(2048, '\0');
        sockaddr_storage sender{};
        socklen_t length = sizeof sender;
        const ssize_t got =
            ::recvfrom(fd.get(), text.data(), text.size(), MSG_DONTWAIT,
                       // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
                       reinterpret_cast<sockaddr*>(&sender), &length);
        text.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (from != nullptr) {
            *from = Endpoint(sender, length);
        }
        return text;
    }

    const char* address;
    int port = 0;
    runtime::Fd fd;
    Endpoint at;
};

std::span<const std::uint8_t> bytes(const std::string& text) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

class DatagramsTest : public ::testing::TestWithParam<Datagrams::Way> {
  protected:
    void watch(const Socket& socket) {
        datagrams.watch(socket.fd.get(), [this, &socket](const Datagram& datagram, Instant) {
            heard[socket.port].emplace_back(datagram.bytes.begin(), datagram.bytes.end());
            from[socket.port] = datagram.from;
            local[socket.port] = datagram.local;
        });
    }
    void run() {
        for (int i = 0; i < 20; ++i) {
            loop.step(0s);
        }
    }

    runtime::Loop loop;
    Datagrams datagrams{loop, GetParam()};
    // By port.
    std::map<int, std::vector<std::string>> heard;
    std::map<int, Endpoint> from;
    std::map<int, Endpoint> local;
};

TEST_P(DatagramsTest, GoesTheWayItWasTold) {
    const Socket ours;
    watch(ours);
    if (GetParam() == Datagrams::Way::one_by_one) {
        EXPECT_EQ(datagrams.way(), Datagrams::Way::one_by_one);
    } else if (datagrams.way() != GetParam()) {
        GTEST_SKIP() << "this kernel offers no ring";
    }
}

TEST_P(DatagramsTest, TakesWhatComesWholeInOrderAndWithItsSender) {
    const Socket ours;
    const Socket peer;
    watch(ours);
    peer.say("before the loop runs", ours.at);
    run();
    peer.say("later", ours.at);
    peer.say(std::string(datagram_bytes_max, 'x'), ours.at);
    peer.say("last", ours.at);
    run();
    const std::vector<std::string> expected = {"before the loop runs", "later",
                                               std::string(datagram_bytes_max, 'x'), "last"};
    EXPECT_EQ(heard[ours.port], expected);
    EXPECT_EQ(from[ours.port], peer.at);
    EXPECT_FALSE(local[ours.port].known());
}

TEST_P(DatagramsTest, PassesOverWhatIsTooLong) {
    const Socket ours;
    const Socket peer;
    watch(ours);
    peer.say(std::string(datagram_bytes_max + 1, 'x'), ours.at);
    peer.say("short", ours.at);
    run();
    std::erase(heard[ours.port], "");
    EXPECT_EQ(heard[ours.port], std::vector<std::string>{"short"});
}

TEST_P(DatagramsTest, SaysWhichAddressItWasSentTo) {
    const Socket ours("0.0.0.0");
    const Socket peer;
    tell_local(ours.fd.get(), false);
    watch(ours);
    peer.say("hello", *Endpoint::from("127.0.0.7", ours.port));
    run();
    EXPECT_EQ(local[ours.port], *Endpoint::from("127.0.0.7", 0));
}

TEST_P(DatagramsTest, SendsFromTheAddressThatIsAskedFor) {
    const Socket ours("0.0.0.0");
    const Socket peer;
    watch(ours);
    datagrams.send(ours.fd.get(), peer.at, bytes("he"), bytes("llo"),
                   *Endpoint::from("127.0.0.7", 0));
    datagrams.send(ours.fd.get(), peer.at, bytes("again"), {}, *Endpoint::from("::1", 0));
    run();
    Endpoint sender;
    EXPECT_EQ(peer.hear(&sender), "hello");
    EXPECT_EQ(sender, *Endpoint::from("127.0.0.7", ours.port));
    EXPECT_EQ(peer.hear(&sender), "again");
    EXPECT_EQ(sender, ours.at.is_unspecified() ? *Endpoint::from("127.0.0.1", ours.port) : ours.at);
}

TEST_P(DatagramsTest, TalksIpv6) {
    const Socket ours("::");
    const Socket peer("::1");
    tell_local(ours.fd.get(), true);
    watch(ours);
    peer.say("hello", *Endpoint::from("::1", ours.port));
    run();
    ASSERT_EQ(heard[ours.port], std::vector<std::string>{"hello"});
    EXPECT_EQ(local[ours.port], *Endpoint::from("::1", 0));
    datagrams.send(ours.fd.get(), from[ours.port], bytes("back"), {}, local[ours.port]);
    run();
    EXPECT_EQ(peer.hear(), "back");
}

// More than the ring has room for, of buffers to receive and of places to send.
TEST_P(DatagramsTest, LosesNothingWhenMuchComesAtOnce) {
    constexpr int sockets = 10;
    constexpr int each = 150;  // what a socket's buffer holds for sure
    std::vector<std::unique_ptr<Socket>> ours;
    std::vector<std::unique_ptr<Socket>> peers;
    for (int i = 0; i < sockets; ++i) {
        peers.push_back(std::make_unique<Socket>());
        ours.push_back(std::make_unique<Socket>());
        const Socket& one = *ours.back();
        // An echo.
        datagrams.watch(one.fd.get(), [this, &one](const Datagram& datagram, Instant) {
            datagrams.send(one.fd.get(), datagram.from, datagram.bytes, {});
        });
    }
    run();
    for (int i = 0; i < each; ++i) {
        for (std::size_t one = 0; one < ours.size(); ++one) {
            peers[one]->say(text::format("{}", i), ours[one]->at);
        }
    }
    run();
    for (const auto& peer : peers) {
        for (int i = 0; i < each; ++i) {
            ASSERT_EQ(peer->hear(), text::format("{}", i));
        }
    }
}

TEST_P(DatagramsTest, TakesNothingAfterUnwatchNotEvenInTheSameBatch) {
    const Socket ours;
    const Socket peer;
    int taken = 0;
    datagrams.watch(ours.fd.get(), [&](const Datagram&, Instant) {
        ++taken;
        datagrams.unwatch(ours.fd.get());
    });
    run();
    for (int i = 0; i < 5; ++i) {
        peer.say("hello", ours.at);
    }
    run();
    EXPECT_EQ(taken, 1);
    watch(ours);
    peer.say("again", ours.at);
    run();
    ASSERT_FALSE(heard[ours.port].empty());
    EXPECT_EQ(heard[ours.port].back(), "again");
    EXPECT_EQ(taken, 1);
}

TEST_P(DatagramsTest, ClosedAfterUnwatchLeavesItsPortAndNumberToTheNext) {
    const Socket peer;
    const Socket other;
    auto first = std::make_unique<Socket>();
    watch(*first);
    run();
    const int port = first->port;
    const int number = first->fd.get();
    datagrams.send(number, peer.at, bytes("still of the first"), {});
    datagrams.unwatch(number);
    first.reset();
    int again = port;
    const runtime::Fd second = udp("127.0.0.1", again);
    EXPECT_EQ(second.get(), number);
    datagrams.watch(second.get(), [](const Datagram&, Instant) {});
    run();
    Endpoint sender;
    EXPECT_EQ(peer.hear(&sender), "still of the first");
    EXPECT_EQ(sender.port(), port);
    EXPECT_EQ(peer.hear(), "");
    datagrams.unwatch(second.get());
}

// A peer that is gone makes the kernel complain, which must end nothing.
TEST_P(DatagramsTest, GoesOnAfterAPeerVanished) {
    const Socket ours;
    const Socket peer;
    watch(ours);
    auto gone = std::make_unique<Socket>();
    const Endpoint nobody = gone->at;
    gone.reset();
    datagrams.send(ours.fd.get(), nobody, bytes("hello"), {});
    run();
    datagrams.send(ours.fd.get(), peer.at, bytes("hello"), {});
    peer.say("here", ours.at);
    run();
    EXPECT_EQ(peer.hear(), "hello");
    EXPECT_EQ(heard[ours.port], std::vector<std::string>{"here"});
}

TEST_P(DatagramsTest, WhatWaitsAtTheEndIsSent) {
    const Socket ours;
    const Socket peer;
    {
        Datagrams last(loop, GetParam());
        last.watch(ours.fd.get(), [](const Datagram&, Instant) {});
        last.send(ours.fd.get(), peer.at, bytes("goodbye"), {});
        last.unwatch(ours.fd.get());
    }
    EXPECT_EQ(peer.hear(), "goodbye");
}

INSTANTIATE_TEST_SUITE_P(Ways, DatagramsTest,
                         ::testing::Values(Datagrams::Way::ring, Datagrams::Way::one_by_one),
                         [](const auto& way) {
                             return way.param == Datagrams::Way::ring ? "ring" : "one_by_one";
                         });

// As containers do: setting up a ring is answered with EPERM, for this process and for good.
void forbid_rings() {
    constexpr std::uint32_t refusal = SECCOMP_RET_ERRNO | EPERM;
    std::array<sock_filter, 4> rules = {{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, refusal),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    }};
    const sock_fprog program = {static_cast<unsigned short>(rules.size()), rules.data()};
    ASSERT_EQ(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
    ASSERT_EQ(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

// Ends with 0 if a datagram went and came although there is no ring.
void echo_without_ring() {
    forbid_rings();
    runtime::Loop loop;
    Datagrams datagrams(loop);
    const Socket ours;
    const Socket peer;
    datagrams.watch(ours.fd.get(), [&](const Datagram& datagram, Instant) {
        datagrams.send(ours.fd.get(), datagram.from, datagram.bytes, {});
    });
    peer.say("hello", ours.at);
    loop.step(1s);
    const bool echoed = peer.hear() == "hello";
    std::exit(echoed && datagrams.way() == Datagrams::Way::one_by_one ? 0 : 1);
}

TEST(DatagramsDeathTest, GoOneByOneWhereAPolicyForbidsTheRing) {
    // The log line that docs/operations.md names.
    EXPECT_EXIT(echo_without_ring(), ::testing::ExitedWithCode(0), "no io_uring here");
}

// A socket that the kernel will not read in its ring is read as before.
TEST(DatagramRing, HandsBackWhatItCannotWatch) {
    runtime::Loop loop;
    std::vector<int> refused;
    const auto ring =
        DatagramRing::open(loop, [&](int fd, const TakeDatagram&) { refused.push_back(fd); });
    if (ring == nullptr) {
        GTEST_SKIP() << "this kernel offers no ring";
    }
    const runtime::Fd no_socket(::dup(STDIN_FILENO));
    ring->watch(no_socket.get(), [](const Datagram&, Instant) {});
    ring->flush();
    EXPECT_EQ(refused, std::vector<int>{no_socket.get()});
}

}  // namespace
}  // namespace linka::media
