#include "linka/core/acd/strategy.hpp"

#include "linka/core/turn.hpp"

#include <algorithm>
#include <iterator>

namespace linka::core {

namespace {

using Available = std::set<AgentKey>;

bool has_had(const Interaction& interaction, UserId user) {
    return std::binary_search(interaction.tried.begin(), interaction.tried.end(), user);
}

// Those who have not had the item yet. An item is asked of everybody free before it comes to
// somebody a second time, and never a second time while it still rings elsewhere.
Available not_tried(const Available& available, const Interaction& interaction) {
    Available out;
    std::copy_if(available.begin(), available.end(), std::inserter(out, out.end()),
                 [&](const AgentKey& key) { return !has_had(interaction, key.user); });
    return out;
}

// Users of one penalty, in the order of the index.
std::vector<UserId> tier(const Available& available, int penalty) {
    std::vector<UserId> out;
    const auto first = available.lower_bound(AgentKey{penalty, false, 0, {}, {}, {}});
    for (auto it = first; it != available.end() && it->penalty == penalty &&
                          out.size() < Limits::offers_per_decision_max;
         ++it) {
        out.push_back(it->user);
    }
    return out;
}

std::vector<UserId> everyone(const Available& available) {
    std::vector<UserId> out;
    for (const AgentKey& key : available) {
        if (out.size() == Limits::offers_per_decision_max) {
            break;
        }
        out.push_back(key.user);
    }
    return out;
}

// One tier after the other; while one rings, those of it who become free join.
std::vector<UserId> penalty_order(const Available& available, const Interaction& interaction) {
    if (!interaction.offers.empty()) {
        return tier(available, interaction.tier);
    }
    const auto next = available.lower_bound(AgentKey{interaction.tier + 1, false, 0, {}, {}, {}});
    return tier(available, (next == available.end() ? available.begin() : next)->penalty);
}

// Of the lowest penalty, those whose telephone is sound if there are any.
std::vector<UserId> by_chance(const Available& available,
                              const std::function<std::uint64_t(std::uint64_t)>& random_below) {
    const AgentKey& first = *available.begin();
    std::vector<UserId> group;
    for (const AgentKey& key : available) {
        if (key.penalty != first.penalty || key.suspect != first.suspect ||
            group.size() == Limits::offers_per_decision_max) {
            break;
        }
        group.push_back(key.user);
    }
    return {group[random_below(group.size())]};
}

std::vector<UserId> of(Strategy strategy, const Available& available,
                       const Interaction& interaction,
                       const std::function<std::uint64_t(std::uint64_t)>& random_below) {
    if (available.empty()) {
        return {};
    }
    switch (strategy) {
        case Strategy::leastrecent:
            return {available.begin()->user};
        case Strategy::all:
            return everyone(available);
        case Strategy::all_penalty_order:
            return penalty_order(available, interaction);
        case Strategy::random_with_penalty_groups:
            return by_chance(available, random_below);
    }
    return {};
}

}  // namespace

std::vector<UserId> choose(Strategy strategy, const QueueIndex& index,
                           const Interaction& interaction,
                           const std::function<std::uint64_t(std::uint64_t)>& random_below) {
    if (interaction.tried.empty()) {
        return of(strategy, index.available, interaction, random_below);
    }
    const Available fresh = not_tried(index.available, interaction);
    const bool again = fresh.empty() && interaction.offers.empty();
    return of(strategy, again ? index.available : fresh, interaction, random_below);
}

}  // namespace linka::core
