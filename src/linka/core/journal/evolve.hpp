// Private to the core: how events are folded, and how the index follows. Each `fold` handles one
// event; evolve() is the only caller.
#pragma once

#include "linka/core/state.hpp"

#include <algorithm>
#include <vector>

namespace linka::core {

/// Makes trunks that older settings have records of their own; those of a name keep their number.
void adopt_trunks(State& s);

void fold(State& s, Instant at, const UserSaved& e);
void fold(State& s, Instant at, const UserRemoved& e);
void fold(State& s, Instant at, const DeviceSaved& e);
void fold(State& s, Instant at, const DeviceRemoved& e);
void fold(State& s, Instant at, const QueueSaved& e);
void fold(State& s, Instant at, const QueueRemoved& e);
void fold(State& s, Instant at, const PauseSaved& e);
void fold(State& s, Instant at, const PauseRemoved& e);
void fold(State& s, Instant at, const RightToCallSaved& e);
void fold(State& s, Instant at, const RightToCallRemoved& e);
void fold(State& s, Instant at, const ProfileSaved& e);
void fold(State& s, Instant at, const ProfileRemoved& e);
void fold(State& s, Instant at, const TrunkSaved& e);
void fold(State& s, Instant at, const TrunkRemoved& e);
void fold(State& s, Instant at, const PromptSaved& e);
void fold(State& s, Instant at, const PromptRemoved& e);
void fold(State& s, Instant at, const RouteSaved& e);
void fold(State& s, Instant at, const RouteRemoved& e);
void fold(State& s, Instant at, const MenuSaved& e);
void fold(State& s, Instant at, const MenuRemoved& e);
void fold(State& s, Instant at, const RingGroupSaved& e);
void fold(State& s, Instant at, const RingGroupRemoved& e);
void fold(State& s, Instant at, const TimeGroupSaved& e);
void fold(State& s, Instant at, const TimeGroupRemoved& e);
void fold(State& s, Instant at, const DraftSaved& e);
void fold(State& s, Instant at, const DraftRemoved& e);
void fold(State& s, Instant at, const DraftDiscarded& e);
void fold(State& s, Instant at, const RoutingReplaced& e);
void fold(State& s, Instant at, const SettingsSaved& e);
void fold(State& s, Instant at, const ProgramStarted& e);

void fold(State& s, Instant at, const UserLoggedIn& e);
void fold(State& s, Instant at, const UserLoggedOut& e);
void fold(State& s, Instant at, const DeviceJoined& e);
void fold(State& s, Instant at, const DeviceLeft& e);
void fold(State& s, Instant at, const QueueJoined& e);
void fold(State& s, Instant at, const QueueLeft& e);
void fold(State& s, Instant at, const UserReady& e);
void fold(State& s, Instant at, const UserUnready& e);
void fold(State& s, Instant at, const UserLeaving& e);
void fold(State& s, Instant at, const PauseStarted& e);
void fold(State& s, Instant at, const PauseEnded& e);
void fold(State& s, Instant at, const DeviceReachabilityChanged& e);
void fold(State& s, Instant at, const DeviceFailed& e);
void fold(State& s, Instant at, const UserPresenceChanged& e);
void fold(State& s, Instant at, const UserStateChanged& e);

void fold(State& s, Instant at, const CallStarted& e);
void fold(State& s, Instant at, const LegStarted& e);
void fold(State& s, Instant at, const DeviceDelayed& e);
void fold(State& s, Instant at, const LegMoved& e);
void fold(State& s, Instant at, const LegRang& e);
void fold(State& s, Instant at, const LegAnswered& e);
void fold(State& s, Instant at, const LegEnded& e);
void fold(State& s, Instant at, const LegsConnected& e);
void fold(State& s, Instant at, const LegsDisconnected& e);
void fold(State& s, Instant at, const LegHeldChanged& e);
void fold(State& s, Instant at, const LegMutedChanged& e);
void fold(State& s, Instant at, const PlayStarted& e);
void fold(State& s, Instant at, const PlayEnded& e);
void fold(State& s, Instant at, const DigitPressed& e);
void fold(State& s, Instant at, const QualityMeasured& e);
void fold(State& s, Instant at, const CallEnded& e);
void fold(State& s, Instant at, const CallStepped& e);
void fold(State& s, Instant at, const CallTransferred& e);
void fold(State& s, Instant at, const ConsultationStarted& e);
void fold(State& s, Instant at, const ConsultationConnected& e);
void fold(State& s, Instant at, const ConsultationEnded& e);

void fold(State& s, Instant at, const InteractionStarted& e);
void fold(State& s, Instant at, const InteractionAnswered& e);
void fold(State& s, Instant at, const InteractionReturned& e);
void fold(State& s, Instant at, const InteractionEnded& e);
void fold(State& s, Instant at, const OfferStarted& e);
void fold(State& s, Instant at, const OfferEnded& e);
void fold(State& s, Instant at, const ActivityOpened& e);
void fold(State& s, Instant at, const ActivityConnected& e);
void fold(State& s, Instant at, const ActivityHeld& e);
void fold(State& s, Instant at, const ActivityFinished& e);
void fold(State& s, Instant at, const ActivityPostponed& e);
void fold(State& s, Instant at, const ActivityResumed& e);
void fold(State& s, Instant at, const ActivityClosed& e);
void fold(State& s, Instant at, const ActivityDescribed& e);
void fold(State& s, Instant at, const CallMissed& e);
void fold(State& s, Instant at, const MissedClosed& e);
void fold(State& s, Instant at, const RecordingStarted& e);
void fold(State& s, Instant at, const RecordingAssigned& e);
void fold(State& s, Instant at, const RecordingStopped& e);
void fold(State& s, Instant at, const RecordingEnded& e);
void fold(State& s, Instant at, const Decided& e);
void fold(State& s, Instant at, const DeadlinePassed& e);
void fold(State& s, Instant at, const PastForgotten& e);

// The list of missed calls follows these, too (evolve_missed.cpp).
void missed_call_started(State& s, const CallStarted& e);
/// Before the call is erased.
void missed_call_ended(State& s, const Call& call);
void missed_called_back(State& s, Instant at, const InteractionStarted& e);
/// Who calls back, where the number that they call from does not say.
void missed_called_back_by(State& s, const Activity& activity);
/// Rows of queues and users that are no more.
void forget_missed_of_nobody(State& s);

// The index. Each is called after the thing changed; `at` is the instant of the event.
void index_user(State& s, const User& user);
void unindex_user(State& s, const User& user);
void index_session(State& s, const Session& session);
void index_leg(State& s, const Leg& leg);
void index_call(State& s, const Call& call);
void index_interaction(State& s, const Interaction& interaction);
void index_offer(State& s, const Offer& offer);
void index_device(State& s, const DeviceLive& live);
/// The telephone has shown that it works, or registered anew.
void forget_failure(State& s, DeviceLive& live);
void index_activity(State& s, const Activity& activity);
void index_missed(State& s, const Missed& missed);
void index_queue(State& s, const Queue& queue);
/// Works out anew whether work can be given to the user, and lists them in their queues.
void refresh_user(State& s, UserId user, Instant at);
void refresh_everybody(State& s, Instant at);
void rebuild_index(State& s);

/// Keeps a small sorted vector of ids.
template <typename T>
void insert_sorted(std::vector<T>& list, T value) {
    const auto place = std::lower_bound(list.begin(), list.end(), value);
    if (place == list.end() || *place != value) {
        list.insert(place, value);
    }
}
template <typename T>
void erase_value(std::vector<T>& list, T value) {
    std::erase(list, value);
}
template <typename Map, typename Key>
auto* find_in(Map& map, Key key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

}  // namespace linka::core
