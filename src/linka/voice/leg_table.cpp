#include "linka/voice/leg_table.hpp"

#include "linka/base/assert.hpp"

#include <utility>

namespace linka::voice {

Leg* LegTable::find(LegNumber number) {
    const auto found = legs_.find(number);
    return found == legs_.end() ? nullptr : &found->second;
}

Leg& LegTable::add(LegRecord record) {
    const LegNumber number = record.leg;
    if (record.group == 0) {
        record.group = number;
    }
    groups_[record.group].insert(number);
    const auto [place, added] = legs_.emplace(number, Leg{});
    LINKA_ASSERT(added);
    place->second.kept = std::move(record);
    return place->second;
}

void LegTable::remove(LegNumber number) {
    const auto found = legs_.find(number);
    if (found == legs_.end()) {
        return;
    }
    const auto group = groups_.find(found->second.kept.group);
    group->second.erase(number);
    if (group->second.empty()) {
        groups_.erase(group);
    }
    legs_.erase(found);
}

std::vector<Leg*> LegTable::group_of(const Leg& leg) {
    std::vector<Leg*> others;
    for (const LegNumber number : groups_[leg.kept.group]) {
        if (number != leg.number()) {
            others.push_back(&legs_.at(number));
        }
    }
    return others;
}

const std::set<LegNumber>& LegTable::group(LegNumber group) const {
    static const std::set<LegNumber> nobody;
    const auto found = groups_.find(group);
    return found == groups_.end() ? nobody : found->second;
}

std::vector<LegNumber> LegTable::numbers() const {
    std::vector<LegNumber> numbers;
    numbers.reserve(legs_.size());
    for (const auto& entry : legs_) {
        numbers.push_back(entry.first);
    }
    return numbers;
}

}  // namespace linka::voice
