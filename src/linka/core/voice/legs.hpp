// Private to the core: legs and what they hear. Each function emits the fact and the effect; what
// follows from it is the caller's business.
#pragma once

#include "linka/core/records/limits.hpp"
#include "linka/core/turn.hpp"

#include <string>
#include <string_view>

namespace linka::core {

/// What a leg that we dial is for. `offer`, `user` and `device` may be none; a leg with a device
/// rings that device, any other rings `number` outside.
struct Dial {
    CallId call;
    UserId user;
    DeviceId device;
    std::string number;
    OfferId offer;
    Instant until;
    bool auto_answer = false;
    std::string caller;     // empty: the call's own
    ActivityId activity{};  // that is opened with the leg, when there is no offer to name it
};
/// Dials; no leg (0) when the call has as many as it may or no trunk is set for a number.
LegId dial(Turn& t, const Dial& what);
/// The effect of a dialled leg (again, after a restart).
void dial_effect(Turn& t, const Leg& leg, ActivityId opens = {});

/// Ends a leg by our own decision: hang-up, CANCEL or a refusal. Unknown legs are ignored.
struct Drop {
    LegCause cause = LegCause::hangup;
    bool elsewhere = false;
    RefuseCause refuse = RefuseCause::no_answer;  // of an incoming leg that is not answered
};
void drop(Turn& t, LegId leg, Drop how = {});
/// How a leg ended without our doing.
struct LegGone {
    LegCause cause = LegCause::hangup;
    int status = 0;
    bool by_peer = true;
    std::string forwards_to{};
};
/// Answers an incoming leg; nothing if it is answered.
void answer(Turn& t, LegId leg);
/// No announcement plays longer.
inline constexpr Duration announcement_max = std::chrono::seconds(limits::prompt_seconds_max);
void play(Turn& t, LegId leg, Playing what, bool loop = false);
void stop_play(Turn& t, LegId leg);
/// What `what` sounds like.
std::vector<Sound> sounds_of(const State& s, const Playing& what, const std::string& language);

/// The caller hears that it rings: 180 before the answer, a tone after it.
void let_hear_ringing(Turn& t, LegId leg);
/// Connects the two sides: `customer` and `agent` hear each other.
void connect(Turn& t, CallId call, LegId customer, LegId agent);
void disconnect(Turn& t, CallId call);

}  // namespace linka::core
