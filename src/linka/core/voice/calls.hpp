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
/// Plays a prompt to the listener, then ends the call.
void farewell(Turn& t, CallId call, std::string_view prompt,
              Outcome unanswered = Outcome::no_answer);
/// Busy or congestion: a refusal before the answer, a tone for a while after it.
void farewell_tone(Turn& t, CallId call, std::string_view tone, RefuseCause refuse);
/// A number that a call goes out to could not be reached: what the one who called hears.
void number_failed(Turn& t, CallId call, LegCause cause);

}  // namespace linka::core
