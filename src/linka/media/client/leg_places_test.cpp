#include "linka/media/client/leg_places.hpp"

#include <gtest/gtest.h>

namespace linka::media {
namespace {

TEST(LegPlaces, CountsWhatEachWorkerHas) {
    LegPlaces places(2);
    places.put(7, 0);
    places.put(3, 0);
    places.put(5, 1);
    EXPECT_EQ(places.count(0), 2);
    EXPECT_EQ(places.count(1), 1);
    places.put(7, 1);  // it was lost, and opened again elsewhere
    places.put(7, 1);
    EXPECT_EQ(places.count(0), 1);
    EXPECT_EQ(places.count(1), 2);
    EXPECT_EQ(places.of(1), (std::vector<LegId>{5, 7}));
    places.erase(7);
    places.erase(7);
    EXPECT_EQ(places.count(1), 1);
    EXPECT_EQ(places.at(7), -1);
    EXPECT_EQ(places.at(3), 0);
}

}  // namespace
}  // namespace linka::media
