// PushRows: what changed in the rows of the live API since the last batch of events. Lives on the
// core's thread. Knows no socket.
#pragma once

#include "linka/api/rights.hpp"
#include "linka/core/state.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace linka::api {

using PushText = std::shared_ptr<const std::string>;  // shared by the queues of all peers

/// One message, and who may have it.
struct PushMessage {
    enum class About { user, queue, activity, missed, notice };
    About about = About::user;
    PushText full;
    PushText presence;    // users: for those who may only know whether they are there
    core::User user;      // users: whom it is about; activities: the owner (id 0: nobody); missed
                          // calls: whom a direct one was for; notices: who alone is told
    core::QueueId queue;  // queues, activities and missed calls
    bool taken = false;   // activities: somebody has it
};

struct PushBatch {
    std::vector<PushMessage> messages;
    std::set<core::UserId> users;  // whose `me` may have changed
};

class PushRows {
  public:
    /// Everything as it is, so that only later changes are told.
    void load(const core::State& state);
    PushBatch follow(const core::State& state, const std::vector<core::Record>& records);
    /// Makes every row anew. A row may depend on what none of its events tells (settings, other
    /// records); such changes are found here.
    PushBatch refresh(const core::State& state);
    /// As realtime_text(), of rows as they were last told: a snapshot costs no new rows.
    [[nodiscard]] std::string realtime(const core::State& state, const Viewer& viewer) const;

  private:
    struct Touched {
        std::set<core::UserId> users;
        std::set<core::QueueId> queues;
        std::set<core::InteractionId> interactions;
    };
    struct Known {
        PushText text;
        core::UserId owner;
        core::QueueId queue;
        bool taken = false;
    };

    Touched touched_by(const core::State& state, const std::vector<core::Record>& records);
    void touch_call(const core::State& state, core::CallId call, Touched& touched);
    void update_user(const core::State& state, core::UserId id, PushBatch& batch);
    void update_queue(const core::State& state, core::QueueId id, PushBatch& batch);
    /// Whoever moves up in a queue has a new position; so many from the front are told.
    static constexpr std::size_t positions_told_max = 50;
    void update_positions(const core::State& state, core::QueueId id, PushBatch& batch);
    void update_interaction(const core::State& state, core::InteractionId id, PushBatch& batch);
    void drop(const core::State& state, core::ActivityId id, PushBatch& batch);
    void update_missed(const core::State& state, core::MissedId id, PushBatch& batch);
    void follow_missed(const core::State& state, const std::vector<core::Record>& records,
                       PushBatch& batch);

    struct KnownUser {
        std::string full;
        std::string presence;
    };
    std::map<core::UserId, KnownUser> users_;
    std::map<core::QueueId, std::string> queues_;
    std::map<core::QueueId, std::vector<core::InteractionId>> lines_;  // the front of each
    std::map<core::ActivityId, Known> activities_;
    std::map<core::InteractionId, std::set<core::ActivityId>> of_interaction_;
    std::map<core::ActivityId, core::InteractionId> by_activity_;
    std::map<core::OfferId, core::InteractionId> by_offer_;
    struct KnownMissed {
        std::string row;  // empty: hidden while its customer is calling
        core::QueueId queue;
        core::User called;
    };
    std::map<core::MissedId, KnownMissed> missed_;
    std::set<core::MissedId> missed_live_;  // their customers are on the telephone
};

}  // namespace linka::api
