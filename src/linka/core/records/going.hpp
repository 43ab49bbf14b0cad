// What RemoveRecords would take with it: what goes, and which work and calls cannot go on without
// it. The removal asks here, and so does who shows beforehand what it would do.
#pragma once

#include "linka/core/input.hpp"
#include "linka/core/records/references.hpp"
#include "linka/core/state.hpp"

#include <vector>

namespace linka::core {

class Going {
  public:
    /// `state` must outlive it and still have the records.
    Going(const State& state, const RemoveRecords& input);

    /// That are there and go.
    [[nodiscard]] const RecordIds& records() const { return records_; }
    [[nodiscard]] const References& references() const { return references_; }
    /// Whose past goes, as lists.
    [[nodiscard]] const Past& past() const { return past_; }
    /// People and queues that go themselves, or whose past does: their work ends.
    [[nodiscard]] const std::vector<UserId>& users() const { return users_; }
    [[nodiscard]] const std::vector<QueueId>& queues() const { return queues_; }

    /// Somebody of them has it, or it came from a queue of them.
    [[nodiscard]] bool has(const Activity& activity) const;
    /// Of calls in writing: it waits in a queue of them, or one of them has it in hand.
    [[nodiscard]] bool has(const Interaction& interaction) const;
    /// The call cannot go on: something that goes is in it, or nobody has it yet and it stands
    /// where something goes.
    [[nodiscard]] bool stops(const Call& call) const;
    /// All calls that end, ascending; and those of them that hold the removal up.
    [[nodiscard]] std::vector<CallId> calls() const;
    [[nodiscard]] std::vector<CallId> calls_in_the_way() const;
    /// There would be nobody left who can set up anything.
    [[nodiscard]] bool takes_last_admin() const;

  private:
    [[nodiscard]] bool has(UserId user, DeviceId device) const;
    [[nodiscard]] bool stands_there(const Call& call) const;

    const State& s_;
    RecordIds records_;
    Past past_;
    std::vector<UserId> users_;
    std::vector<QueueId> queues_;
    std::vector<CallId> ending_;
    References references_;
};

/// Records that one can count in a company; of pauses the custom ones.
struct RecordCounts {
    int users = 0;
    int devices = 0;
    int queues = 0;
    int numbers = 0;  // inbound rules
    int menus = 0;
    int ring_groups = 0;
    int pauses = 0;
};
/// That RemoveRecords would remove now, and that it would leave.
RecordCounts counts_of_going(const Going& going);
RecordCounts counts_of_staying(const State& state, const Going& going);
/// Inbound rules that stay and would lead nowhere.
std::vector<RouteId> routes_cut_off(const State& state, const Going& going);

}  // namespace linka::core
