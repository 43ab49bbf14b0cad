// What the live API and the push socket say about users, queues and activities now: one JSON text
// each, the same in `realtime`, `me` and push. Built on the core's thread, so kept short.
#pragma once

#include "linka/api/directory.hpp"
#include "linka/api/site.hpp"
#include "linka/core/state.hpp"

#include <string>
#include <vector>

namespace linka::api {

/// Full: state, pause, queues, devices, current work. Presence: who, and whether they are there.
std::string user_row(const core::State& state, const core::User& user, Sight sight);
std::string queue_row(const core::State& state, const core::Queue& queue);
/// An offer, a waiting item or open work by its activity id; empty if it is gone.
std::string activity_row(const core::State& state, core::ActivityId activity);
/// A row of the list of missed calls, and the rows that the viewer may see, newest first.
std::string missed_row(const core::State& state, const core::Missed& missed);
std::string missed_name(core::MissedId id);
std::string missed_text(const core::State& state, const Viewer& viewer);
/// The body of GET /api/live/me.
std::string me_text(const core::State& state, const core::User& user, Language language);

/// Every activity id that the interaction has now, ascending: waiting item, offers, open work.
std::vector<core::ActivityId> activities_of(const core::State& state,
                                            const core::Interaction& interaction);
/// Whose work it is (an offer: whom it rings at); 0 for a waiting item.
core::UserId owner_of(const core::State& state, core::ActivityId activity);
/// May the viewer know of this activity: their own, and what waits in a queue of theirs; managers
/// all of their queues; admins all.
bool may_see_activity(const core::State& state, const Viewer& viewer, core::ActivityId activity);

/// {"users":[…],"queues":[…],"activities":[…]} as the viewer may see it.
std::string realtime_text(const core::State& state, const Viewer& viewer);

}  // namespace linka::api
