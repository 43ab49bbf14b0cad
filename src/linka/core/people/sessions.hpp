// Private to the core. Sessions: logged in, ready, paused.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

/// Nothing without a right to it.
void join_queue(Turn& t, const User& user, QueueId queue);
/// On a call or in a chat, from which they cannot just go.
bool serves_somebody(const State& s, UserId user);
void log_out(Turn& t, UserId user);
/// Logs out and ends the calls as well; customers of chats wait anew.
void end_session(Turn& t, UserId user);
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
