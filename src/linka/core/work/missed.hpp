// Missed calls: customers who called and with whom nobody has spoken yet. One row for each customer
// and queue, or customer and user whom they called directly. A row begins with a call that ends
// unanswered, takes up further ones, and is closed when anybody has spoken with the customer in
// either direction, or by hand. Shared by all who may see the queue.
#pragma once

#include "linka/core/state.hpp"

namespace linka::core {

/// The oldest rows go when there are more, or when their last call is older.
inline constexpr std::size_t missed_max = 1'000;
/// Of the interactions of a row the newest so many are remembered.
inline constexpr std::size_t missed_interactions_max = 50;
inline constexpr Duration missed_age_max = std::chrono::hours(24 * 14);

/// Rows are hidden while their customer is calling (and so may be waiting).
bool is_shown(const Missed& missed);
/// Those of a queue: who has a right to it. Of a direct call: the one who was called, and managers
/// who share a queue with them. Administrators all, and only they and managers those of ring
/// groups.
/// `called`: whom a direct call was for, or null.
bool may_see_missed(const User& viewer, QueueId queue, const User* called);

}  // namespace linka::core
