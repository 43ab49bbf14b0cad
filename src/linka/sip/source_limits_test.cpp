#include "linka/sip/source_limits.hpp"

#include "linka/base/text.hpp"

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

using Kind = SourceLimits::Kind;

const Instant start{1'700'000'000'000'000};

int admitted(SourceLimits& limits, Kind kind, const std::string& network, int requests, Instant now,
             bool has_contact = false) {
    int count = 0;
    for (int i = 0; i < requests; ++i) {
        count += limits.admit(kind, network, has_contact, now) ? 1 : 0;
    }
    return count;
}

TEST(SourceLimits, refill_with_time) {
    SourceLimits limits;
    EXPECT_EQ(admitted(limits, Kind::stranger, "192.0.2.1", 1000, start), 300);
    EXPECT_EQ(admitted(limits, Kind::stranger, "192.0.2.1", 1000, start + 500ms), 50);
    EXPECT_EQ(admitted(limits, Kind::stranger, "192.0.2.1", 1000, start + 1h), 300);
}

TEST(SourceLimits, a_stranger_takes_nothing_of_the_telephone_behind_the_same_address) {
    SourceLimits limits;
    admitted(limits, Kind::stranger, "192.0.2.1", 1000, start);
    EXPECT_EQ(admitted(limits, Kind::proven, "192.0.2.1", 10, start), 10);
    EXPECT_EQ(admitted(limits, Kind::contact, "192.0.2.1:5060", 10, start), 10);
    EXPECT_EQ(admitted(limits, Kind::stranger, "192.0.2.2", 10, start), 10);
}

TEST(SourceLimits,
     forged_addresses_together_are_bounded_and_offices_with_telephones_are_not_of_them) {
    SourceLimits limits;
    int through = 0;
    for (int i = 0; i < 100'000; ++i) {
        through += limits.admit(Kind::stranger, text::format("n{}", i), false, start) ? 1 : 0;
    }
    EXPECT_LE(through, 3000);
    EXPECT_EQ(admitted(limits, Kind::stranger, "n1", 10, start, true), 10);
    // There is room again when those are idle.
    EXPECT_TRUE(limits.admit(Kind::stranger, "late", false, start + 20s));
}

}  // namespace
}  // namespace linka::sip
