// How interactions end: the words that events, lists and figures share.
#pragma once

#include "linka/base/describe.hpp"

namespace linka::core {

/// answered: over after having been answered. The rest are the ways to stay unanswered.
enum class Outcome {
    answered,
    abandoned,
    timed_out,
    left_by_key,
    left_empty,
    refused_full,
    refused_empty,
    refused_closed,
    closed,
    busy,
    no_answer,
    cancelled,
    failed
};
LINKA_DESCRIBE_ENUM(Outcome, answered, abandoned, timed_out, left_by_key, left_empty, refused_full,
                    refused_empty, refused_closed, closed, busy, no_answer, cancelled, failed)
enum class EndedBy { caller, agent, transfer, system };
LINKA_DESCRIBE_ENUM(EndedBy, caller, agent, transfer, system)
/// Why a call out was not answered, in the words that people need: what the far side said, what the
/// line said, or that one's own telephone was not answered.
enum class EndReason {
    none,
    busy,
    declined,
    no_answer,
    no_such_number,
    unreachable,
    line_refused,
    line_down,
    own_phone,
    failed
};
LINKA_DESCRIBE_ENUM(EndReason, none, busy, declined, no_answer, no_such_number, unreachable,
                    line_refused, line_down, own_phone, failed)

}  // namespace linka::core
