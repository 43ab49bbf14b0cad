// Everything that enters the live contact centre: what people want, what phones and media report,
// what administrators change, and time. Inputs are not stored; the events they cause are.
#pragma once

#include "linka/core/demo_records.hpp"
#include "linka/core/ids.hpp"
#include "linka/core/records.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace linka::core {

// ---- Administration: the record as it is to be (validated by the core, refused with the field) --
struct SaveUser {
    User user;
};  // id 0: new
struct SaveDevice {
    Device device;
};  // id 0: new
struct SaveQueue {
    Queue queue;
    bool create = false;
    bool demo = false;  // of the demo, which also shows queues of types that nothing serves yet
};
struct SavePause {
    Pause pause;
};  // id 0: new
struct SaveRoute {
    Route route;
};  // id 0: new
struct SaveMenu {
    Menu menu;
};  // id 0: new
struct SaveRingGroup {
    RingGroup ring_group;
};
struct SaveSettings {
    Settings settings;
};
struct RemoveUser {
    UserId id;
};
struct RemoveDevice {
    DeviceId id;
};
struct RemoveQueue {
    QueueId id;
};
struct RemovePause {
    PauseId id;
};
struct RemoveRoute {
    RouteId id;
};
struct RemoveMenu {
    MenuId id;
};
struct RemoveRingGroup {
    RingGroupId id;
};
/// These records are the demo's, with those that are already. Those that do not exist are left out;
/// refused once the demo was removed.
struct MarkDemo {
    DemoRecords records;
};
/// Takes the demo away: its records, and the past of its people and queues. `keep`: the
/// administrator who asked, whose record stays. What stays loses its references to what goes. Calls
/// that touch the demo block it (busy) unless `end_calls`; others go on. Simulated calls never
/// block it and end with it. `simulated`: numbers, or their last digits, that simulated customers
/// call from. Without a demo, or for somebody who is no administrator: not_found.
struct RemoveDemo {
    UserId keep;
    bool end_calls = false;
    std::vector<std::string> simulated;
};

// ---- What a user does. All need a CC user, else not_found. --------------------------------------
struct LogIn {
    UserId user;
};  // starts the user's session (idempotent)
struct LogOut {
    UserId user;
};
/// Ends somebody's session, whoever asks for it: who may is the API's business. Calls of theirs end
/// at once, or, `after_call`, are waited for: no new work comes meanwhile. Nothing happens to those
/// who are not logged in.
struct EndSession {
    UserId user;
    bool after_call = false;
};
struct ChangeDevices {
    UserId user;
    std::vector<std::string> login;
    std::vector<std::string> logout;
    bool take = false;  // also what a colleague is logged in to, who is told; never during a call
};
struct ChangeQueues {
    UserId user;
    std::vector<QueueId> login;
    std::vector<QueueId> logout;
};
/// Begins the shift: logs in, signs in to the devices and queues named (none: those used last, see
/// core/start.hpp) and becomes ready. All of it, or nothing with the reasons.
struct Start {
    UserId user;
    std::optional<std::vector<std::string>> devices{};
    std::optional<std::vector<QueueId>> queues{};
    bool take = false;  // as ChangeDevices
};
/// All calls to the user's extension go to this number; empty: no longer.
struct SetForward {
    UserId user;
    std::string number;
};
/// Somebody dealt with what was missed (core/missed.hpp).
struct CloseMissed {
    UserId user;
    MissedId missed;
};
/// The user's last client (push socket, polling) went away, or the first one came. While absent,
/// Settings::inactivity_logout runs.
struct UserPresence {
    UserId user;
    bool present = true;
};
struct BecomeReady {
    UserId user;
};
struct BecomeUnready {
    UserId user;
};
struct SetPause {
    UserId user;
    std::string pause;
};  // empty: end the pause
struct CallOut {
    UserId user;
    std::string number;
    QueueId queue;
};  // queue 0: the user's first one, or none
struct Accept {
    UserId user;
    ActivityId activity;
};  // of an offer that rings at this user
struct Reject {
    UserId user;
    ActivityId activity;
};
struct Take {
    UserId user;
    ActivityId activity;
};  // an item that waits, or rings at a colleague
struct Hold {
    UserId user;
    ActivityId activity;
    bool on = true;
};
struct Mute {
    UserId user;
    ActivityId activity;
    bool on = true;
};
enum class TransferMode { blind, attended, complete, cancel };
LINKA_DESCRIBE_ENUM(TransferMode, blind, attended, complete, cancel)
struct Transfer {
    UserId user;
    ActivityId activity;
    std::string to;
    TransferMode mode = TransferMode::blind;
};
struct SendDigits {
    UserId user;
    ActivityId activity;
    std::string digits;
};
struct HangUpActivity {
    UserId user;
    ActivityId activity;
};
struct CloseActivity {
    UserId user;
    ActivityId activity;
    std::vector<std::string> statuses;
    std::string note;
};
struct PostponeActivity {
    UserId user;
    ActivityId activity;
    Instant until{};     // 0: until the user opens it
    std::string note{};  // of the form so far
};
struct OpenActivity {
    UserId user;
    ActivityId activity;
};  // postponed work of one's own, before its time

// ---- What devices and legs report (from voice)
// ---------------------------------------------------
struct DeviceReachable {
    DeviceId device;
    bool reachable = false;
    bool can_answer_remotely = false;
    UserId page_of{};  // web phones: who is signed in to the page; 0: not known
};
/// A call came in: from a trunk (device 0) or from a device.
struct CallArrived {
    LegId leg;
    DeviceId device;
    std::string trunk;
    std::string number;
    std::string caller;
    std::string caller_name;
    LegId replaces;  // the leg that it takes over (attended transfer, pick-up), or 0
};
struct LegRinging {
    LegId leg;
    bool early_media = false;
    bool can_answer_remotely = false;
};
struct LegAnswered {
    LegId leg;
};
/// The last word of a leg. `status`: SIP status, 0 for an ordinary end. `lost`: its media worker or
/// the signalling died. `forwards_to`: the number that a telephone named which sends its calls on
/// by itself (301, 302); it is told, never dialled.
struct LegEnded {
    LegId leg;
    int status = 0;
    bool by_peer = true;
    bool elsewhere = false;
    bool lost = false;
    std::string forwards_to{};
};
struct LegHeld {
    LegId leg;
    bool held = false;
};  // by the phone itself
struct Digit {
    LegId leg;
    char digit = '0';
};
struct PlayEnded {
    LegId leg;
    PlayId play;
};
struct TransferAsked {
    LegId leg;
    std::string to;
    LegId replaces;
};  // REFER from the phone
struct RecordingEnded {
    RecordingId recording;
    Duration duration{};
    std::int64_t bytes = 0;
    bool failed = false;
    std::string reason;
};
struct LegQuality {
    LegId leg;
    std::string codec;
    double mos_in = 0;
    double mos_out = 0;
    double loss_in = 0;
    double loss_out = 0;
    double jitter_ms = 0;
    double round_trip_ms = 0;
};
/// After a restart: the legs that signalling and media still have. Every other leg of the state is
/// ended.
struct Restored {
    std::vector<LegId> legs;
};

/// Time has come; due timers run before every other input anyway.
struct Tick {};

using InputVariant = std::variant<
    SaveUser, SaveDevice, SaveQueue, SavePause, SaveRoute, SaveMenu, SaveRingGroup, SaveSettings,
    RemoveUser, RemoveDevice, RemoveQueue, RemovePause, RemoveRoute, RemoveMenu, RemoveRingGroup,
    MarkDemo, RemoveDemo, LogIn, LogOut, EndSession, ChangeDevices, ChangeQueues, Start, SetForward,
    CloseMissed, UserPresence, BecomeReady, BecomeUnready, SetPause, CallOut, Accept, Reject, Take,
    Hold, Mute, Transfer, SendDigits, HangUpActivity, CloseActivity, PostponeActivity, OpenActivity,
    DeviceReachable, CallArrived, LegRinging, LegAnswered, LegEnded, LegHeld, Digit, PlayEnded,
    TransferAsked, RecordingEnded, LegQuality, Restored, Tick>;
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

}  // namespace linka::core
