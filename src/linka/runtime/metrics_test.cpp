#include "linka/runtime/metrics.hpp"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace linka::metrics {
namespace {

TEST(Metrics, renders_families_sorted_and_adds_equal_series) {
    Gauge calls("linka_test_calls", "Calls\nnow.");
    Counter invite("linka_test_b_total", "Requests.", "method=\"INVITE\"");
    Counter bye("linka_test_b_total", "Requests.", "method=\"BYE\"");
    Counter bye_too("linka_test_b_total", "Requests.", "method=\"BYE\"");
    calls.set(5);
    calls.add(-2);
    invite.add();
    bye.add(3);
    bye_too.add(4);
    EXPECT_EQ(render(),
              "# HELP linka_test_b_total Requests.\n"
              "# TYPE linka_test_b_total counter\n"
              "linka_test_b_total{method=\"BYE\"} 7\n"
              "linka_test_b_total{method=\"INVITE\"} 1\n"
              "# HELP linka_test_calls Calls\\nnow.\n"
              "# TYPE linka_test_calls gauge\n"
              "linka_test_calls 3\n");
}

TEST(Metrics, forgets_what_is_gone) {
    { const Counter gone("linka_test_gone_total", "Gone."); }
    EXPECT_EQ(render().find("linka_test_gone_total"), std::string::npos);
}

TEST(Metrics, counts_from_several_threads_while_rendered) {
    Counter hits("linka_test_hits_total", "Hits.");
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i) {
                hits.add();
                const Gauge brief("linka_test_brief", "Comes and goes.");
            }
        });
    }
    for (int i = 0; i < 20; ++i) {
        EXPECT_NE(render().find("linka_test_hits_total"), std::string::npos);
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(hits.value(), 4000);
}

}  // namespace
}  // namespace linka::metrics
