// Chance that can be repeated: the same seed throws the same, on every machine and library.
#pragma once

#include <cstdint>

namespace linka::sim {

/// splitmix64 (Steele, Lea, Flood 2014): small, quick, good enough to choose by.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t bits() {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31);
    }
    /// A whole number from `low` to `high`, both included.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        const auto span = static_cast<std::uint64_t>(high - low) + 1;
        return low + static_cast<std::int64_t>(bits() % span);
    }
    /// True in `percent` of 100 throws.
    bool chance(int percent) { return between(0, 99) < percent; }

    /// One of a container's elements; it must not be empty.
    template <typename Container>
    const typename Container::value_type& one_of(const Container& container) {
        auto it = container.begin();
        auto steps = between(0, static_cast<std::int64_t>(container.size()) - 1);
        while (steps-- > 0) {
            ++it;
        }
        return *it;
    }

  private:
    std::uint64_t state_;
};

}  // namespace linka::sim
