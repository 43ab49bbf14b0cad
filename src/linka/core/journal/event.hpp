// Facts. Everything that the live contact centre is, and every figure, is a fold of these. One
// struct per event; a member that is absent in the journal reads as its default, so that from the
// first release on members are only ever added. Written to the journal as {"type":…} JSON.
#pragma once

#include "linka/core/deadline_kind.hpp"
#include "linka/core/flow/step.hpp"
#include "linka/core/ids.hpp"
#include "linka/core/journal/event_session.hpp"
#include "linka/core/records/record_ids.hpp"
#include "linka/core/records/records.hpp"
#include "linka/core/voice/playing.hpp"
#include "linka/core/work/channel.hpp"
#include "linka/core/work/description.hpp"
#include "linka/core/work/outcome.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace linka::core {

// ---- The program
// -------------------------------------------------------------------------------------
/// `start`: counts 1, 2, 3 …. Nothing leaves the program before this is durable; numbers go on
/// beyond those that may have been given and forgotten (core/journal/numbers.hpp).
struct ProgramStarted {
    LINKA_EVENT("program_started");
    std::int64_t start = 1;
};

// ---- Records
// -------------------------------------------------------------------------------------
struct UserSaved {
    LINKA_EVENT("user_saved");
    User user;
};
struct UserRemoved {
    LINKA_EVENT("user_removed");
    UserId id;
};
struct DeviceSaved {
    LINKA_EVENT("device_saved");
    Device device;
};
struct DeviceRemoved {
    LINKA_EVENT("device_removed");
    DeviceId id;
};
struct QueueSaved {
    LINKA_EVENT("queue_saved");
    Queue queue;
};
struct QueueRemoved {
    LINKA_EVENT("queue_removed");
    QueueId id;
};
struct PauseSaved {
    LINKA_EVENT("pause_saved");
    Pause pause;
};
struct PauseRemoved {
    LINKA_EVENT("pause_removed");
    PauseId id;
};
struct RightToCallSaved {
    LINKA_EVENT("right_to_call_saved");
    RightToCall right_to_call;
};
struct RightToCallRemoved {
    LINKA_EVENT("right_to_call_removed");
    RightToCallId id;
};
struct ProfileSaved {
    LINKA_EVENT("profile_saved");
    Profile profile;
};
struct ProfileRemoved {
    LINKA_EVENT("profile_removed");
    ProfileId id;
};
struct TrunkSaved {
    LINKA_EVENT("trunk_saved");
    Trunk trunk;
};
struct TrunkRemoved {
    LINKA_EVENT("trunk_removed");
    TrunkId id;
};
struct PromptSaved {
    LINKA_EVENT("prompt_saved");
    Prompt prompt;
};
struct PromptRemoved {
    LINKA_EVENT("prompt_removed");
    PromptId id;
};
struct RouteSaved {
    LINKA_EVENT("route_saved");
    Route route;
};
struct RouteRemoved {
    LINKA_EVENT("route_removed");
    RouteId id;
};
struct MenuSaved {
    LINKA_EVENT("menu_saved");
    Menu menu;
};
struct MenuRemoved {
    LINKA_EVENT("menu_removed");
    MenuId id;
};
struct RingGroupRemoved {
    LINKA_EVENT("ring_group_removed");
    RingGroupId id;
};
struct RingGroupSaved {
    LINKA_EVENT("ring_group_saved");
    RingGroup ring_group;
};
struct TimeGroupSaved {
    LINKA_EVENT("time_group_saved");
    TimeGroup time_group;
};
struct TimeGroupRemoved {
    LINKA_EVENT("time_group_removed");
    TimeGroupId id;
};
/// In the sandbox, where routing is edited before calls go by it.
struct DraftSaved {
    LINKA_EVENT("draft_saved");
    RoutingRecord record;
};
/// Those of `records` are no more in the sandbox.
struct DraftRemoved {
    LINKA_EVENT("draft_removed");
    RecordIds records;
};
/// The sandbox is again as calls go.
struct DraftDiscarded {
    LINKA_EVENT("draft_discarded");
};
/// What follows changes how calls go, all together; it can be undone.
struct RoutingReplaced {
    LINKA_EVENT("routing_replaced");
};
struct SettingsSaved {
    LINKA_EVENT("settings_saved");
    Settings settings;
};

// ---- Calls and legs
// --------------------------------------------------------------------------------
enum class CallDirection { in, out, internal };
LINKA_DESCRIBE_ENUM(CallDirection, in, out, internal)
struct CallStarted {
    LINKA_EVENT("call_started");
    CallId call;
    CallDirection direction = CallDirection::in;
    std::string caller;
    std::string caller_name;
    std::string number;
    std::string trunk;
    std::string language{};  // empty: the usual one
};
/// Whose leg it is: the customer (or any caller that is no user), or a user on a device.
struct LegStarted {
    LINKA_EVENT("leg_started");
    LegId leg{};
    CallId call{};
    UserId user{};
    DeviceId device{};
    std::string number{};
    OfferId offer{};
    bool incoming = false;
    Instant until{};  // rings no longer; 0: no end of its own
    bool auto_answer = false;
};
/// A device will join the ringing at `start`.
struct DeviceDelayed {
    LINKA_EVENT("device_delayed");
    CallId call;
    OfferId offer;
    UserId user;
    DeviceId device;
    Instant start;
    Instant until;
};
/// An attended transfer by phone: the leg goes on in another call.
struct LegMoved {
    LINKA_EVENT("leg_moved");
    LegId leg;
    CallId from;
    CallId to;
};
struct LegRang {
    LINKA_EVENT("leg_rang");
    LegId leg;
    bool can_answer_remotely = false;
};
struct LegAnswered {
    LINKA_EVENT("leg_answered");
    LegId leg;
};
/// Every reason that a leg can end for.
enum class LegCause {
    hangup,
    cancelled,
    elsewhere,
    no_answer,    // it rang, and nobody picked up: our time was over, or the telephone's own
    busy,         // 486, 600: also a person who refused
    rejected,     // 603
    unreachable,  // it never rang: nobody there, no such number, the line out is down
    failed,       // refused at once for another reason; `status` says which
    lost,
    redirected  // 301, 302: the telephone sends its calls on by itself
};
LINKA_DESCRIBE_ENUM(LegCause, hangup, cancelled, elsewhere, no_answer, busy, rejected, unreachable,
                    failed, lost, redirected)
/// `status`: the SIP status that ended it, 0 for BYE, CANCEL and our own word. `forwards_to`: the
/// number that a redirected leg's telephone named.
struct LegEnded {
    LINKA_EVENT("leg_ended");
    LegId leg;
    CallId call;
    LegCause cause = LegCause::hangup;
    int status = 0;
    bool by_peer = false;
    std::string forwards_to{};
};
/// Where the media of a call goes now: the two legs that hear each other. `a` is the customer's
/// side, `b` the one that serves it.
struct LegsConnected {
    LINKA_EVENT("legs_connected");
    CallId call;
    LegId a;
    LegId b;
};
struct LegsDisconnected {
    LINKA_EVENT("legs_disconnected");
    CallId call;
    LegId a;
    LegId b;
};
/// `by`: who pressed hold. The user of the leg, or nobody for a leg without one: the telephone
/// itself holds; somebody else: the leg is put on hold by the other side.
struct LegHeldChanged {
    LINKA_EVENT("leg_held_changed");
    LegId leg;
    bool held = false;
    UserId by;
};
struct LegMutedChanged {
    LINKA_EVENT("leg_muted_changed");
    LegId leg;
    bool muted = false;
};
struct PlayStarted {
    LINKA_EVENT("play_started");
    LegId leg{};
    PlayId play{};
    Playing what{};
    std::string language{};
    bool loop = false;
};
struct PlayEnded {
    LINKA_EVENT("play_ended");
    LegId leg;
    PlayId play;
};
struct DigitPressed {
    LINKA_EVENT("digit_pressed");
    LegId leg;
    std::string digit;
};
struct QualityMeasured {
    LINKA_EVENT("quality_measured");
    LegId leg;
    std::string codec;
    double mos_in = 0;
    double mos_out = 0;
    double loss_in = 0;
    double loss_out = 0;
    double jitter_ms = 0;
    double round_trip_ms = 0;
};
struct CallEnded {
    LINKA_EVENT("call_ended");
    CallId call;
};
/// A call goes on to another step, and stays there until `until` at most; 0: as long as it likes.
struct CallStepped {
    LINKA_EVENT("call_stepped");
    CallId call{};
    Step step{};
    Instant until{};
};
/// A user sends the customer on to `to` and leaves (a blind transfer). Nobody answers there: the
/// customer comes back to `user`, then to `queue` (0: none).
struct CallTransferred {
    LINKA_EVENT("call_transferred");
    CallId call;
    UserId user;
    ActivityId activity;
    QueueId queue;
    std::string to;
};
/// A user speaks with `to` while the customer hears music (attended transfer).
struct ConsultationStarted {
    LINKA_EVENT("consultation_started");
    CallId call;
    ActivityId activity;
    LegId by;
    std::string to;
    Instant until;
};
struct ConsultationConnected {
    LINKA_EVENT("consultation_connected");
    CallId call;
    LegId target;
};
/// `completed`: the customer went to the one who was asked.
struct ConsultationEnded {
    LINKA_EVENT("consultation_ended");
    CallId call;
    bool completed = false;
};

// ---- Interactions, offers, activities
// ---------------------------------------------------------------
/// One visit of a customer in a queue (a re-entry is a new one), or one direct call to or from a
/// user (queue 0, or the outbound queue). What queue figures count.
struct InteractionStarted {
    LINKA_EVENT("interaction_started");
    InteractionId interaction{};
    Channel channel = Channel::call;
    Carrier carrier{};
    QueueId queue{};
    CallDirection direction = CallDirection::in;
    Party party{};
    std::string our_address{};  // that the customer called or wrote to, or was called from
    bool re_entry = false;
    int position = 0;
    ActivityId waiting_as{};
};
/// Who began it and whom they reached, of an InteractionStarted or an Interaction.
template <typename OfInteraction>
const std::string& caller_of(const OfInteraction& of) {
    return of.direction == CallDirection::out ? of.our_address : of.party.address;
}
template <typename OfInteraction>
const std::string& called_of(const OfInteraction& of) {
    return of.direction == CallDirection::out ? of.party.address : of.our_address;
}
/// A person has it. The end of waiting.
struct InteractionAnswered {
    LINKA_EVENT("interaction_answered");
    InteractionId interaction;
    UserId user;
    ActivityId activity;
};
/// Who answered was gone at once, before a word could be said: the customer waits on, at the old
/// place, and the offer counts as rejected ("dropped").
struct InteractionReturned {
    LINKA_EVENT("interaction_returned");
    InteractionId interaction;
    OfferId offer;
    UserId user;
    ActivityId activity;
};
/// `status`: the SIP status behind the reason, 0 if there was none.
struct InteractionEnded {
    LINKA_EVENT("interaction_ended");
    InteractionId interaction;
    Outcome outcome = Outcome::answered;
    EndedBy by = EndedBy::system;
    int position = 0;
    EndReason reason = EndReason::none;
    int status = 0;
};
/// A customer called and nobody spoke with them: one more call of this row of the list of missed
/// calls (core/work/missed.hpp), or its first.
struct CallMissed {
    LINKA_EVENT("call_missed");
    MissedId missed{};
    InteractionId interaction{};
    CallId call{};
    std::string customer{};
    std::string caller_name{};
    QueueId queue{};
    UserId user{};  // whom a direct call was for
    Outcome why = Outcome::abandoned;
};
/// spoke: somebody has spoken with the customer. done: closed by hand. expired: too old, or the
/// list was full.
enum class MissedEnd { spoke, done, expired };
LINKA_DESCRIBE_ENUM(MissedEnd, spoke, done, expired)
struct MissedClosed {
    LINKA_EVENT("missed_closed");
    MissedId missed{};
    UserId by{};
    MissedEnd how = MissedEnd::spoke;
    std::vector<InteractionId> interactions{};  // that were the row's, the newest ones
};
/// An attempt to connect a user. Ends exactly once.
struct OfferStarted {
    LINKA_EVENT("offer_started");
    OfferId offer;
    InteractionId interaction;
    QueueId queue;
    UserId user;
    ActivityId activity;
    Instant until;
    DecisionId decision;
};
enum class OfferOutcome { accepted, missed, rejected, withdrawn };
LINKA_DESCRIBE_ENUM(OfferOutcome, accepted, missed, rejected, withdrawn)
/// `reason` of a withdrawal: customer_left, colleague, unreachable, system, logged_out.
/// `device`, `status`: which telephone could not be rung, and what it said (SIP; 0: nothing).
struct OfferEnded {
    LINKA_EVENT("offer_ended");
    OfferId offer;
    OfferOutcome outcome = OfferOutcome::withdrawn;
    std::string reason{};
    DeviceId device{};
    int status = 0;
    std::string forwards_to{};
};

/// One person's piece of work. An offer in a queue has its activity id from the start (the id that
/// the API accepts, rejects and explains); it opens when the user has it. `leg`: of the user, on
/// which they have the call.
struct ActivityOpened {
    LINKA_EVENT("activity_opened");
    ActivityId activity{};
    Channel channel = Channel::call;
    Carrier carrier{};
    InteractionId interaction{};
    QueueId queue{};
    UserId user{};
    CallDirection direction = CallDirection::in;
    std::string title{};
    LegId leg{};
};
struct ActivityConnected {
    LINKA_EVENT("activity_connected");
    ActivityId activity;
    LegId leg;
};  // tB: both hear each other
struct ActivityHeld {
    LINKA_EVENT("activity_held");
    ActivityId activity;
    bool held = false;
};
struct ActivityFinished {
    LINKA_EVENT("activity_finished");
    ActivityId activity;
    EndedBy by = EndedBy::system;
};  // tC
struct ActivityPostponed {
    LINKA_EVENT("activity_postponed");
    ActivityId activity{};
    Instant until{};     // 0: until the user opens it
    std::string note{};  // of the form so far
};
/// Postponed work returns.
struct ActivityResumed {
    LINKA_EVENT("activity_resumed");
    ActivityId activity;
};
struct ActivityClosed {
    LINKA_EVENT("activity_closed");
    ActivityId activity;
    std::vector<std::string> statuses;
    std::string note;
};
/// Somebody wrote about work, open or closed: what is given changes.
struct ActivityDescribed {
    LINKA_EVENT("activity_described");
    ActivityId activity{};
    UserId by{};
    Description description{};
};

// ---- Recordings
// ---------------------------------------------------------------------------------------
struct RecordingStarted {
    LINKA_EVENT("recording_started");
    RecordingId recording;
    CallId call;
    InteractionId interaction;
    ActivityId activity;
    UserId user;
    std::string file;
    bool voicemail = false;
};
/// A recording that began before anybody had the call now belongs to this work.
struct RecordingAssigned {
    LINKA_EVENT("recording_assigned");
    RecordingId recording;
    ActivityId activity;
    UserId user;
};
struct RecordingStopped {
    LINKA_EVENT("recording_stopped");
    RecordingId recording;
};
struct RecordingEnded {
    LINKA_EVENT("recording_ended");
    RecordingId recording;
    Duration duration{};
    std::int64_t bytes = 0;
    bool failed = false;
    std::string reason;
};

// ---- Decisions
// ------------------------------------------------------------------------------------------
struct IdRange {
    std::int64_t first = 0;
    std::int64_t last = 0;
    bool operator==(const IdRange&) const = default;
};
/// One act of distribution. Candidates are the users with a right to the queue, ascending;
/// `verdicts` has one character for each, in that order: the first rule that ruled them out
/// (core/acd/verdict.hpp), `.` eligible but not chosen, `*` chosen.
struct Decided {
    LINKA_EVENT("decided");
    DecisionId decision;
    InteractionId interaction;
    QueueId queue;
    Strategy strategy = Strategy::leastrecent;
    std::vector<IdRange> candidates;
    std::string verdicts;
};

// ---- Time
// -------------------------------------------------------------------------------------------------
/// A deadline of the core passed that changes nothing else.
struct DeadlinePassed {
    LINKA_EVENT("deadline_passed");
    DeadlineKind kind = DeadlineKind::offer;
    std::int64_t id = 0;  // of what it is about
};

// ---- The past
// -------------------------------------------------------------------------------------------------
/// Lists and figures forget what these people and queues did, but for calls that somebody else took
/// part in (docs/decisions/0015). Their records, as far as they go, were removed by the events
/// before.
struct PastForgotten {
    LINKA_EVENT("past_forgotten");
    Past past;
};

#undef LINKA_EVENT

using EventVariant = std::variant<
    UserSaved, UserRemoved, DeviceSaved, DeviceRemoved, QueueSaved, QueueRemoved, PauseSaved,
    PauseRemoved, RightToCallSaved, RightToCallRemoved, ProfileSaved, ProfileRemoved, TrunkSaved,
    TrunkRemoved, PromptSaved, PromptRemoved, RouteSaved, RouteRemoved, MenuSaved, RingGroupSaved,
    MenuRemoved, RingGroupRemoved, TimeGroupSaved, TimeGroupRemoved, DraftSaved, DraftRemoved,
    DraftDiscarded, RoutingReplaced, SettingsSaved, UserLoggedIn, UserLoggedOut, DeviceJoined,
    DeviceLeft, QueueJoined, QueueLeft, UserReady, UserUnready, PauseStarted, PauseEnded,
    DeviceReachabilityChanged, DeviceFailed, UserPresenceChanged, UserStateChanged, CallStarted,
    LegStarted, DeviceDelayed, LegMoved, LegRang, LegAnswered, LegEnded, LegsConnected,
    LegsDisconnected, LegHeldChanged, LegMutedChanged, PlayStarted, PlayEnded, DigitPressed,
    QualityMeasured, CallEnded, CallStepped, CallTransferred, ConsultationStarted,
    ConsultationConnected, ConsultationEnded, InteractionStarted, InteractionAnswered,
    InteractionReturned, InteractionEnded, OfferStarted, OfferEnded, ActivityOpened,
    ActivityConnected, ActivityHeld, ActivityFinished, ActivityPostponed, ActivityResumed,
    ActivityClosed, CallMissed, MissedClosed, RecordingStarted, RecordingAssigned, RecordingStopped,
    RecordingEnded, Decided, DeadlinePassed, PastForgotten, UserLeaving, ActivityDescribed,
    ProgramStarted>;
/// One of them. What copies, moves and destroys so many types is compiled once.
struct Event : EventVariant {
    using EventVariant::variant;
    using EventVariant::operator=;
    Event();
    Event(const Event& other);
    Event(Event&& other) noexcept;
    Event& operator=(const Event& other);
    Event& operator=(Event&& other) noexcept;
    ~Event();
};

/// An event in the journal: `seq` counts 1, 2, 3 … without gaps; `at` never goes back.
struct Record {
    std::int64_t seq = 0;
    Instant at;
    Event event;
};

}  // namespace linka::core

#include "linka/core/journal/event_describe.hpp"
