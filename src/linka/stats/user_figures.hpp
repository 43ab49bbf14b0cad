// User figures: attempts to connect a user, counted in the interval in which the attempt began;
// activities, counted in the interval in which they opened; and time by state, cut exactly at the
// borders. Back-office users are never counted: who folds leaves them out.
//
// `attempts = accepted + missed + rejected + withdrawn + ringing_now`; unanswered means missed +
// rejected only: a customer who gives up while it rings is charged to nobody.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/time.hpp"
#include "linka/core/journal/event.hpp"

#include <cstdint>

namespace linka::stats {

enum class OfferResult { ringing, accepted, missed, rejected, withdrawn };
LINKA_DESCRIBE_ENUM(OfferResult, ringing, accepted, missed, rejected, withdrawn)

/// What is counted of one activity. The times are counted once it was connected.
struct ActivityFacts {
    bool outbound = false;
    bool connected = false;
    Duration before_work{};
    Duration talk{};
    Duration hold{};
    Duration after_work{};
};

struct UserFigures {
    std::int64_t attempts = 0;
    std::int64_t ringing_now = 0;
    std::int64_t accepted = 0;
    std::int64_t missed = 0;
    std::int64_t rejected = 0;
    std::int64_t withdrawn = 0;
    std::int64_t activities = 0;      // opened
    std::int64_t activities_out = 0;  // of these, towards the customer
    std::int64_t connected = 0;       // of these, with a conversation
    Duration activity_before_work{};  // of the connected
    Duration activity_talk{};
    Duration activity_hold{};
    Duration activity_after_work{};
    // Time by state: together the time logged in.
    Duration idle_time{};
    Duration ringing_time{};
    Duration talking_time{};
    Duration hold_time{};
    Duration working_time{};  // an activity is open, nobody is connected
    Duration wrap_time{};
    Duration paused_paid_time{};
    Duration paused_unpaid_time{};
    Duration not_ready_time{};
    bool operator==(const UserFigures&) const = default;
};
LINKA_DESCRIBE(UserFigures,
               (attempts, ringing_now, accepted, missed, rejected, withdrawn, activities,
                activities_out, connected, activity_before_work, activity_talk, activity_hold,
                activity_after_work, idle_time, ringing_time, talking_time, hold_time, working_time,
                wrap_time, paused_paid_time, paused_unpaid_time, not_ready_time))

void add(UserFigures& figures, OfferResult offer);
void subtract(UserFigures& figures, OfferResult offer);
void add(UserFigures& figures, const ActivityFacts& activity);
void subtract(UserFigures& figures, const ActivityFacts& activity);
/// Time in a state; logged_out adds nothing. `paid` matters for a pause.
void add(UserFigures& figures, core::UserState state, bool paid, Duration time);
void add(UserFigures& figures, const UserFigures& more);

struct UserRatios {
    std::int64_t unanswered = 0;  // missed + rejected
    Duration logged_in_time{};    // all states
    double occupancy = 0;         // (ringing + talking + hold + wrap) / (logged in - paid pauses)
    double aht = 0;               // seconds: work times / connected
};
LINKA_DESCRIBE(UserRatios, (unanswered, logged_in_time, occupancy, aht))
/// Ratios are NaN (null in JSON) where there is nothing to divide by.
UserRatios ratios(const UserFigures& figures);

}  // namespace linka::stats
