// LegTable: the living legs, by number and by group. Bounded; the caller looks at full() first.
#pragma once

#include "linka/voice/leg.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <vector>

namespace linka::voice {

class LegTable {
  public:
    explicit LegTable(std::size_t legs_max) : legs_max_(legs_max) {}

    [[nodiscard]] bool full() const { return legs_.size() >= legs_max_; }
    [[nodiscard]] std::size_t size() const { return legs_.size(); }

    /// Null if there is none. The pointer is good until that leg is removed.
    Leg* find(LegNumber number);
    Leg* find(core::LegId id) { return find(id.value); }
    /// `record.leg` must be new. A leg without a group is put into its own.
    Leg& add(LegRecord record);
    void remove(LegNumber number);

    /// The other living legs of the same group, ascending.
    std::vector<Leg*> group_of(const Leg& leg);
    /// The numbers of the legs of a group, ascending; none if there is no such group.
    [[nodiscard]] const std::set<LegNumber>& group(LegNumber group) const;
    /// All numbers, ascending: a copy, so that the table may change while walking.
    [[nodiscard]] std::vector<LegNumber> numbers() const;

  private:
    std::size_t legs_max_;
    std::map<LegNumber, Leg> legs_;
    std::map<LegNumber, std::set<LegNumber>> groups_;
};

}  // namespace linka::voice
