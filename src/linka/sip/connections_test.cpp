#include "linka/sip/connections.hpp"

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

const Instant start{1'700'000'000'000'000};
const auto nobody = [](const Connection&) { return false; };

std::vector<Connection> many(const std::string& host, int count, int first_fd = 100) {
    std::vector<Connection> open;
    for (int i = 0; i < count; ++i) {
        open.push_back({first_fd + i, host, 10000 + i});
    }
    return open;
}

TEST(ConnectionLimits, what_proves_nothing_in_time_is_closed_and_a_telephone_stays) {
    ConnectionLimits limits;
    const std::vector<Connection> open = {{5, "192.0.2.1", 40000}, {6, "192.0.2.1", 40001}};
    const auto first = [](const Connection& each) { return each.fd == 5; };
    EXPECT_TRUE(limits.to_close(open, first, start).empty());
    // Once proven it stays so: a telephone may be silent for hours.
    EXPECT_EQ(limits.to_close(open, nobody, start + ConnectionLimits::proof_time),
              std::vector<int>{6});
    EXPECT_TRUE(limits.to_close({open.front()}, nobody, start + 10h).empty());
    // A new connection of the same peer begins anew.
    EXPECT_TRUE(limits.to_close({}, nobody, start + 10h).empty());
    EXPECT_TRUE(limits.to_close({open.front()}, nobody, start + 10h).empty());
    EXPECT_EQ(limits.to_close({open.front()}, nobody, start + 11h), std::vector<int>{5});
}

TEST(ConnectionLimits, one_network_has_so_many_and_an_ipv6_network_is_one) {
    ConnectionLimits limits;
    EXPECT_EQ(limits.to_close(many("192.0.2.1", 150), nobody, start).size(), 50U);
    std::vector<Connection> open;
    for (int i = 0; i < 150; ++i) {
        open.push_back({i, "2001:db8::" + std::to_string(i), 5060});
    }
    EXPECT_EQ(limits.to_close(open, nobody, start).size(), 50U);
}

TEST(ConnectionLimits, strangers_leave_room_for_telephones) {
    ConnectionLimits limits(120);
    std::vector<Connection> open = many("192.0.2.1", 110);
    for (int i = 0; i < 30; ++i) {
        open.push_back({i, "198.51.100." + std::to_string(i), 5060});
    }
    const auto telephones = [](const Connection& each) { return each.host == "192.0.2.1"; };
    EXPECT_EQ(limits.to_close(open, telephones, start).size(), 20U);
}

}  // namespace
}  // namespace linka::sip
