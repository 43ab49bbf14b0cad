// Private to the core. The life of a call: its legs come and go, its work ends, it ends.
#pragma once

#include "linka/core/turn.hpp"

#include <string>
#include <string_view>

namespace linka::core {

/// How a call ends for everybody in it.
struct Ending {
    EndedBy by = EndedBy::system;
    Outcome unanswered = Outcome::abandoned;  // of an interaction that nobody answered
    RefuseCause refuse = RefuseCause::no_answer;
};
void end_call(Turn& t, CallId call, Ending how = {});
/// Ends the current interaction; nothing if there is none.
void end_interaction(Turn& t, CallId call, EndedBy by, Outcome unanswered);
/// Ends the work of everybody in the call (or of `only`).
void finish_activities(Turn& t, CallId call, EndedBy by, ActivityId only = {});
/// The side that still listens: the customer, or the user who called out.
LegId listener(const Call& call);
/// Plays a prompt to the listener, then ends the call.
void farewell(Turn& t, CallId call, std::string_view prompt,
              Outcome unanswered = Outcome::no_answer);
/// Busy or congestion: a refusal before the answer, a tone for a while after it.
void farewell_tone(Turn& t, CallId call, std::string_view tone, RefuseCause refuse);
/// A leg is answered, ended or rings: what follows.
void leg_answered(Turn& t, LegId leg);
struct LegGone {
    LegCause cause = LegCause::hangup;
    int status = 0;
    bool by_peer = true;
    std::string forwards_to{};
};
void leg_gone(Turn& t, LegId leg, LegGone how);

}  // namespace linka::core
