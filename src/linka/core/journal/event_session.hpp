// Facts about people at work: their sessions, the devices and queues that they are logged in to,
// and what they do. Part of core/journal/event.hpp, which says what holds for all events.
#pragma once

#include "linka/core/ids.hpp"
#include "linka/core/records/records.hpp"

#include <string_view>
#include <vector>

namespace linka::core {

/// The type of an event in the journal.
#define LINKA_EVENT(name) static constexpr std::string_view type = name

struct UserLoggedIn {
    LINKA_EVENT("user_logged_in");
    UserId user;
};
/// `devices` and `queues`: those that the user was logged in to until then.
struct UserLoggedOut {
    LINKA_EVENT("user_logged_out");
    UserId user{};
    std::vector<DeviceId> devices{};
    std::vector<QueueId> queues{};
};
struct DeviceJoined {
    LINKA_EVENT("device_joined");
    UserId user;
    DeviceId device;
};
/// `taken_by`: the colleague who took it over, or 0.
struct DeviceLeft {
    LINKA_EVENT("device_left");
    UserId user{};
    DeviceId device{};
    UserId taken_by{};
};
struct QueueJoined {
    LINKA_EVENT("queue_joined");
    UserId user;
    QueueId queue;
    int penalty = 0;
};
struct QueueLeft {
    LINKA_EVENT("queue_left");
    UserId user;
    QueueId queue;
};
struct UserReady {
    LINKA_EVENT("user_ready");
    UserId user;
};
struct UserUnready {
    LINKA_EVENT("user_unready");
    UserId user;
};
/// Somebody else had them logged out after the call: no work comes any more, the log-out follows.
struct UserLeaving {
    LINKA_EVENT("user_leaving");
    UserId user;
};
/// `until` set for wrap-up, which ends by itself.
struct PauseStarted {
    LINKA_EVENT("pause_started");
    UserId user{};
    PauseId pause{};
    Instant until{};
    ActivityId activity{};
    QueueId queue{};  // wrap-up: of the activity
};
struct PauseEnded {
    LINKA_EVENT("pause_ended");
    UserId user;
    PauseId pause;
};
struct DeviceReachabilityChanged {
    LINKA_EVENT("device_reachability_changed");
    DeviceId device{};
    bool reachable = false;
    bool can_answer_remotely = false;
    UserId page_of{};  // see DeviceReachabilityReport
};

/// The telephone refused a call without having rung, or never said a word: queues leave it alone
/// until `retry_at`, until it rings, or until it registers anew. `status`: SIP status; 0: silence.
struct DeviceFailed {
    LINKA_EVENT("device_failed");
    DeviceId device;
    int status = 0;
    Instant retry_at;
    OfferId offer;              // that it was to ring for, or 0
    std::string forwards_to{};  // 301, 302: the number that it named
};

/// The user's last client went away, or the first one came (back).
struct UserPresenceChanged {
    LINKA_EVENT("user_presence_changed");
    UserId user;
    bool present = true;
};

/// What a CC user is doing, exactly one at a time; emitted by the core whenever it changes, so that
/// times are a plain fold. Precedence from the top where several would hold. no_device: ready, but
/// no telephone of theirs can be reached, so that no work can be given to them.
enum class UserState {
    logged_out,
    talking,
    hold,
    ringing,
    working,
    wrap,
    paused,
    not_ready,
    no_device,
    idle
};
LINKA_DESCRIBE_ENUM(UserState, logged_out, talking, hold, ringing, working, wrap, paused, not_ready,
                    no_device, idle)
/// `pause` for wrap and paused; `queue` of the work for talking, hold, ringing, working, wrap.
struct UserStateChanged {
    LINKA_EVENT("user_state_changed");
    UserId user;
    UserState state = UserState::logged_out;
    PauseId pause;
    QueueId queue;
};

}  // namespace linka::core
