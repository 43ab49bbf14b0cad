#include "linka/runtime/heartbeat.hpp"

#include "linka/runtime/clock.hpp"

#include <gtest/gtest.h>

namespace linka::runtime {
namespace {

TEST(Heartbeat, is_listed_while_it_exists_and_says_what_it_does) {
    const std::size_t others = heartbeats().size();
    {
        const Instant before = steady_now();
        Heartbeat b("b");
        Heartbeat a("a");
        a.beat("waits");
        b.beat("a word that is longer than what it has room for");
        const auto all = heartbeats();
        ASSERT_EQ(all.size(), others + 2);
        EXPECT_EQ(all[0].name, "a");
        EXPECT_EQ(all[0].doing, "waits");
        EXPECT_GE(all[0].at, before);
        EXPECT_EQ(all[1].doing, "a word that is longer than what ");
        b.beat("brief");
        EXPECT_EQ(b.state().doing, "brief");
    }
    EXPECT_EQ(heartbeats().size(), others);
}

}  // namespace
}  // namespace linka::runtime
