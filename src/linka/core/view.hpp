// Reading the State: the questions that API, voice and the core itself ask. Pointers are valid
// until the next decide() or evolve(); null means that there is no such thing (now).
#pragma once

#include "linka/core/state.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linka::core {

const User* find_user(const State& state, UserId id);
const Device* find_device(const State& state, DeviceId id);
const Queue* find_queue(const State& state, QueueId id);
const Pause* find_pause(const State& state, PauseId id);
/// By its name.
const Trunk* find_trunk(const State& state, std::string_view name);
/// By which calls out go: the first by `position` that has a host and is not deactivated.
const Trunk* trunk_out(const State& state);
const Session* find_session(const State& state, UserId id);
const Call* find_call(const State& state, CallId id);
const Leg* find_leg(const State& state, LegId id);
const Interaction* find_interaction(const State& state, InteractionId id);
const Offer* find_offer(const State& state, OfferId id);
const Activity* find_activity(const State& state, ActivityId id);
/// Of an offer of a call, and of an activity on one.
const Ringing* find_ringing(const State& state, OfferId id);
const Talk* find_talk(const State& state, ActivityId id);
/// The call that carries an interaction, an offer or an activity.
template <typename Work>
const Call* carrying_call(const State& state, const Work& work) {
    return find_call(state, call_of(work.carrier));
}
/// The user's leg of this activity.
const Leg* leg_of_activity(const State& state, ActivityId id);

const User* user_by_name(const State& state, std::string_view name);
const User* user_by_extension(const State& state, std::string_view extension);
const Device* device_by_name(const State& state, std::string_view name);
const Pause* pause_by_name(const State& state, std::string_view name);
/// The pause that the system itself sets: wrap, lajdak or dnd; null if there is no such record.
const Pause* pause_by_type(const State& state, PauseType type);

/// Whose calls this device's are now: the CC user logged in to it, else the BO user who has it for
/// good, else null.
const User* user_of_device(const State& state, DeviceId device);
/// The devices that calls to this user ring: logged in to (CC), assigned (BO; not those that a CC
/// user has taken).
std::vector<DeviceId> devices_of_user(const State& state, UserId user);
/// External devices always are; others while registered.
bool is_reachable(const State& state, DeviceId device);
/// It refused the last call to it without ringing, and has not shown since that it works.
bool has_failed(const State& state, DeviceId device);
/// Reachable, and not resting after a failure: what queues may ring.
bool is_tried_by_queues(const State& state, DeviceId device);
/// Can the device be told to answer?
bool answers_remotely(const State& state, DeviceId device);
/// The same for this user: a web page answers by itself only for who is signed in to it.
bool answers_for(const State& state, UserId user, DeviceId device);
std::string device_name(const State& state, DeviceId device);

bool is_logged_in(const State& state, UserId user);
bool is_in_queue(const State& state, UserId user, QueueId queue);
/// The user has a leg that is answered.
bool is_on_call(const State& state, UserId user);
/// What the user's state is by now, as far as calls go; equals Session::state between two
/// decisions.
UserStateChanged derived_state(const State& state, UserId user);

/// Waiting in the queue, longest wait first; those that ring included.
std::vector<InteractionId> waiting_of_queue(const State& state, QueueId queue);
/// 1 for the first; 0 if it does not wait.
int position_of(const State& state, InteractionId interaction);
std::vector<OfferId> offers_of_user(const State& state, UserId user);
/// Open ones, the postponed included.
std::vector<ActivityId> activities_of_user(const State& state, UserId user);
/// Users logged in to the queue, ascending.
std::vector<UserId> users_of_queue(const State& state, QueueId queue);
/// Devices that ring for this offer at the moment.
std::vector<DeviceId> ringing_devices(const State& state, OfferId offer);

/// The offer that carries this activity id, or null.
const Offer* offer_of_activity(const State& state, ActivityId activity);
/// Whatever the activity is by now: open work, an offer, or a waiting item (waiting_as).
const Interaction* interaction_of_activity(const State& state, ActivityId activity);
const Call* call_of_activity(const State& state, ActivityId activity);
/// The one who speaks with us: of a call that we made, who was called.
Party party_of(const Call& call);
/// Our number in it: that was called, or that calls.
const std::string& our_number(const Call& call);
/// The side of the call that is not `leg`: its customer or its agent; null if there is none.
const Leg* other_side(const State& state, const Leg& leg);
/// The right of a user to a queue; null if there is none.
const QueueRight* right_to(const User& user, QueueId queue);

}  // namespace linka::core
