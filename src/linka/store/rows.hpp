// The rows of the projections, one struct a table. A member is a column of the same name; an enum
// is kept as its name, `Raw` as its text. Migrations spell the same columns (rows_test compares).
// The first `key_columns` members are the key.
#pragma once

#include "linka/base/json_write.hpp"
#include "linka/core/journal/event.hpp"
#include "linka/stats/queue_figures.hpp"
#include "linka/stats/user_figures.hpp"

#include <string>
#include <string_view>

namespace linka::store {

#define LINKA_ROW(name, keys)                       \
    static constexpr std::string_view table = name; \
    static constexpr int key_columns = keys

// Figures are added to again and again, of an interval of now or just before: they stay in memory,
// so that a server need not be asked for them each time, and leave it all at once.
#define LINKA_FIGURES                              \
    static constexpr std::size_t rows_max = 5'000; \
    [[nodiscard]] bool settled() const {           \
        return false;                              \
    }

struct CallRow {
    LINKA_ROW("call", 1);
    core::CallId id;
    core::CallDirection direction = core::CallDirection::in;
    std::string caller;
    std::string caller_name;
    std::string number;
    std::string trunk;
    Instant started;
    Instant ended;
    [[nodiscard]] bool settled() const { return bool(ended); }
};
LINKA_DESCRIBE(CallRow, (id, direction, caller, caller_name, number, trunk, started, ended))

/// `cause` is a core::LegCause once it has ended. Qualities are 0 until measured.
struct LegRow {
    LINKA_ROW("call_leg", 1);
    core::LegId id;
    core::CallId call;
    core::UserId user;
    core::DeviceId device;
    std::string number;
    core::OfferId offer;
    bool incoming = false;
    Instant started;
    Instant rang;
    Instant answered;
    Instant ended;
    Duration ringing{};   // started to answered, or to the end
    Duration speaking{};  // answered to ended
    bool held = false;
    std::string cause;
    int status = 0;
    bool by_peer = false;
    std::string codec;
    double mos_in = 0;
    double mos_out = 0;
    double loss_in = 0;
    double loss_out = 0;
    double jitter_ms = 0;
    double round_trip_ms = 0;
    [[nodiscard]] bool settled() const { return bool(ended); }
};
LINKA_DESCRIBE(LegRow, (id, call, user, device, number, offer, incoming, started, rang, answered,
                        ended, ringing, speaking, held, cause, status, by_peer, codec, mos_in,
                        mos_out, loss_in, loss_out, jitter_ms, round_trip_ms))

/// `wait`: until answered, else until over. `ring`: of the last offer. Work times are the sums of
/// its activities; `talk` without `hold`. `user`, `activity`: who answered first. `outcome` and
/// `ended_by` are empty while it lasts; `result` is how it counts. Queue 0: a direct call.
struct InteractionRow {
    LINKA_ROW("interaction", 1);
    core::InteractionId id;
    core::CallId call;  // that carries it; 0: something else does
    core::QueueId queue;
    core::CallDirection direction = core::CallDirection::in;
    std::string caller;
    std::string caller_name;
    std::string number;
    bool re_entry = false;
    core::ActivityId waiting_as;
    Instant entered;
    Instant answered;
    Instant ended;
    Duration wait{};
    Duration ring{};
    Duration before_work{};
    Duration talk{};
    Duration hold{};
    Duration after_work{};
    int position_in = 0;
    int position_out = 0;
    std::int64_t attempts = 0;
    core::UserId user;
    core::ActivityId activity;
    std::string outcome;
    std::string ended_by;
    stats::QueueResult result = stats::QueueResult::waiting;
    bool in_time = false;
    bool early = false;
    std::int64_t seq = 0;  // of the events that started, answered and ended it
    std::int64_t answered_seq = 0;
    std::int64_t ended_seq = 0;
    std::string end_reason;       // core::EndReason of a call out; empty: none
    std::int64_t end_status = 0;  // the SIP status behind it
    std::string missed;  // missed: nobody has spoken with the customer since; spoken: somebody
    core::Channel channel = core::Channel::call;
    [[nodiscard]] bool settled() const { return bool(ended); }
};
LINKA_DESCRIBE(InteractionRow, (id, call, queue, direction, caller, caller_name, number, re_entry,
                                waiting_as, entered, answered, ended, wait, ring, before_work, talk,
                                hold, after_work, position_in, position_out, attempts, user,
                                activity, outcome, ended_by, result, in_time, early, seq,
                                answered_seq, ended_seq, end_reason, end_status, missed, channel))

/// `ring`: started to ended. `counted`: false for a back-office user.
struct OfferRow {
    LINKA_ROW("offer", 1);
    core::OfferId id;
    core::InteractionId interaction;
    core::QueueId queue;
    core::UserId user;
    core::ActivityId activity;
    core::DecisionId decision;
    Instant started;
    Instant until;
    Instant ended;
    Duration ring{};
    stats::OfferResult outcome = stats::OfferResult::ringing;
    std::string reason;
    bool counted = true;
    std::int64_t seq = 0;
    std::int64_t ended_seq = 0;
    [[nodiscard]] bool settled() const { return bool(ended); }
};
LINKA_DESCRIBE(OfferRow, (id, interaction, queue, user, activity, decision, started, until, ended,
                          ring, outcome, reason, counted, seq, ended_seq))

/// The codes of the v6 API.
enum class ActivityAction { WAIT, OPEN, POSTPONE, CLOSE };
LINKA_DESCRIBE_ENUM(ActivityAction, WAIT, OPEN, POSTPONE, CLOSE)

/// `time`: when it came to be. WAIT: an interaction waits; the row goes when somebody has it (as an
/// activity of theirs), and stays as CLOSE, with `opened` 0 and no user, if nobody ever does.
/// before_work: opened to connected (or to finished, if never connected). talk: connected to
/// finished without `hold`. after_work: finished to closed, without the time postponed (`parked`).
/// duration: connected to finished. ringing: of the accepted offer. `statuses`: a JSON array.
struct ActivityRow {
    LINKA_ROW("activity", 1);
    core::ActivityId id;
    core::InteractionId interaction;
    core::CallId call;
    core::QueueId queue;
    core::UserId user;
    core::CallDirection direction = core::CallDirection::in;
    std::string caller;
    std::string number;
    std::string title;
    ActivityAction action = ActivityAction::WAIT;
    Instant time;
    Instant opened;
    Instant connected;
    Instant finished;
    Instant closed;
    Instant postponed;
    Instant postponed_until;
    Instant held_since;
    Duration parked{};
    Duration before_work{};
    Duration talk{};
    Duration hold{};
    Duration after_work{};
    Duration duration{};
    Duration ringing{};
    bool counted = true;
    std::string ended_by;
    core::LegId leg;
    json::Raw statuses{"[]"};
    std::string note;
    bool important = false;
    int priority = 0;
    json::Raw options{"[]"};
    core::Channel channel = core::Channel::call;
    [[nodiscard]] bool settled() const { return bool(closed); }
};
LINKA_DESCRIBE(ActivityRow,
               (id, interaction, call, queue, user, direction, caller, number, title, action, time,
                opened, connected, finished, closed, postponed, postponed_until, held_since, parked,
                before_work, talk, hold, after_work, duration, ringing, counted, ended_by, leg,
                statuses, note, important, priority, options, channel))

/// Stages of those that the v6 API names: it runs; it is over, the file being made; file; a file
/// that can be heard but whose end is lost; no file. `reason` says why of the last two.
enum class RecordingStatus { Inited, Recorded, Converted, Lost, Failed };
LINKA_DESCRIBE_ENUM(RecordingStatus, Inited, Recorded, Converted, Lost, Failed)
struct RecordingRow {
    LINKA_ROW("recording", 1);
    core::RecordingId id;
    core::CallId call;
    core::InteractionId interaction;
    core::ActivityId activity;
    core::QueueId queue;
    core::UserId user;
    std::string file;
    bool voicemail = false;
    Instant started;
    Instant finished;
    Duration duration{};
    std::int64_t bytes = 0;
    RecordingStatus status = RecordingStatus::Inited;
    std::string reason;
    [[nodiscard]] bool settled() const { return bool(finished); }
};
LINKA_DESCRIBE(RecordingRow, (id, call, interaction, activity, queue, user, file, voicemail,
                              started, finished, duration, bytes, status, reason))

/// `candidates`: JSON array of {first, last}; `chosen`: the first user chosen, or 0.
struct DecisionRow {
    LINKA_ROW("decision", 1);
    core::DecisionId id;
    core::InteractionId interaction;
    core::QueueId queue;
    core::Strategy strategy = core::Strategy::leastrecent;
    Instant at;
    json::Raw candidates{"[]"};
    std::string verdicts;
    core::UserId chosen;
    std::int64_t seq = 0;
    [[nodiscard]] bool settled() const { return true; }
};
LINKA_DESCRIBE(DecisionRow,
               (id, interaction, queue, strategy, at, candidates, verdicts, chosen, seq))

/// A stretch of one state; `until` 0 while it lasts. `paid`: of the pause, when it began.
struct UserStateRow {
    LINKA_ROW("user_state", 1);
    std::int64_t seq = 0;
    core::UserId user;
    core::UserState state = core::UserState::logged_out;
    core::PauseId pause;
    bool paid = false;
    core::QueueId queue;
    Instant since;
    Instant until;
    [[nodiscard]] bool settled() const { return bool(until); }
};
LINKA_DESCRIBE(UserStateRow, (seq, user, state, pause, paid, queue, since, until))

struct QueueIntervalRow {
    LINKA_ROW("queue_interval", 2);
    core::QueueId queue;
    Instant at;
    stats::QueueFigures figures;
    LINKA_FIGURES
};
LINKA_DESCRIBE(QueueIntervalRow, (queue, at, figures))

struct UserIntervalRow {
    LINKA_ROW("user_interval", 2);
    core::UserId user;
    Instant at;
    stats::UserFigures figures;
    LINKA_FIGURES
};
LINKA_DESCRIBE(UserIntervalRow, (user, at, figures))

struct PauseIntervalRow {
    LINKA_ROW("pause_interval", 4);
    core::UserId user;
    Instant at;
    core::PauseId pause;
    bool paid = false;
    Duration time{};
    LINKA_FIGURES
};
LINKA_DESCRIBE(PauseIntervalRow, (user, at, pause, paid, time))

}  // namespace linka::store
