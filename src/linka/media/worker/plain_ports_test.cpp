// Pairs of sockets are used again, but not by the next call at once.
#include "linka/media/worker/plain_ports.hpp"

#include <array>
#include <set>
#include <vector>

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
    std::unique_ptr<PlainPort> take(Instant now) { return take(now, ports); }
    static std::unique_ptr<PlainPort> take(Instant now, PlainPorts& from) {
        auto port = from.take("127.0.0.1", now);
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
    OwnPorts own{{}};
    PlainPorts ports{datagrams, range, own};
    // One pair: whoever takes it has it.
    const int only = 60002 + ::getpid() % 2000 * 2;
    PortRange small{only, only + 1};
    PlainPorts few{datagrams, small, own};
    const Instant start{1'000'000'000};
};

TEST_F(PlainPortsTest, APairRestsBeforeTheNextCallHasIt) {
    std::vector<std::unique_ptr<PlainPort>> first;
    std::set<int> numbers;
    for (std::size_t i = 0; i < PlainPorts::choice_min; ++i) {
        first.push_back(take(start));
        numbers.insert(first.back()->sockets.port);
    }
    EXPECT_EQ(numbers.size(), PlainPorts::choice_min);
    for (auto& port : first) {
        ports.give_back(std::move(port), start);
    }
    auto second = take(start + PlainPorts::rest - 1ms);
    EXPECT_EQ(numbers.count(second->sockets.port), 0U);
    auto third = take(start + PlainPorts::rest);
    EXPECT_EQ(numbers.count(third->sockets.port), 1U);
    auto fourth = take(start + PlainPorts::rest);
    EXPECT_EQ(numbers.count(fourth->sockets.port), 0U) << "too few are left to choose from";
    for (auto* port : {&second, &third, &fourth}) {
        ports.give_back(std::move(*port), start + PlainPorts::rest);
    }
}

TEST_F(PlainPortsTest, TheNextPortCannotBeTold) {
    int in_turn = 0;
    std::vector<std::unique_ptr<PlainPort>> taken;
    for (int i = 0; i < 50; ++i) {
        taken.push_back(take(start));
        in_turn += i > 0 && taken[i]->sockets.port == taken[i - 1]->sockets.port + 2 ? 1 : 0;
    }
    EXPECT_LT(in_turn, 5);
    for (auto& port : taken) {
        ports.give_back(std::move(port), start);
    }
}

TEST_F(PlainPortsTest, OwnPortsAreNoTargets) {
    const Endpoint nobody{};
    auto port = take(start);
    const auto at = [](const char* ip, int number) { return *Endpoint::from(ip, number); };
    const int number = port->sockets.port;
    EXPECT_EQ(own.fault(at("127.0.0.1", number), nobody), "one of our own ports");
    EXPECT_EQ(own.fault(at("127.0.0.1", number + 1), nobody), "one of our own ports");
    EXPECT_EQ(own.fault(at("192.0.2.1", number), nobody), "") << "the same number elsewhere";
    EXPECT_EQ(own.fault(at("192.0.2.1", number), at("192.0.2.1", 0)), "one of our own ports");
    EXPECT_EQ(own.fault(at("192.0.2.1", 1023), nobody), "a port below 1024");
    EXPECT_EQ(own.fault(at("224.1.1.1", 4000), nobody), "a multicast address");
    ports.give_back(std::move(port), start);
    EXPECT_FALSE(own.fault(at("127.0.0.1", number), nobody).empty())
        << "it rests, and is ours still";
    ports.each_second(start + PlainPorts::kept + 1ms);
    EXPECT_EQ(own.fault(at("127.0.0.1", number), nobody), "");
    const std::array<int, 1> services = {5060};
    EXPECT_FALSE(OwnPorts(services).fault(at("127.0.0.1", 5060), nobody).empty());
}

TEST_F(PlainPortsTest, WhatComesWhileAPairRestsIsThrownAway) {
    Hearing user;
    auto port = take(start, few);
    port->user = &user;
    say_to(only);
    EXPECT_EQ(user.rtp, 1);
    few.give_back(std::move(port), start);
    say_to(only);
    auto next = take(start + PlainPorts::rest, few);
    ASSERT_EQ(next->sockets.port, only);
    next->user = &user;
    loop.step(0s);
    EXPECT_EQ(user.rtp, 1) << "a late packet of the last call reached the next";
    say_to(only);
    EXPECT_EQ(user.rtp, 2);
    few.give_back(std::move(next), start);
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
    auto first = few.take("127.0.0.1", start);
    ASSERT_TRUE(first.ok());
    EXPECT_FALSE(few.take("127.0.0.1", start).ok());
    few.give_back(std::move(*first), start);
    auto again = few.take("127.0.0.1", start + 1ms);
    ASSERT_TRUE(again.ok()) << again.error().text;
    EXPECT_EQ((*again)->sockets.port, only);
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
