#include "linka/media/client/leg_places.hpp"

#include <algorithm>

namespace linka::media {

std::vector<LegId> LegPlaces::of(WorkerId worker) const {
    std::vector<LegId> legs;
    for (const auto& [leg, place] : places_) {
        if (place == worker) {
            legs.push_back(leg);
        }
    }
    std::sort(legs.begin(), legs.end());
    return legs;
}

}  // namespace linka::media
