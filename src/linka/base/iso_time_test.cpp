#include "linka/base/iso_time.hpp"

#include <gtest/gtest.h>

namespace linka {
namespace {

TEST(IsoTime, goes_there_and_back) {
    const Instant at{1'767'265'200'123'000};
    EXPECT_EQ(iso_time(at), "2026-01-01T11:00:00.123Z");
    EXPECT_EQ(*from_iso_time("2026-01-01T12:00:00.123+01:00"), at);
    EXPECT_FALSE(from_iso_time("2026-02-30T00:00:00Z").has_value());
    EXPECT_EQ(iso_time(Instant()), "");
}

}  // namespace
}  // namespace linka
