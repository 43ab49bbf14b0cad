// The one decision maker. `decide` looks at the state and one input and says what happened (events,
// already folded into the state) and what the world is to do (effects); `evolve` folds one event.
// Nothing else changes a State. Same journal, same state, to the byte.
//
// The core reads no clock and draws no random number: both come in. It does no I/O, starts no
// thread and throws nothing. Refusals are answers, not errors: see Reply.
#pragma once

#include "linka/base/result.hpp"
#include "linka/calendar/zone.hpp"
#include "linka/core/blocker.hpp"
#include "linka/core/effect.hpp"
#include "linka/core/input.hpp"
#include "linka/core/journal/event.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace linka::core {

struct State;  // core/state.hpp

/// The answer to the one who gave the input.
struct Reply {
    enum class Kind {
        ok,
        blocked,     // `blockers` say why
        not_found,   // no such thing, or not theirs to see
        invalid,     // `field` and `text` say what must change
        outdated,    // it was judged by what is no longer so: judge again (Live::submit())
        unavailable  // not now, for a reason outside of the contact centre that `text` names
    };
    Kind kind = Kind::ok;
    std::vector<Blocker> blockers;
    std::string field;
    std::string text;
    ActivityId activity;                // CallOut, Take
    std::int64_t record_id = 0;         // Save…: the record's id
    std::vector<std::string> left_out;  // Start: what was used last and may be no longer
};

struct Outcomes {
    std::vector<Record> events;
    std::vector<Effect> effects;
    Reply reply;
};

/// Which time zones there are: calendar::Zone::find. Null if there is none of that name.
using FindZone = std::shared_ptr<const calendar::Zone> (*)(std::string_view name);

/// Applies due timers, each at its own time, then `input`. ProgramStartedReport comes before the
/// timers: what fell due while nobody decided falls due once, now, and offers whose time went by
/// are withdrawn. `now` must not be before the last event (it is raised to it). `random`: 64 fresh
/// random bits, used only by strategies that ask for chance.
Outcomes decide(State& state, const Input& input, Instant now, std::uint64_t random,
                FindZone zones);

/// Folds one event. The event must follow on the state's last (seq + 1).
void evolve(State& state, const Record& record);

/// When `decide` should be called with Tick at the latest; Instant::never() if nothing is due.
Instant next_deadline(const State& state);

/// May this user do that now? Empty: yes. The only place that decides it.
std::vector<Blocker> can(const State& state, UserId user, Action action);

/// The whole state as JSON text and back, for snapshots; equal states give equal bytes.
std::string save_state(const State& state);
Result<bool> load_state(State& state, std::string_view text);

/// An event as journal text and back (unknown members are ignored, unknown types refused).
std::string event_text(const Event& event);
Result<Event> event_from_text(std::string_view text);
/// Appends the text.
void write_event(std::string& out, const Event& event);
/// The name of its kind in the journal.
std::string_view type_of(const Event& event);

}  // namespace linka::core
