// Pairs of sockets are used again, but not by the next call at once.
#include "linka/media/worker/plain_ports.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace linka::media {
namespace {

struct Hearing : PlainPortUser {
    int rtp = 0;
    void at_rtp_port(const Datagram&, Instant) override { ++rtp; }
    void at_rtcp_port(const Datagram&, Instant) override {}
};

class PlainPortsTest : public ::testing::Test {
  protected:
    std::unique_ptr<PlainPort> take(Instant now) {
        auto port = ports.take("127.0.0.1", now);
        EXPECT_TRUE(port.ok());
        return std::move(*port);
    }
    void say_to(int port) {
        const auto to = *Endpoint::from("127.0.0.1", port);
        const runtime::Fd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        EXPECT_EQ(::sendto(fd.get(), "hello", 5, 0, to.address(), to.length()), 5);
        loop.step(0s);
    }

    runtime::Loop loop;
    Datagrams datagrams{loop};
    PortRange range{30000 + ::getpid() % 2000 * 10, 59999};
    PlainPorts ports{datagrams, range};
    const Instant start{1'000'000'000};
};

TEST_F(PlainPortsTest, APairRestsBeforeTheNextCallHasIt) {
    auto first = take(start);
    const int number = first->sockets.port;
    ports.give_back(std::move(first), start);
    auto second = take(start + PlainPorts::rest - 1ms);
    EXPECT_NE(second->sockets.port, number);
    auto third = take(start + PlainPorts::rest);
    EXPECT_EQ(third->sockets.port, number);
    ports.give_back(std::move(second), start);
    ports.give_back(std::move(third), start);
}

TEST_F(PlainPortsTest, WhatComesWhileAPairRestsIsThrownAway) {
    Hearing user;
    auto port = take(start);
    const int number = port->sockets.port;
    port->user = &user;
    say_to(number);
    EXPECT_EQ(user.rtp, 1);
    ports.give_back(std::move(port), start);
    say_to(number);
    auto next = take(start + PlainPorts::rest);
    ASSERT_EQ(next->sockets.port, number);
    next->user = &user;
    loop.step(0s);
    EXPECT_EQ(user.rtp, 1) << "a late packet of the last call reached the next";
    say_to(number);
    EXPECT_EQ(user.rtp, 2);
    ports.give_back(std::move(next), start);
}

TEST_F(PlainPortsTest, WhereManyRestTheFirstOfThemIsTaken) {
    auto first = take(start);
    const int number = first->sockets.port;
    ports.give_back(std::move(first), start);
    for (std::size_t i = 0; i < PlainPorts::resting_max; ++i) {
        auto one = std::make_unique<PlainPort>();
        one->address = "127.0.0.1";
        ports.give_back(std::move(one), start);
    }
    auto next = take(start + 1ms);
    EXPECT_EQ(next->sockets.port, number);
    EXPECT_EQ(ports.resting(), PlainPorts::resting_max);
    ports.give_back(std::move(next), start);
}

TEST_F(PlainPortsTest, InASmallRangeOneThatRestsIsBetterThanNone) {
    const int low = 60002 + ::getpid() % 2000 * 2;
    PortRange small{low, low + 1};
    PlainPorts few{datagrams, small};
    auto only = few.take("127.0.0.1", start);
    ASSERT_TRUE(only.ok());
    EXPECT_FALSE(few.take("127.0.0.1", start).ok());
    few.give_back(std::move(*only), start);
    auto again = few.take("127.0.0.1", start + 1ms);
    ASSERT_TRUE(again.ok()) << again.error().text;
    EXPECT_EQ((*again)->sockets.port, low);
    few.give_back(std::move(*again), start);
}

TEST_F(PlainPortsTest, LongUnusedPairsAreClosed) {
    ports.give_back(take(start), start);
    ports.each_second(start + PlainPorts::kept);
    EXPECT_EQ(ports.resting(), 1U);
    ports.each_second(start + PlainPorts::kept + 1ms);
    EXPECT_EQ(ports.resting(), 0U);
}

}  // namespace
}  // namespace linka::media
