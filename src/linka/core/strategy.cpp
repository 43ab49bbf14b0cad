#include "linka/core/strategy.hpp"

#include "linka/core/turn.hpp"

#include <iterator>

namespace linka::core {

namespace {

// Users of one penalty, in the order of the index.
std::vector<UserId> tier(const std::set<AgentKey>& available, int penalty) {
    std::vector<UserId> out;
    const auto first = available.lower_bound(AgentKey{penalty, {}, {}, {}});
    for (auto it = first; it != available.end() && it->penalty == penalty &&
                          out.size() < Limits::offers_per_decision_max;
         ++it) {
        out.push_back(it->user);
    }
    return out;
}

std::vector<UserId> everyone(const std::set<AgentKey>& available) {
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
std::vector<UserId> penalty_order(const std::set<AgentKey>& available,
                                  const Interaction& interaction) {
    if (!interaction.offers.empty()) {
        return tier(available, interaction.tier);
    }
    const auto next = available.lower_bound(AgentKey{interaction.tier + 1, {}, {}, {}});
    return tier(available, (next == available.end() ? available.begin() : next)->penalty);
}

}  // namespace

std::vector<UserId> choose(const Queue& queue, const QueueIndex& index,
                           const Interaction& interaction,
                           const std::function<std::uint64_t(std::uint64_t)>& random_below) {
    const std::set<AgentKey>& available = index.available;
    if (available.empty()) {
        return {};
    }
    switch (queue.strategy) {
        case Strategy::leastrecent:
            return {available.begin()->user};
        case Strategy::all:
            return everyone(available);
        case Strategy::all_penalty_order:
            return penalty_order(available, interaction);
        case Strategy::random_with_penalty_groups: {
            const std::vector<UserId> group = tier(available, available.begin()->penalty);
            return {group[random_below(group.size())]};
        }
    }
    return {};
}

}  // namespace linka::core
