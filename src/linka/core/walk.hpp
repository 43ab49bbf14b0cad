// Walk: looks ascending keys up in a map or a set by walking along it. For a thousand neighbours
// that costs a fraction of a search for each; where they lie far apart it searches.
#pragma once

#include <type_traits>

namespace linka::core {

template <typename Sorted>
class Walk {
  public:
    using Key = typename Sorted::key_type;
    using Entry = typename Sorted::value_type;

    /// `sorted` must outlive the walk and not change meanwhile.
    explicit Walk(const Sorted& sorted) : sorted_(sorted), at_(sorted.begin()) {}

    /// The entry of `key`, which is not smaller than the one asked for before; null if there is
    /// none.
    const Entry* find(const Key& key) {
        for (int steps = 0; at_ != sorted_.end() && key_of(*at_) < key; ++at_) {
            if (++steps > steps_max) {
                at_ = sorted_.lower_bound(key);
                break;
            }
        }
        return at_ != sorted_.end() && key_of(*at_) == key ? &*at_ : nullptr;
    }

  private:
    static constexpr int steps_max = 8;

    static const Key& key_of(const Entry& entry) {
        if constexpr (std::is_same_v<Key, Entry>) {
            return entry;
        } else {
            return entry.first;
        }
    }

    const Sorted& sorted_;
    typename Sorted::const_iterator at_;
};

}  // namespace linka::core
