#include "linka/runtime/log_limited.hpp"

#include <gtest/gtest.h>

namespace linka::log {
namespace {

TEST(LogLimited, lets_one_through_in_a_while_and_counts_the_others) {
    Limited line(1s);
    Instant now{5'000'000};
    EXPECT_EQ(line.admit(now), 0);
    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(line.admit(now + 999ms), std::nullopt);
    }
    EXPECT_EQ(line.admit(now + 1s), 1000);
    EXPECT_EQ(line.admit(now + 2s), 0);
}

TEST(LogLimited, writes_the_first_line_and_not_the_second) {
    Limited line(1h);
    ::testing::internal::CaptureStderr();
    line.warn("wrong password", {{"account", "330"}});
    line.warn("wrong password", {{"account", "331"}});
    const std::string text = ::testing::internal::GetCapturedStderr();
    EXPECT_NE(text.find("account=330"), std::string::npos);
    EXPECT_EQ(text.find("account=331"), std::string::npos);
}

TEST(LogLimited, cuts_and_cleans_names_from_outside) {
    EXPECT_EQ(outside("330"), "330");
    EXPECT_EQ(outside("\xff"), "?");
    EXPECT_EQ(outside(std::string(63, 'a') + "ž"), std::string(63, 'a'));
}

}  // namespace
}  // namespace linka::log
