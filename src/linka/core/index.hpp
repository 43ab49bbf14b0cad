// What makes looking things up quick: indexes over the State, kept by evolve() and rebuilt after a
// snapshot is loaded. Holds no fact that the State does not have.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/deadline_kind.hpp"
#include "linka/core/ids.hpp"
#include "linka/core/work/channel.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace linka::core {

struct Deadline {
    Instant at;
    DeadlineKind kind = DeadlineKind::offer;
    std::int64_t id = 0;
    auto operator<=>(const Deadline&) const = default;
};

/// At most one deadline for each kind and id, in order of time.
class Deadlines {
  public:
    /// No instant (or never()) removes it.
    void set(DeadlineKind kind, std::int64_t id, Instant at);
    [[nodiscard]] const std::set<Deadline>& due() const { return due_; }
    void clear();

  private:
    std::map<std::pair<DeadlineKind, std::int64_t>, Instant> at_;
    std::set<Deadline> due_;
};

/// The order in which a strategy takes free users: lowest penalty, then those whose telephone is
/// sound, then those who have least in hand, then longest without an activity, then longest free,
/// then lowest id.
struct AgentKey {
    int penalty = 0;
    bool suspect = false;  // every telephone of theirs failed when it was last tried
    int in_hand = 0;       // open activities that are not postponed
    Instant recent;
    Instant free_since;
    UserId user;
    auto operator<=>(const AgentKey&) const = default;
};

/// The order of waiting: first come, first served.
struct WaitKey {
    Instant since;
    InteractionId interaction;
    auto operator<=>(const WaitKey&) const = default;
};

struct QueueIndex {
    Channel channel = Channel::call;
    std::set<UserId> members;      // logged in to it
    std::set<UserId> candidates;   // with a right to it
    std::set<AgentKey> available;  // members to whom something of its channel can be given
    std::set<WaitKey> waiting;     // not answered yet, ringing ones included
    std::set<WaitKey> offerable;   // those that may be offered to somebody now
};

/// What a user has in hand.
struct UserWork {
    static constexpr ByChannel<char> no_session{{'o', 'o', 'o', 'o', 'o', 'o', 'o', 'o', 'o'}};
    std::set<LegId> legs;
    std::set<OfferId> offers;
    std::set<ActivityId> activities;        // open, postponed ones included
    ByChannel<char> verdicts = no_session;  // core/acd/verdict.hpp; without the queue's own rules
    std::vector<std::pair<QueueId, AgentKey>> listed;  // in QueueIndex::available
};

struct Index {
    std::map<std::string, UserId, std::less<>> users_by_name;
    std::map<std::string, UserId, std::less<>> users_by_extension;
    std::map<std::string, DeviceId, std::less<>> devices_by_name;
    std::map<std::string, PauseId, std::less<>> pauses_by_name;
    std::map<DeviceId, UserId> back_office;  // devices that are a BO user's for good
    std::map<QueueId, QueueIndex> queues;
    std::map<UserId, UserWork> work;
    std::map<ActivityId, InteractionId> waiting_as;
    std::map<ConversationId, InteractionId> conversations;  // that wait or are open
    std::set<DeviceId> shared_devices;
    std::map<std::string, std::set<MissedId>, std::less<>> missed_of;  // by customer
    Deadlines deadlines;
    // Touched since they were last settled by decide().
    std::set<UserId> users_touched;
    std::set<QueueId> queues_touched;
};

}  // namespace linka::core
