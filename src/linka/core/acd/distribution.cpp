// Distribution: gives waiting items to free users, whenever something changed. A free user gets the
// waiting item with the best queue weight, then the longest wait; an item never waits behind one
// that nobody free can serve, because only queues with both are looked at.
#include "linka/core/acd/distribution.hpp"

#include "linka/core/acd/queueing.hpp"
#include "linka/core/acd/strategy.hpp"
#include "linka/core/acd/verdict.hpp"
#include "linka/core/people/can.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/walk.hpp"
#include "linka/core/work/offers.hpp"

#include <map>
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

// Why each candidate of a queue was chosen or not; asked in the order of their ids.
class Verdicts {
  public:
    /// `penalty`: the highest of the chosen.
    Verdicts(const State& s, const Interaction& item, const std::set<UserId>& chosen, int penalty)
        : queue_(item.queue),
          channel_(item.channel),
          penalty_(penalty),
          anybody_(!chosen.empty()),
          tried_(item.tried),
          work_(s.index.work),
          members_(s.index.queues.at(item.queue).members),
          chosen_(chosen),
          sessions_(s.sessions) {}

    char of(UserId user) {
        const auto* work = work_.find(user);
        const char own = work == nullptr ? verdict::logged_out : work->second.verdicts[channel_];
        if (own == verdict::logged_out || own == verdict::back_office ||
            own == verdict::deactivated) {
            return own;
        }
        if (members_.find(user) == nullptr) {
            return verdict::not_in_queue;
        }
        if (own != verdict::eligible) {
            return own;
        }
        if (chosen_.find(user) != nullptr) {
            return verdict::chosen;
        }
        if (std::binary_search(tried_.begin(), tried_.end(), user)) {
            return verdict::had_it;
        }
        return anybody_ && penalty_of(user) > penalty_ ? verdict::penalty : verdict::eligible;
    }

  private:
    int penalty_of(UserId user) {
        if (const auto* session = sessions_.find(user)) {
            for (const JoinedQueue& joined : session->second.queues) {
                if (joined.queue == queue_) {
                    return joined.penalty;
                }
            }
        }
        return 0;
    }

    QueueId queue_;
    Channel channel_;
    int penalty_;
    bool anybody_;
    const std::vector<UserId>& tried_;
    Walk<std::map<UserId, UserWork>> work_;
    Walk<std::set<UserId>> members_;
    Walk<std::set<UserId>> chosen_;
    Walk<std::map<UserId, Session>> sessions_;
};

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

DecisionId note(Turn& t, const Interaction& item, Strategy strategy,
                const std::vector<UserId>& users) {
    const QueueIndex& index = t.s.index.queues.at(item.queue);
    const std::set<UserId> chosen(users.begin(), users.end());
    Verdicts verdicts(t.s, item, chosen, chosen_penalty(index, chosen));
    Decided decided;
    decided.decision = DecisionId{t.s.last.decision + 1};
    decided.interaction = item.id;
    decided.queue = item.queue;
    decided.strategy = strategy;
    decided.verdicts.reserve(index.candidates.size());
    for (const UserId user : index.candidates) {
        decided.verdicts += verdicts.of(user);
    }
    decided.candidates =
        pack(std::vector<UserId>(index.candidates.begin(), index.candidates.end()));
    const DecisionId id = decided.decision;
    t.emit(std::move(decided));
    return id;
}

// The first item of the queue that somebody free should get.
std::optional<Match> match(Turn& t, QueueId id) {
    const Offering* queue = offering_of(find_queue(t.s, id));
    const auto index = t.s.index.queues.find(id);
    if (queue == nullptr || index == t.s.index.queues.end() || index->second.available.empty()) {
        return std::nullopt;
    }
    for (const WaitKey& key : index->second.offerable) {
        const Interaction* interaction = find_interaction(t.s, key.interaction);
        std::vector<UserId> users =
            choose(queue->strategy, index->second, *interaction,
                   [&](std::uint64_t bound) { return t.random_below(bound); });
        if (!users.empty()) {
            return Match{
                key.interaction, id, std::move(users), {queue->weight, key.since, key.interaction}};
        }
        // Nobody free is left for this item, but perhaps for the next one: they may have had this
        // one already, or belong to a later tier.
    }
    return std::nullopt;
}

void offer(Turn& t, const Match& match) {
    const Queue queue = *find_queue(t.s, match.queue);
    const Offering offering = *offering_of(&queue);
    const DecisionId decision =
        note(t, *find_interaction(t.s, match.interaction), offering.strategy, match.users);
    for (const UserId user : match.users) {
        start_offer(t, {match.interaction, match.queue, user, offering.ring_time, decision,
                        auto_answers(t.s, user, queue)});
    }
}

// All queues where something changed. Whoever leaves an emptied one may come to another or set
// somebody free, so this goes on until nothing moves: the best item is chosen among all.
void gather(Turn& t, std::set<QueueId>& dirty, void (*follow)(Turn&)) {
    while (!t.s.index.queues_touched.empty() && t.has_room()) {
        for (const QueueId queue : t.take_touched_queues()) {
            dirty.insert(queue);
            check_empty(t, queue, follow);
        }
    }
}

// Items that came and found nobody: why, for the one who asks.
void explain_waiting(Turn& t) {
    for (const InteractionId id : t.entered) {
        const Interaction* interaction = find_interaction(t.s, id);
        const Offering* queue =
            offering_of(interaction == nullptr ? nullptr : find_queue(t.s, interaction->queue));
        if (queue != nullptr && !interaction->ended && interaction->attempts == 0) {
            note(t, *interaction, queue->strategy, {});
        }
    }
    t.entered.clear();
}

}  // namespace

void distribute(Turn& t, void (*follow)(Turn&)) {
    std::set<QueueId> dirty;
    while (t.has_room()) {
        gather(t, dirty, follow);
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
            break;
        }
        offer(t, *best);
    }
    // The turn has grown too long: the rest waits for the next one, which is due at once.
    for (const QueueId queue : dirty) {
        t.touch_again(queue);
    }
    explain_waiting(t);
}

}  // namespace linka::core
