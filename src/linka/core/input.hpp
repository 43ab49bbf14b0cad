// Everything that enters the live contact centre: what people want, what phones and media report,
// what administrators change, and time. Inputs are not stored; the events they cause are. What
// somebody wants is named by a verb (Hold); what is told to be so already ends in Report
// (LegAnsweredReport). The fact that follows, in core/journal/event.hpp, is named as it is
// (LegAnswered).
#pragma once

#include "linka/core/ids.hpp"
#include "linka/core/records/record_ids.hpp"
#include "linka/core/records/records.hpp"
#include "linka/core/work/channel.hpp"
#include "linka/core/work/description.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace linka::core {

/// How an input is treated. See core/journal/keeping.hpp.
enum class InputKind {
    record,    // somebody changes records: it must be on the disk before they are told
    writing,   // somebody writes something down about work: the same
    new_call,  // somebody calls out
    act,       // somebody does something else, which is true once it is done
    report     // a device, a leg, a page or the clock tells what is so already
};
/// The kind of an input, at its type: one without it does not compile.
#define LINKA_INPUT(name) static constexpr InputKind kind = InputKind::name

// ---- Administration: the record as it is to be (validated by the core, refused with the field) --
struct SaveUser {
    LINKA_INPUT(record);
    User user;
};  // id 0: new
struct SaveDevice {
    LINKA_INPUT(record);
    Device device;
    std::map<UserId, DeviceRight> people = {};  // see SaveQueue
};                                              // id 0: new
struct SaveQueue {
    LINKA_INPUT(record);
    Queue queue;
    bool create = false;
    // Who had a right to one that was removed and gets it again, whatever record the right names;
    // those who are gone, or may not have it any more, are passed over.
    std::map<UserId, QueueRight> people = {};
};
struct SavePause {
    LINKA_INPUT(record);
    Pause pause;
};  // id 0: new
struct SaveRightToCall {
    LINKA_INPUT(record);
    RightToCall right_to_call;
};  // id 0: new
struct SaveProfile {
    LINKA_INPUT(record);
    Profile profile;
};  // id 0: new
struct SaveTrunk {
    LINKA_INPUT(record);
    Trunk trunk;
};  // id 0: new
struct SavePrompt {
    LINKA_INPUT(record);
    Prompt prompt;
};  // id 0: new
struct SaveRoute {
    LINKA_INPUT(record);
    Route route;
};  // id 0: new
struct SaveMenu {
    LINKA_INPUT(record);
    Menu menu;
};  // id 0: new
struct SaveRingGroup {
    LINKA_INPUT(record);
    RingGroup ring_group;
};
struct SaveSettings {
    LINKA_INPUT(record);
    Settings settings;
};
/// In the sandbox, where routing is edited: calls go by it after ApplyRouting. The record is
/// checked beside the others there. Id 0 of a rule or a menu: new.
struct SaveDraft {
    LINKA_INPUT(record);
    RoutingRecord record;
};
/// From the sandbox. Refused while something there leads to them.
struct RemoveDraft {
    LINKA_INPUT(record);
    RecordIds records;
};
/// Calls go as the sandbox says, from the next step of each. Refused if something there leads
/// nowhere by now.
struct ApplyRouting {
    LINKA_INPUT(record);
};
/// The sandbox becomes as calls go.
struct DiscardDraft {
    LINKA_INPUT(record);
};
/// Calls go as before the last ApplyRouting, and so back and forth. What is being edited in the
/// sandbox stays as it is. Not found: nothing was applied yet.
struct UndoRouting {
    LINKA_INPUT(record);
};
struct RemoveUser {
    LINKA_INPUT(record);
    UserId id;
};
struct RemoveDevice {
    LINKA_INPUT(record);
    DeviceId id;
};
struct RemoveQueue {
    LINKA_INPUT(record);
    QueueId id;
};
struct RemovePause {
    LINKA_INPUT(record);
    PauseId id;
};
struct RemoveRightToCall {
    LINKA_INPUT(record);
    RightToCallId id;
};
struct RemoveProfile {
    LINKA_INPUT(record);
    ProfileId id;
};
struct RemoveTrunk {
    LINKA_INPUT(record);
    TrunkId id;
};
/// Refused while something plays it, unless the system has one of its name.
struct RemovePrompt {
    LINKA_INPUT(record);
    PromptId id;
};
struct RemoveRoute {
    LINKA_INPUT(record);
    RouteId id;
};
struct RemoveMenu {
    LINKA_INPUT(record);
    MenuId id;
};
struct RemoveRingGroup {
    LINKA_INPUT(record);
    RingGroupId id;
};
/// Removes records together, whatever refers to them: what stays loses its references to them,
/// people log out, conversations end, open work is closed. Those that are not there and the
/// system's pauses are passed over. Calls that cannot go on hold it up (busy) unless `end_calls`;
/// others go on. `ending`: calls that end with it and never hold it up. `past`: of whom lists and
/// figures are to forget what they did; their work ends as well, also of those who stay. Refused
/// (invalid) if no administrator would be left.
struct RemoveRecords {
    LINKA_INPUT(record);
    RecordIds records{};
    bool end_calls = false;
    std::vector<CallId> ending{};
    Past past{};
};

// ---- What a user does. All need a CC user, else not_found. --------------------------------------
struct LogIn {
    LINKA_INPUT(act);
    UserId user;
};  // starts the user's session (idempotent)
struct LogOut {
    LINKA_INPUT(act);
    UserId user;
};
/// Ends somebody's session, whoever asks for it: who may is the API's business. Calls of theirs end
/// at once, or, `after_call`, are waited for: no new work comes meanwhile. Nothing happens to those
/// who are not logged in.
struct EndSession {
    LINKA_INPUT(act);
    UserId user;
    bool after_call = false;
};
struct ChangeDevices {
    LINKA_INPUT(act);
    UserId user;
    std::vector<std::string> login;
    std::vector<std::string> logout;
    bool take = false;  // also what a colleague is logged in to, who is told; never during a call
};
struct ChangeQueues {
    LINKA_INPUT(act);
    UserId user;
    std::vector<QueueId> login;
    std::vector<QueueId> logout;
};
/// Begins the shift: logs in, signs in to the devices and queues named (none: those used last, see
/// core/people/start.hpp) and becomes ready. All of it, or nothing with the reasons.
struct Start {
    LINKA_INPUT(act);
    UserId user;
    std::optional<std::vector<std::string>> devices{};
    std::optional<std::vector<QueueId>> queues{};
    bool take = false;  // as ChangeDevices
};
/// All calls to the user's extension go to this number; empty: no longer.
struct SetForward {
    LINKA_INPUT(writing);
    UserId user;
    std::string number;
};
/// Somebody dealt with what was missed (core/work/missed.hpp).
struct CloseMissed {
    LINKA_INPUT(writing);
    UserId user;
    MissedId missed;
};
/// The user's last client (push socket, polling) went away, or the first one came. While absent,
/// Settings::inactivity_logout runs.
struct UserPresenceReport {
    LINKA_INPUT(report);
    UserId user;
    bool present = true;
};
struct BecomeReady {
    LINKA_INPUT(act);
    UserId user;
};
struct BecomeUnready {
    LINKA_INPUT(act);
    UserId user;
};
struct SetPause {
    LINKA_INPUT(act);
    UserId user;
    std::string pause;
};  // empty: end the pause
struct CallOut {
    LINKA_INPUT(new_call);
    UserId user;
    std::string number;
    QueueId queue;
};  // queue 0: the user's first one, or none
struct Accept {
    LINKA_INPUT(act);
    UserId user;
    ActivityId activity;
};  // of an offer that rings at this user
struct Reject {
    LINKA_INPUT(act);
    UserId user;
    ActivityId activity;
};
struct Take {
    LINKA_INPUT(act);
    UserId user;
    ActivityId activity;
};  // an item that waits, or rings at a colleague
struct Hold {
    LINKA_INPUT(act);
    UserId user;
    ActivityId activity;
    bool on = true;
};
struct Mute {
    LINKA_INPUT(act);
    UserId user;
    ActivityId activity;
    bool on = true;
};
enum class TransferMode { blind, attended, complete, cancel };
LINKA_DESCRIBE_ENUM(TransferMode, blind, attended, complete, cancel)
struct Transfer {
    LINKA_INPUT(act);
    UserId user;
    ActivityId activity;
    std::string to;
    TransferMode mode = TransferMode::blind;
};
struct SendDigits {
    LINKA_INPUT(act);
    UserId user;
    ActivityId activity;
    std::string digits;
};
struct HangUpActivity {
    LINKA_INPUT(act);
    UserId user;
    ActivityId activity;
};
struct CloseActivity {
    LINKA_INPUT(writing);
    UserId user;
    ActivityId activity;
    std::vector<std::string> statuses;
    std::string note;
};
struct PostponeActivity {
    LINKA_INPUT(writing);
    UserId user;
    ActivityId activity;
    Instant until{};     // 0: until the user opens it
    std::string note{};  // of the form so far
};
struct OpenActivity {
    LINKA_INPUT(act);
    UserId user;
    ActivityId activity;
};  // postponed work of one's own, before its time
enum class ThenDo { nothing, close, postpone };
LINKA_DESCRIBE_ENUM(ThenDo, nothing, close, postpone)
/// Changes what is written about work, open or closed, and closes or postpones it then if asked to:
/// with what was written before and is not given now. `by`: who asks; who may describe whose work
/// is the API's business, which also knows closed work. Close and postpone one's own only.
struct DescribeActivity {
    LINKA_INPUT(writing);
    UserId by;
    ActivityId activity;
    Description description;
    ThenDo then = ThenDo::nothing;
    Instant until{};  // as PostponeActivity
};

// ---- What devices and legs report (from voice)
// ---------------------------------------------------
struct DeviceReachabilityReport {
    LINKA_INPUT(report);
    DeviceId device;
    bool reachable = false;
    bool can_answer_remotely = false;
    UserId page_of{};  // web phones: who is signed in to the page; 0: not known
};
/// A call came in: from a trunk (device 0) or from a device.
struct CallArrivedReport {
    LINKA_INPUT(report);
    LegId leg;
    DeviceId device;
    std::string trunk;
    std::string number;
    std::string caller;
    std::string caller_name;
    LegId replaces;  // the leg that it takes over (attended transfer, pick-up), or 0
};
struct LegRingingReport {
    LINKA_INPUT(report);
    LegId leg;
    bool early_media = false;
    bool can_answer_remotely = false;
};
struct LegAnsweredReport {
    LINKA_INPUT(report);
    LegId leg;
};
/// The last word of a leg. `status`: SIP status, 0 for an ordinary end. `lost`: its media worker or
/// the signalling died. `forwards_to`: the number that a telephone named which sends its calls on
/// by itself (301, 302); it is told, never dialled.
struct LegEndedReport {
    LINKA_INPUT(report);
    LegId leg;
    int status = 0;
    bool by_peer = true;
    bool elsewhere = false;
    bool lost = false;
    std::string forwards_to{};
};
struct LegHeldReport {
    LINKA_INPUT(report);
    LegId leg;
    bool held = false;
};  // by the phone itself
struct DigitReport {
    LINKA_INPUT(report);
    LegId leg;
    char digit = '0';
};
struct PlayEndedReport {
    LINKA_INPUT(report);
    LegId leg;
    PlayId play;
};
struct TransferAskedReport {
    LINKA_INPUT(report);
    LegId leg;
    std::string to;
    LegId replaces;
};  // REFER from the phone
struct RecordingEndedReport {
    LINKA_INPUT(report);
    RecordingId recording;
    Duration duration{};
    std::int64_t bytes = 0;
    bool failed = false;
    std::string reason;
};
struct LegQualityReport {
    LINKA_INPUT(report);
    LegId leg;
    std::string codec;
    double mos_in = 0;
    double mos_out = 0;
    double loss_in = 0;
    double loss_out = 0;
    double jitter_ms = 0;
    double round_trip_ms = 0;
};

// ---- What written channels report ---------------------------------------------------------------
/// A customer writes: a conversation begins to wait in the queue, unless it waits or is open
/// already. `again`: it was there before, and was ended or answered since.
struct ConversationArrivedReport {
    LINKA_INPUT(report);
    ConversationId conversation;
    QueueId queue;
    Party party;
    std::string our_address{};  // that they wrote to
    bool again = false;
};
/// The customer left, or somebody dealt with it elsewhere.
struct ConversationEndedReport {
    LINKA_INPUT(report);
    ConversationId conversation;
};
/// It goes on in another queue of the same channel.
struct ConversationMovedReport {
    LINKA_INPUT(report);
    ConversationId conversation;
    QueueId queue;
};

/// After a restart, before time goes on: the legs that signalling and media still have. Every other
/// leg of the state is ended. What lives is done again (effects that the crash may have swallowed;
/// they are idempotent).
struct ProgramStartedReport {
    LINKA_INPUT(report);
    std::vector<LegId> legs;
};

/// Time has come; due timers run before every other input anyway.
struct Tick {
    LINKA_INPUT(report);
};

using InputVariant =
    std::variant<SaveUser, SaveDevice, SaveQueue, SavePause, SaveRightToCall, SaveProfile,
                 SaveTrunk, SavePrompt, SaveRoute, SaveMenu, SaveRingGroup, SaveDraft, RemoveDraft,
                 ApplyRouting, DiscardDraft, UndoRouting, SaveSettings, RemoveUser, RemoveDevice,
                 RemoveQueue, RemovePause, RemoveRightToCall, RemoveProfile, RemoveTrunk,
                 RemovePrompt, RemoveRoute, RemoveMenu, RemoveRingGroup, RemoveRecords, LogIn,
                 LogOut, EndSession, ChangeDevices, ChangeQueues, Start, SetForward, CloseMissed,
                 UserPresenceReport, BecomeReady, BecomeUnready, SetPause, CallOut, Accept, Reject,
                 Take, Hold, Mute, Transfer, SendDigits, HangUpActivity, CloseActivity,
                 PostponeActivity, OpenActivity, DescribeActivity, DeviceReachabilityReport,
                 CallArrivedReport, LegRingingReport, LegAnsweredReport, LegEndedReport,
                 LegHeldReport, DigitReport, PlayEndedReport, TransferAskedReport,
                 RecordingEndedReport, LegQualityReport, ConversationArrivedReport,
                 ConversationEndedReport, ConversationMovedReport, ProgramStartedReport, Tick>;
/// One of them. What copies, moves and destroys so many types is compiled once.
struct Input : InputVariant {
    using InputVariant::variant;
    using InputVariant::operator=;
    Input();
    Input(const Input& other);
    Input(Input&& other) noexcept;
    Input& operator=(const Input& other);
    Input& operator=(Input&& other) noexcept;
    ~Input();
};

#undef LINKA_INPUT

inline InputKind kind_of(const Input& input) {
    return std::visit([]<typename T>(const T&) { return T::kind; },
                      static_cast<const InputVariant&>(input));
}

}  // namespace linka::core
