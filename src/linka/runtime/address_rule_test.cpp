#include "linka/runtime/address_rule.hpp"

#include <gtest/gtest.h>

namespace linka::runtime {
namespace {

TEST(AddressRuleTest, OneHostMayBeSentTo) {
    for (const char* ip : {"192.0.2.1", "127.0.0.1", "10.0.0.255", "::1", "2001:db8::1", "fe80::1",
                           "::ffff:192.0.2.1"}) {
        EXPECT_EQ(target_fault(ip), "") << ip;
    }
}

TEST(AddressRuleTest, NothingElseMay) {
    EXPECT_EQ(target_fault("224.1.1.1"), "a multicast address");
    EXPECT_EQ(target_fault("239.255.255.255"), "a multicast address");
    EXPECT_EQ(target_fault("ff02::1"), "a multicast address");
    EXPECT_EQ(target_fault("::ffff:224.0.0.1"), "a multicast address");
    EXPECT_EQ(target_fault("255.255.255.255"), "the broadcast address");
    EXPECT_EQ(target_fault("240.0.0.1"), "a reserved address");
    EXPECT_EQ(target_fault("0.0.0.0"), "no address of a host");
    EXPECT_EQ(target_fault("0.0.0.5"), "no address of a host");
    EXPECT_EQ(target_fault("::"), "no address of a host");
    for (const char* text : {"", "host.example", "1.2.3", "[::1]", "192.0.2.1:5060"}) {
        EXPECT_EQ(target_fault(text), "no IP address") << text;
    }
}

}  // namespace
}  // namespace linka::runtime
