// What the live contact centre is now: the fold of all events so far. Plain structs in ordered
// containers, so equal journals give equal bytes (save_state). Only evolve() changes a State; all
// others read it, best through core/view.hpp. Things that are over (ended calls, closed activities)
// are not here: they are in the journal and its projections.
#pragma once

#include "linka/core/index.hpp"
#include "linka/core/journal/event.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace linka::core {

/// A queue that a user is logged in to.
struct JoinedQueue {
    QueueId queue;
    int penalty = 0;
    Instant since;
};

/// A CC user's session; kept (logged out) after the first log-in. BO users have none.
struct Session {
    UserId user;
    bool logged_in = false;
    Instant logged_in_since;
    Instant absent_since;  // no browser and no client polls; never (0): present
    bool ready = false;
    bool leaving = false;             // logged out as soon as no call is left
    std::vector<DeviceId> devices;    // logged in to, ascending
    std::vector<JoinedQueue> queues;  // ascending by queue
    PauseId pause;                    // 0: none
    Instant pause_since;
    Instant pause_until;  // 0: no end of its own
    QueueId pause_queue;  // wrap-up: of the work just closed
    UserState state = UserState::logged_out;
    Instant state_since;
    PauseId state_pause;
    QueueId state_queue;
    Instant last_activity;  // end of the last one; 0: never had one
    Instant free_since;     // since when work can be given to them; 0: it cannot now
    std::vector<DeviceId>
        last_devices;  // logged in to when they last worked: see core/people/start.hpp
    std::vector<QueueId> last_queues;
};

/// What a device is doing, beside its record.
struct DeviceLive {
    DeviceId device;
    UserId user;  // the CC user logged in to it, or 0
    bool reachable = false;
    bool can_answer_remotely = false;
    UserId page_of;    // web phones: who is signed in to the page; 0: not known
    int failures = 0;  // calls in a row that it refused without ringing
    int failure = 0;   // SIP status of the last of them; 0: silence
    Instant failed;    // when that was
    Instant retry_at;  // queues leave it alone until then; 0: they may try
};

enum class LegState { dialling, ringing, answered };
LINKA_DESCRIBE_ENUM(LegState, dialling, ringing, answered)

/// One telephone connection. `user` 0: the customer, or any party that is no user.
struct Leg {
    LegId id;
    CallId call;
    UserId user;
    DeviceId device;
    std::string number;
    OfferId offer;  // that it rings for; 0 after the answer
    bool incoming = false;
    bool auto_answer = false;
    LegState state = LegState::dialling;
    Instant since;     // start
    Instant answered;  // 0: not yet
    Instant until;     // rings no longer than that; 0: no end of its own
    bool can_answer_remotely = false;
    bool held = false;  // by the phone itself
    bool muted = false;
    ActivityId activity;  // the work that it belongs to
    PlayId play;          // what it hears now, or 0
    Playing play_what;
    std::string play_language;
    bool play_loop = false;
    Instant digits_since;  // the second in which `digits` were counted
    int digits = 0;
};

/// A device that joins the ringing later.
struct DelayedDevice {
    OfferId offer;
    UserId user;
    DeviceId device;
    Instant start;
    Instant until;
};

/// A conversation that a user has beside the call, before an attended transfer.
struct Consultation {
    ActivityId activity;  // of the one who consults
    LegId by;             // 0: there is no consultation
    std::string to;
    LegId target;  // answered, or 0
    Instant until;
};

/// Where a customer goes who was sent on by a user and whom nobody answers there.
struct WayBack {
    UserId user;
    QueueId queue;
};

/// A call: one customer side, at most one agent side, and the legs that ring to become it.
struct Call {
    CallId id;
    CallDirection direction = CallDirection::in;
    std::string caller;
    std::string caller_name;
    std::string number;
    std::string trunk;
    Instant started;
    LegId customer;  // the side that waits, or that was called
    LegId agent;     // the side that serves it; 0: nobody yet
    bool connected = false;
    std::vector<LegId> legs;  // ascending
    std::vector<OfferId> offers;
    std::vector<ActivityId> activities;  // not finished
    std::vector<DelayedDevice> delayed;
    InteractionId interaction;  // the current one, or 0
    RecordingId recording;      // that runs, or 0
    Step step;
    Instant until;  // it stays in its step no longer; 0: no end of its own
    int steps = 0;
    std::string language = "cs";
    bool refused = false;  // a person pressed reject in this step
    int digits = 0;        // that meant something, so far
    Instant announce_at;   // next position announcement while it waits; 0: none
    WayBack way_back;
    Consultation consultation;
};

/// See InteractionStarted. Kept until it has ended and its activities are closed.
struct Interaction {
    InteractionId id;
    Channel channel = Channel::call;
    Carrier carrier;
    QueueId queue;
    CallDirection direction = CallDirection::in;
    Party party;
    std::string our_address;
    bool re_entry = false;
    int position = 0;
    ActivityId waiting_as;
    Instant started;
    Instant answered;  // 0: waits
    Instant ended;
    UserId user;                         // who answered
    std::vector<OfferId> offers;         // that ring now
    std::vector<ActivityId> activities;  // open
    int attempts = 0;
    int tier = -1;                       // penalty of the last offer
    Instant sleeps_until;                // no new offer before
    Instant wait_until;                  // max_wait; 0: unlimited
    std::vector<UserId> tried;           // had it and did not take it; they come last
    OfferId accepted;                    // the offer by which it was answered
    EndReason reason = EndReason::none;  // why a call out was not answered
    int status = 0;                      // the SIP status behind it
};

/// See OfferStarted. What carries it is that of its interaction.
struct Offer {
    OfferId id;
    InteractionId interaction;
    Channel channel = Channel::call;
    Carrier carrier;
    QueueId queue;
    UserId user;
    ActivityId activity;
    Instant started;
    Instant until;
    DecisionId decision;
};

/// What the devices say that ring for an offer of a call.
struct Ringing {
    bool refused = false;    // on a device by a person
    bool rang_out = false;   // a device rang as long as it should
    bool rang = false;       // some device rang
    DeviceId failed_device;  // that could not be rung, or 0
    int failed_status = 0;
    std::string forwards_to;
};

/// Open work. `finished` set: the conversation is over, the form is not saved yet.
struct Activity {
    ActivityId id;
    InteractionId interaction;
    Channel channel = Channel::call;
    Carrier carrier;
    QueueId queue;
    UserId user;
    CallDirection direction = CallDirection::in;
    std::string title;
    Instant opened;
    Instant finished;
    bool postponed = false;
    Instant postponed_until;            // 0 while postponed: until the user opens it
    std::string note;                   // of the form as it was when it was postponed, or described
    std::vector<std::string> statuses;  // likewise
};

/// The part of a user's work that is a call.
struct Talk {
    LegId leg;          // theirs; 0: it has ended
    Instant connected;  // both have heard each other since; 0: not yet
    bool held = false;
    Instant held_since;
};

/// A customer whom nobody has spoken with yet: one row of the list of missed calls, for each
/// customer and queue, or customer and user whom they called directly.
struct Missed {
    MissedId id;
    std::string customer;  // their number as core/voice/number.hpp writes it; empty: withheld
    std::string caller_name;
    QueueId queue;
    UserId user;
    Instant first;
    Instant last;
    int times = 0;
    Outcome why = Outcome::abandoned;         // of the last time
    std::vector<InteractionId> interactions;  // the newest of them, see missed_interactions_max
    CallId call;                              // the customer is calling now, so waits; 0: not
    CallId calling;                           // a call to the customer goes on; 0: none
    int tries = 0;                            // calls to the customer since
    Instant tried;
    UserId tried_by;
};

struct Recording {
    RecordingId id;
    CallId call;
    InteractionId interaction;
    ActivityId activity;
    UserId user;
    std::string file;
    bool voicemail = false;
    Instant started;
    bool stopping = false;  // told to stop; RecordingEndedReport follows
};

/// The highest number of each kind used so far, or skipped at a start (core/journal/numbers.hpp).
struct Counters {
    std::int64_t user = 0;
    std::int64_t device = 0;
    std::int64_t pause = 0;
    std::int64_t right_to_call = 0;
    std::int64_t profile = 0;
    std::int64_t trunk = 0;
    std::int64_t prompt = 0;
    std::int64_t route = 0;
    std::int64_t menu = 0;
    std::int64_t time_group = 0;
    std::int64_t call = 0;
    std::int64_t leg_in = -1;        // odd, given by signalling
    std::int64_t leg_in_start = -1;  // the highest that it can have given before the last start
    std::int64_t leg_out = 0;        // even, given by us
    std::int64_t interaction = 0;
    std::int64_t offer = 0;
    std::int64_t activity = 0;
    std::int64_t recording = 0;
    std::int64_t play = 0;
    std::int64_t decision = 0;
    std::int64_t missed = 0;
};

struct State {
    std::int64_t seq = 0;     // of the last event
    Instant at;               // of the last event
    std::int64_t starts = 0;  // of the program
    Counters last;

    Settings settings;
    std::map<UserId, User> users;
    std::map<DeviceId, Device> devices;
    std::map<QueueId, Queue> queues;
    std::map<PauseId, Pause> pauses;
    std::map<RightToCallId, RightToCall> rights_to_call;
    std::map<ProfileId, Profile> profiles;
    std::map<TrunkId, Trunk> trunks;
    std::map<PromptId, Prompt> prompts;
    Routing routing;                  // calls go by it
    Routing draft;                    // the sandbox: as it is being edited, all of it
    std::optional<Routing> replaced;  // `routing` before it was replaced last; none: it never was

    std::map<UserId, Session> sessions;
    std::map<DeviceId, DeviceLive> device_lives;
    std::map<CallId, Call> calls;
    std::map<LegId, Leg> legs;
    std::map<InteractionId, Interaction> interactions;
    std::map<OfferId, Offer> offers;
    std::map<OfferId, Ringing> ringing;  // of offers of calls
    std::map<ActivityId, Activity> activities;
    std::map<ActivityId, Talk> talks;  // of activities on calls
    std::map<RecordingId, Recording> recordings;
    std::map<MissedId, Missed> missed;

    Index index;  // derived from the above, not saved
};

LINKA_DESCRIBE(JoinedQueue, (queue, penalty, since))
LINKA_DESCRIBE(Session,
               (user, logged_in, logged_in_since, absent_since, ready, leaving, devices, queues,
                pause, pause_since, pause_until, pause_queue, state, state_since, state_pause,
                state_queue, last_activity, free_since, last_devices, last_queues))
LINKA_DESCRIBE(DeviceLive, (device, user, reachable, can_answer_remotely, page_of, failures,
                            failure, failed, retry_at))
LINKA_DESCRIBE(Leg, (id, call, user, device, number, offer, incoming, auto_answer, state, since,
                     answered, until, can_answer_remotely, held, muted, activity, play, play_what,
                     play_language, play_loop, digits_since, digits))
LINKA_DESCRIBE(WayBack, (user, queue))
LINKA_DESCRIBE(DelayedDevice, (offer, user, device, start, until))
LINKA_DESCRIBE(Consultation, (activity, by, to, target, until))
LINKA_DESCRIBE(Call, (id, direction, caller, caller_name, number, trunk, started, customer, agent,
                      connected, legs, offers, activities, delayed, interaction, recording, step,
                      until, steps, language, refused, digits, announce_at, way_back, consultation))
LINKA_DESCRIBE(Interaction,
               (id, channel, carrier, queue, direction, party, our_address, re_entry, position,
                waiting_as, started, answered, ended, user, offers, activities, attempts, tier,
                sleeps_until, wait_until, tried, accepted, reason, status))
LINKA_DESCRIBE(Offer,
               (id, interaction, channel, carrier, queue, user, activity, started, until, decision))
LINKA_DESCRIBE(Ringing, (refused, rang_out, rang, failed_device, failed_status, forwards_to))
LINKA_DESCRIBE(Activity, (id, interaction, channel, carrier, queue, user, direction, title, opened,
                          finished, postponed, postponed_until, note, statuses))
LINKA_DESCRIBE(Talk, (leg, connected, held, held_since))
LINKA_DESCRIBE(Missed, (id, customer, caller_name, queue, user, first, last, times, why,
                        interactions, call, calling, tries, tried, tried_by))
LINKA_DESCRIBE(Recording,
               (id, call, interaction, activity, user, file, voicemail, started, stopping))
LINKA_DESCRIBE(Counters, (user, device, pause, right_to_call, profile, trunk, prompt, route, menu,
                          time_group, call, leg_in, leg_in_start, leg_out, interaction, offer,
                          activity, recording, play, decision, missed))
LINKA_DESCRIBE(State,
               (seq, at, starts, last, settings, users, devices, queues, pauses, rights_to_call,
                profiles, trunks, prompts, routing, draft, replaced, sessions, device_lives, calls,
                legs, interactions, offers, ringing, activities, talks, recordings, missed))

}  // namespace linka::core
