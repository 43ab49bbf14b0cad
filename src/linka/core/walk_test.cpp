// Walking finds exactly what searching finds, near and far.
#include "linka/core/walk.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace linka::core {
namespace {

TEST(Walk, FindsWhatASearchFinds) {
    std::set<int> some;
    std::map<int, int> others;
    for (int i = 0; i < 3'000; i += 1 + i % 5) {
        some.insert(i);
        others.emplace(i, -i);
    }
    for (const int step : {1, 2, 7, 100, 999}) {
        Walk in_set(some);
        Walk in_map(others);
        for (int key = -2; key < 3'100; key += step) {
            EXPECT_EQ(in_set.find(key) != nullptr, some.contains(key)) << key;
            const auto* found = in_map.find(key);
            ASSERT_EQ(found != nullptr, others.contains(key)) << key;
            if (found != nullptr) {
                EXPECT_EQ(found->second, -key);
                EXPECT_EQ(in_map.find(key), found);  // the same once more
            }
        }
    }
    const std::set<int> none;
    EXPECT_EQ(Walk(none).find(1), nullptr);
}

}  // namespace
}  // namespace linka::core
