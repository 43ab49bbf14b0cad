// What falls due in the core. The names stand in the journal.
#pragma once

#include "linka/base/describe.hpp"

namespace linka::core {

/// What a deadline is about. Of several due at one instant the earlier kind here runs first.
enum class DeadlineKind {
    offer,         // its ring time is over
    leg,           // a device's own ring time, or the longest ringing outside
    delayed,       // a device joins the ringing of a call
    step,          // a call has been long enough where it stands
    consultation,  // the one asked does not answer
    wait,          // max_wait in a queue
    sleep,         // an item may be offered again
    position,      // a waiting caller hears their position
    pause,         // wrap-up ends, or a pause overruns
    absent,        // nobody has seen this user for too long
    postponed,     // parked work returns
    device         // a telephone that failed may be tried again
};
LINKA_DESCRIBE_ENUM(DeadlineKind, offer, leg, delayed, step, consultation, wait, sleep, position,
                    pause, absent, postponed, device)

}  // namespace linka::core
