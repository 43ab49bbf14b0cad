// Private to the core. Sessions: logged in, ready, paused.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

const QueueRight* right_to(const User& user, QueueId queue);
/// Nothing without a right to it.
void join_queue(Turn& t, const User& user, QueueId queue);
void log_out(Turn& t, UserId user);
/// Logs out and ends the calls as well.
void end_session(Turn& t, UserId user);
void start_pause(Turn& t, UserId user, const Pause& pause, QueueId queue, ActivityId activity);
void end_pause(Turn& t, UserId user);
/// The system's own pause of this type, made if it is not there yet.
Pause system_pause(Turn& t, PauseType type);
void pause_over(Turn& t, UserId user);
void absent_over(Turn& t, UserId user);
void apply(Turn& t, const LogIn& input);
void apply(Turn& t, const LogOut& input);
void apply(Turn& t, const EndSession& input);
void apply(Turn& t, const ChangeQueues& input);
void apply(Turn& t, const UserPresenceReport& input);
void apply(Turn& t, const BecomeReady& input);
void apply(Turn& t, const BecomeUnready& input);
void apply(Turn& t, const SetPause& input);
void apply(Turn& t, const DeviceReachabilityReport& input);

}  // namespace linka::core
