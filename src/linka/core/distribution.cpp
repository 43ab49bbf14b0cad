// Distribution: gives waiting items to free users, whenever something changed. A free user gets the
// waiting item with the best queue weight, then the longest wait; an item never waits behind one
// that nobody free can serve, because only queues with both are looked at.
#include "linka/core/flow.hpp"
#include "linka/core/strategy.hpp"
#include "linka/core/verdict.hpp"

#include <set>
#include <tuple>

namespace linka::core {

namespace {

struct Match {
    InteractionId interaction;
    QueueId queue;
    std::vector<UserId> users;
    std::tuple<int, Instant, InteractionId> order;
};

char verdict_of(const State& s, const QueueIndex& index, UserId user,
                const std::set<UserId>& chosen, int penalty) {
    const auto work = s.index.work.find(user);
    const char own = work == s.index.work.end() ? verdict::logged_out : work->second.verdict;
    if (own == verdict::logged_out || own == verdict::back_office || own == verdict::deactivated) {
        return own;
    }
    if (!index.members.contains(user)) {
        return verdict::not_in_queue;
    }
    if (own != verdict::eligible) {
        return own;
    }
    if (chosen.contains(user)) {
        return verdict::chosen;
    }
    const Session* session = find_session(s, user);
    for (const JoinedQueue& joined : session->queues) {
        const auto found = s.index.queues.find(joined.queue);
        if (found != s.index.queues.end() && &found->second == &index && !chosen.empty()) {
            return joined.penalty > penalty ? verdict::penalty : verdict::eligible;
        }
    }
    return verdict::eligible;
}

// The penalty of the chosen: the highest of them.
int chosen_penalty(const QueueIndex& index, const std::set<UserId>& chosen) {
    int penalty = 0;
    for (const AgentKey& key : index.available) {
        if (chosen.contains(key.user)) {
            penalty = std::max(penalty, key.penalty);
        }
        if (chosen.size() == 1 && chosen.contains(key.user)) {
            break;
        }
    }
    return penalty;
}

DecisionId note(Turn& t, InteractionId interaction, const Queue& queue,
                const std::vector<UserId>& users) {
    const QueueIndex& index = t.s.index.queues.at(queue.id);
    const std::set<UserId> chosen(users.begin(), users.end());
    const int penalty = chosen_penalty(index, chosen);
    Decided decided;
    decided.decision = DecisionId{t.s.last.decision + 1};
    decided.interaction = interaction;
    decided.queue = queue.id;
    decided.strategy = queue.strategy;
    decided.verdicts.reserve(index.candidates.size());
    for (const UserId user : index.candidates) {
        decided.verdicts += verdict_of(t.s, index, user, chosen, penalty);
    }
    decided.candidates =
        pack(std::vector<UserId>(index.candidates.begin(), index.candidates.end()));
    const DecisionId id = decided.decision;
    t.emit(std::move(decided));
    return id;
}

// The first item of the queue that somebody free should get.
std::optional<Match> match(Turn& t, QueueId id) {
    const Queue* queue = find_queue(t.s, id);
    const auto index = t.s.index.queues.find(id);
    if (queue == nullptr || index == t.s.index.queues.end() || index->second.available.empty()) {
        return std::nullopt;
    }
    for (const WaitKey& key : index->second.offerable) {
        const Interaction* interaction = find_interaction(t.s, key.interaction);
        std::vector<UserId> users =
            choose(*queue, index->second, *interaction,
                   [&](std::uint64_t bound) { return t.random_below(bound); });
        if (!users.empty()) {
            return Match{
                key.interaction, id, std::move(users), {queue->weight, key.since, key.interaction}};
        }
        if (queue->strategy != Strategy::all_penalty_order) {
            break;
        }
    }
    return std::nullopt;
}

void offer(Turn& t, const Match& match) {
    const Queue queue = *find_queue(t.s, match.queue);
    const DecisionId decision = note(t, match.interaction, queue, match.users);
    for (const UserId user : match.users) {
        start_offer(t, {match.interaction, match.queue, user, queue.ring_time, decision,
                        auto_answers(t.s, user, queue)});
    }
}

// Items that came and found nobody: why, for the one who asks.
void explain_waiting(Turn& t) {
    for (const InteractionId id : t.entered) {
        const Interaction* interaction = find_interaction(t.s, id);
        const Queue* queue = interaction == nullptr ? nullptr : find_queue(t.s, interaction->queue);
        if (queue != nullptr && !interaction->ended && interaction->attempts == 0) {
            note(t, id, Queue(*queue), {});
        }
    }
    t.entered.clear();
}

}  // namespace

void distribute(Turn& t) {
    std::set<QueueId> dirty;
    while (t.events() < Limits::events_per_turn_max) {
        for (const QueueId queue : t.take_touched_queues()) {
            dirty.insert(queue);
            check_empty(t, queue);
        }
        std::optional<Match> best;
        for (auto it = dirty.begin(); it != dirty.end();) {
            std::optional<Match> found = match(t, *it);
            if (!found) {
                it = dirty.erase(it);
                continue;
            }
            if (!best || found->order < best->order) {
                best = std::move(found);
            }
            ++it;
        }
        if (!best) {
            if (t.s.index.queues_touched.empty()) {
                break;
            }
            continue;
        }
        offer(t, *best);
    }
    explain_waiting(t);
}

}  // namespace linka::core
