// Private to live/: the shapes of the live API's objects. contract/openapi.json describes them.
#pragma once

#include "linka/api/live/blocker_text.hpp"
#include "linka/base/json_write.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linka::api {

struct QueueRef {
    std::int64_t name = 0;
    std::string title;
};
LINKA_DESCRIBE(QueueRef, (name, title))

struct UserRef {
    std::string name;
    std::string title;
    std::string extension;
};
LINKA_DESCRIBE(UserRef, (name, title, extension))

struct PauseNow {
    std::string name;
    std::string title;
    std::string type;
    json::Raw since;
    json::Raw until;
};
LINKA_DESCRIBE(PauseNow, (name, title, type, since, until))

struct ActivityRow {
    std::string name;
    std::int64_t interaction =
        0;  // the same for all offers and work of one call; 0 once it is gone
    std::string type = "CALL";
    std::string action;     // WAIT, OPEN, POSTPONE
    std::string state;      // waiting, ringing, dialling, talking, hold, finished, postponed
    std::string direction;  // in, out, internal
    std::optional<QueueRef> queue;
    std::optional<UserRef> user;
    std::string title;
    std::string caller;
    std::string caller_name;
    std::string number;
    json::Raw since;    // of the interaction
    json::Raw ringing;  // since when it rings at the user
    json::Raw until;    // when that ringing ends, or postponed work returns
    json::Raw opened;
    json::Raw connected;
    json::Raw finished;
    json::Raw held_since;
    bool held = false;
    bool muted = false;
    int position = 0;
    std::vector<std::string> ringing_devices;
    std::string consulting;  // number of an attended transfer under way
    bool consultation_answered = false;
    bool recording = false;
    std::string end_reason;  // of a call out that was not answered, else "none"
    int end_status = 0;      // the SIP status behind it, or 0
    std::string note;        // of the form when it was postponed
    bool takeable = false;   // waits, or rings at somebody: who sees it may take it (Me::can.take)
};
LINKA_DESCRIBE(ActivityRow,
               (name, interaction, type, action, state, direction, queue, user, title, caller,
                caller_name, number, since, ringing, until, opened, connected, finished, held_since,
                held, muted, position, ringing_devices, consulting, consultation_answered,
                recording, end_reason, end_status, note, takeable))

/// See core::Missed.
struct MissedRow {
    std::string name;
    std::string customer;
    std::string caller_name;
    std::optional<QueueRef> queue;
    std::optional<UserRef> user;  // whom a direct call was for
    json::Raw first;
    json::Raw last;
    int times = 0;
    std::string why;       // core::Outcome of the last call
    bool calling = false;  // somebody is calling them now
    int tries = 0;         // calls to them that nobody answered
    json::Raw tried;
    std::optional<UserRef> tried_by;
};
LINKA_DESCRIBE(MissedRow, (name, customer, caller_name, queue, user, first, last, times, why,
                           calling, tries, tried, tried_by))

/// A telephone that refuses calls without ringing.
struct FailedDevice {
    std::string name;
    int status = 0;  // SIP; 0: it says nothing at all
    json::Raw since;
};
LINKA_DESCRIBE(FailedDevice, (name, status, since))

struct UserRow {
    std::string name;
    std::string title;
    std::string alias;
    std::string extension;
    std::string type;
    std::string state;
    json::Raw since;
    std::optional<PauseNow> pause;
    std::optional<QueueRef> queue;
    std::vector<std::int64_t> queues;
    std::vector<std::string> devices;
    bool device_reachable = false;
    std::vector<FailedDevice> devices_failed;
    bool callable = false;                   // a call or a transfer to their extension rings now
    std::vector<std::string> call_blockers;  // why not: codes of blockers
    json::Raw logged_in_since;
    std::vector<std::string> activities;
};
LINKA_DESCRIBE(UserRow, (name, title, alias, extension, type, state, since, pause, queue, queues,
                         devices, device_reachable, devices_failed, callable, call_blockers,
                         logged_in_since, activities))

/// A colleague as those see them who may only know whether they are there.
struct PresenceRow {
    std::string name;
    std::string title;
    std::string alias;
    std::string extension;
    std::string type;
    std::string state;
    bool device_reachable = false;
    bool callable = false;
    std::vector<std::string> call_blockers;
};
LINKA_DESCRIBE(PresenceRow, (name, title, alias, extension, type, state, device_reachable, callable,
                             call_blockers))

struct QueueRow {
    std::int64_t name = 0;
    std::string title;
    std::string type;
    int waiting = 0;
    json::Raw waiting_since;  // the longest wait
    int logged_in = 0;
    int idle = 0;
    int ringing = 0;
    int talking = 0;
    int paused = 0;
    int other = 0;  // logged in, but neither of these
    bool deactivated = false;
};
LINKA_DESCRIBE(QueueRow, (name, title, type, waiting, waiting_since, logged_in, idle, ringing,
                          talking, paused, other, deactivated))

struct MyUser {
    std::string name;
    std::string title;
    std::string alias;
    std::string extension;
    std::string type;
    std::string access;
};
LINKA_DESCRIBE(MyUser, (name, title, alias, extension, type, access))

struct MyDevice {
    std::string name;
    std::string title;
    std::string type;
    bool logged_in = false;
    bool reachable = false;
    bool answers_remotely = false;
    std::string taken_by;        // login of a colleague who uses it now
    std::string taken_by_title;  // and their name
    bool own = false;            // else borrowed: shared, or a back-office user's
};
LINKA_DESCRIBE(MyDevice, (name, title, type, logged_in, reachable, answers_remotely, taken_by,
                          taken_by_title, own))

struct MyQueue {
    std::int64_t name = 0;
    std::string title;
    std::string type;
    bool logged_in = false;
    std::string login;  // manual, automatic, fixed
    int penalty = 0;
    int waiting = 0;
};
LINKA_DESCRIBE(MyQueue, (name, title, type, logged_in, login, penalty, waiting))

struct PauseChoice {
    std::string name;
    std::string title;
    bool paid = true;
};
LINKA_DESCRIBE(PauseChoice, (name, title, paid))

struct May {
    bool ok = true;
    std::vector<BlockerText> blockers;
    bool offered = true;  // false: nothing here can do this yet, so that nobody need hear of it
};
LINKA_DESCRIBE(May, (ok, blockers, offered))

/// What POST /api/live/me/start would do now.
struct StartRow {
    std::vector<std::string> devices;
    std::vector<std::int64_t> queues;
    std::vector<std::string> left_out;  // used last, and no longer possible
    std::vector<BlockerText> blockers;
};
LINKA_DESCRIBE(StartRow, (devices, queues, left_out, blockers))

struct Me {
    MyUser user;
    std::string state;
    json::Raw since;
    bool logged_in = false;
    bool ready = false;
    std::vector<MyDevice> devices;            // logged in to
    std::vector<MyDevice> devices_available;  // further ones to choose from
    std::vector<MyQueue> queues;              // logged in to
    std::vector<MyQueue> queues_available;
    std::optional<PauseNow> pause;
    std::vector<PauseChoice> pauses;
    std::vector<json::Raw> activities;
    std::map<std::string, May> can;
    StartRow start;
    std::string forwarding_number;  // all calls go there; empty: they do not
};
LINKA_DESCRIBE(Me, (user, state, since, logged_in, ready, devices, devices_available, queues,
                    queues_available, pause, pauses, activities, can, start, forwarding_number))

}  // namespace linka::api
