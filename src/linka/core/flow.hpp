// Private to the core: the parts that a call's way is made of. Files are named after them:
// routing, queueing, ringing, menu, ring_group, voicemail, calls, transfer, recording, sessions.
#pragma once

#include "linka/core/legs.hpp"
#include "linka/core/step.hpp"
#include "linka/core/turn.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::core {

// ---- calls.cpp: the life of a call
/// How a call ends for everybody in it.
struct Ending {
    EndedBy by = EndedBy::system;
    Outcome unanswered = Outcome::abandoned;  // of an interaction that nobody answered
    RefuseCause refuse = RefuseCause::no_answer;
};
void end_call(Turn& t, CallId call, Ending how = {});
/// Ends the current interaction; nothing if there is none.
void end_interaction(Turn& t, CallId call, EndedBy by, Outcome unanswered);
/// Ends the work of everybody in the call (or of `only`).
void finish_activities(Turn& t, CallId call, EndedBy by, ActivityId only = {});
/// The side that still listens: the customer, or the user who called out.
LegId listener(const Call& call);
/// Plays a prompt to the listener, then ends the call.
void farewell(Turn& t, CallId call, std::string_view prompt,
              Outcome unanswered = Outcome::no_answer);
/// Busy or congestion: a refusal before the answer, a tone for a while after it.
void farewell_tone(Turn& t, CallId call, std::string_view tone, RefuseCause refuse);
/// A leg is answered, ended or rings: what follows.
void leg_answered(Turn& t, LegId leg);
struct LegGone {
    LegCause cause = LegCause::hangup;
    int status = 0;
    bool by_peer = true;
    std::string forwards_to{};
};
void leg_gone(Turn& t, LegId leg, LegGone how);

// ---- steps.cpp: where a call stands, and what follows from what happens there
/// The call goes on to `step`, and stays there until `until` at most (0: as long as it likes).
void step_to(Turn& t, CallId call, Step step, Instant until = {});
/// What was played is over, or its step has taken long enough.
void play_ended(Turn& t, LegId leg, PlayId play);
void step_over(Turn& t, CallId call);
void digit_pressed(Turn& t, LegId leg, char digit);

// ---- routing.cpp: where calls go
/// No announcement plays longer.
inline constexpr Duration announcement_max = std::chrono::seconds(300);
void call_arrived(Turn& t, const CallArrivedReport& input);
void go(Turn& t, CallId call, const Place& place);
/// A dialled number: extension, queue or ring group; none if it is neither of ours.
Place inside(const State& s, std::string_view number);

// ---- outside.cpp: what may be called in the public network
bool is_emergency(const State& s, std::string_view number);
/// The number as it is dialled outside (00…, or an emergency number); none: nobody may call it.
std::optional<std::string> outside(const State& s, std::string_view number);
/// asked_for: somebody wants to call it now. sent_on: a call goes on there by itself.
enum class OutsideWay { asked_for, sent_on };
/// Why the number cannot be called; none: it can. `who` needs the right to call out (an outgoing
/// queue, or without one); null: an administrator has arranged it.
std::vector<Blocker> outside_blockers(const State& s, const User* who, std::string_view number,
                                      OutsideWay way);
/// Why the user's calls cannot be redirected to the number, from the telephone, the page or the
/// record.
std::vector<Blocker> forward_blockers(const State& s, const User& user, std::string_view number);
/// Dials what a call is sent on to; no leg if the rules forbid it.
LegId dial_outside(Turn& t, const Dial& what, const User* who);
/// Whose number an interaction's customer has: the caller's, or of a call out the one called.
std::string customer_of(const Call& call);

// ---- features.cpp: what is dialled to be obeyed, not to be called
bool feature_code(Turn& t, CallId call, UserId user, std::string_view number);
void apply(Turn& t, const SetForward& input);

// ---- queueing.cpp: waiting
struct QueueEntry {
    QueueId queue;
    bool announced = false;  // the announcement before joining has been heard
    bool re_entry = false;   // after a transfer, or back from one
};
void enter_queue(Turn& t, CallId call, QueueEntry entry);
void leave_queue(Turn& t, InteractionId interaction, Outcome outcome);
/// Music (again), after an announcement.
void wait_on(Turn& t, CallId call);
void announce_position(Turn& t, CallId call);
void check_empty(Turn& t, QueueId queue);

// ---- distribution.cpp: who gets what
void distribute(Turn& t);

// ---- offers.cpp: an attempt to give one user one interaction
struct NewOffer {
    InteractionId interaction;
    QueueId queue;  // 0: direct
    UserId user;
    Duration ring{};
    DecisionId decision;
    bool auto_answer = false;
};
/// Presents it to the user; returns the offer, which may already have ended if that was impossible.
OfferId start_offer(Turn& t, const NewOffer& what);
/// Ends and withdraws it, no more.
void close_offer(Turn& t, OfferId offer, OfferOutcome outcome, std::string reason = {});
/// The same with what follows: the Lazy pause, and the call's next step.
void end_offer(Turn& t, OfferId offer, OfferOutcome outcome, std::string reason = {});
/// The user has it: the offer ends accepted, the work opens. `leg`: on which they have a call.
void open_work(Turn& t, const Offer& offer, std::string title, LegId leg);
/// Missed; but if no telephone rang nobody could know of it, and the telephones have failed.
void ring_time_over(Turn& t, OfferId offer);

// How an offer comes to its user, for each carrier. A conversation presents nothing, because the
// card on the desk is the offer itself.
/// False: nothing could be done, and nobody knows of the offer.
bool present(Turn& t, const Offer& offer, const carrier::Call& by, const NewOffer& what);
inline bool present(Turn& /*t*/, const Offer& /*offer*/, const carrier::Conversation& /*by*/,
                    const NewOffer& /*what*/) {
    return true;
}
/// After it has ended without having been accepted.
void withdraw(Turn& t, const OfferEnded& ended, const carrier::Call& by);
inline void withdraw(Turn& /*t*/, const OfferEnded& /*ended*/,
                     const carrier::Conversation& /*by*/) {
}
/// The user accepts it in the application.
void accept(Turn& t, const Offer& offer, const carrier::Call& by);

// ---- offer_calls.cpp: an offer of a call rings
/// Rings the devices of a user, each with its own delay and time; false if none could be.
bool ring_devices(Turn& t, CallId call, const User& user, OfferId offer, Duration ring,
                  bool auto_answer);
/// A device that rang for it was picked up.
void offer_answered(Turn& t, OfferId offer, LegId leg);
/// No device of the offer is left, or some still ring: ends the offer if none.
void check_offer(Turn& t, OfferId offer);
void start_delayed(Turn& t, CallId call);
/// A telephone that refused without ringing rests: this long, twice as long after each further
/// failure, at most `device_rest_max`.
inline constexpr Duration device_rest_min = 10s;
inline constexpr Duration device_rest_max = 60s;
void fail_device(Turn& t, const Leg& leg, const LegGone& how);
/// Those that should ring for the offer and never said that they do.
void fail_silent_devices(Turn& t, OfferId offer);

// ---- ringing.cpp: a user, a ring group, a number
inline constexpr Duration direct_ring = 45s;
void ring_extension(Turn& t, CallId call, const User& user);
void ring_number(Turn& t, CallId call, const std::string& number);
/// Rings what `number` is (an extension or an outside number) for at most `ring`, as one of
/// possibly several; false if nothing rings.
bool ring_member(Turn& t, CallId call, std::string_view number, Duration ring);
bool ring_user(Turn& t, CallId call, const User& user, Duration ring);
/// Something stopped ringing: goes on if nothing rings any more.
void ring_progress(Turn& t, CallId call);
/// A party that is no queue's agent answered: the conversation begins.
void ring_failed(Turn& t, CallId call, bool busy);
/// Why a call to this user would not ring, of the colleague; empty: it would.
std::vector<Blocker> ring_blockers(const State& s, const User& user);
/// The call's current interaction, started (without a queue) if there is none.
InteractionId direct_interaction(Turn& t, CallId call);
void party_answered(Turn& t, CallId call, LegId leg);
void stop_ringing(Turn& t, CallId call, LegId except, const std::string& reason);
void ring_group(Turn& t, CallId call, const RingGroup& group);
/// The next member of a group that rings one after another; false if all have been tried.
bool ring_next_member(Turn& t, CallId call);

// ---- menu.cpp, voicemail.cpp
void enter_menu(Turn& t, CallId call, const Menu& menu, int round);
/// The prompt is over: from now on the time-out runs.
void await_digit(Turn& t, CallId call, const step::InMenu& at);
void menu_digit(Turn& t, CallId call, const step::InMenu& at, char digit);
void menu_nothing(Turn& t, CallId call, const step::InMenu& at);
void enter_voicemail(Turn& t, CallId call, std::string_view mailbox);
void voicemail_greeted(Turn& t, CallId call, const step::Greeting& at);
/// The message is over: it becomes work of the mailbox's owner.
void voicemail_left(Turn& t, CallId call, const step::Message& at);

// ---- missed.cpp: customers whom nobody has spoken with
/// What an unanswered interaction that just ended leaves; `call` and `interaction` as they were.
void note_missed(Turn& t, const Call& call, const Interaction& interaction, Outcome outcome);
/// Somebody has spoken with this customer.
void close_missed(Turn& t, std::string_view customer, UserId by);
/// The name that a customer called with last, if it is remembered.
std::string known_name(const State& s, std::string_view customer);
void apply(Turn& t, const CloseMissed& input);

// ---- outbound.cpp
void call_out(Turn& t, const CallOut& input);
void phone_calls_out(Turn& t, CallId call, UserId user, std::string_view number);
void own_device_answered(Turn& t, CallId call, const step::OwnDevice& at);
void number_failed(Turn& t, CallId call, LegCause cause);

// ---- conversation.cpp: what people do in a call
/// A user leaves the call: their leg ends, with everything that follows.
void leave_call(Turn& t, LegId leg);
void connect_sides(Turn& t, CallId call, LegId customer, LegId agent);
/// Whoever hangs up this soon after answering has not had the customer.
inline constexpr Duration dropped_within = 1s;
/// The one who answered is gone at once: the customer waits on. False: it was a conversation.
bool return_to_queue(Turn& t, const Call& before, const Leg& gone);
void hold(Turn& t, ActivityId activity, bool on);
void apply(Turn& t, const Accept& input);
void apply(Turn& t, const Reject& input);
void apply(Turn& t, const Take& input);
void apply(Turn& t, const Hold& input);
void apply(Turn& t, const Mute& input);
void apply(Turn& t, const SendDigits& input);
void apply(Turn& t, const HangUpActivity& input);
void apply(Turn& t, const CloseActivity& input);
void apply(Turn& t, const PostponeActivity& input);
void apply(Turn& t, const OpenActivity& input);
void apply(Turn& t, const DescribeActivity& input);

// ---- transfer.cpp
void apply(Turn& t, const Transfer& input);
void apply(Turn& t, const TransferAskedReport& input);
void consultation_answered(Turn& t, CallId call, LegId leg);
void cancel_consultation(Turn& t, CallId call);
void complete_consultation(Turn& t, CallId call);
void take_over_leg(Turn& t, const CallArrivedReport& input, LegId replaced);
/// Nobody answers where a customer was sent: back to who sent them, then to the queue they came
/// from. False if there is no way back.
bool come_back(Turn& t, CallId call);

// ---- recording.cpp
/// Starts, or gives its sides to, the recording that queue and user ask for. `connected`: both
/// hear each other.
void record(Turn& t, CallId call, ActivityId activity, bool connected);
void stop_recording(Turn& t, CallId call);
std::string recording_file(RecordingId id, Instant at);
void recording_effect(Turn& t, CallId call);

// ---- device_login.cpp, start.cpp
void leave_device(Turn& t, UserId user, DeviceId device, UserId taken_by = {});
void join_device(Turn& t, UserId user, DeviceId device);
/// The user's session if it is logged in, else a refusal and null.
const Session* need_logged_in(Turn& t, UserId user);
void apply(Turn& t, const ChangeDevices& input);
void apply(Turn& t, const Start& input);

// ---- sessions.cpp
const QueueRight* right_to(const User& user, QueueId queue);
/// Nothing without a right to it.
void join_queue(Turn& t, const User& user, QueueId queue);
void log_out(Turn& t, UserId user);
/// Logs out and ends the calls as well.
void end_session(Turn& t, UserId user);
void start_pause(Turn& t, UserId user, const Pause& pause, QueueId queue, ActivityId activity);
void end_pause(Turn& t, UserId user);
/// The system's own pause of this type, made if it is not there yet.
Pause system_pause(Turn& t, PauseType type);
void pause_over(Turn& t, UserId user);
void absent_over(Turn& t, UserId user);
void apply(Turn& t, const LogIn& input);
void apply(Turn& t, const LogOut& input);
void apply(Turn& t, const EndSession& input);
void apply(Turn& t, const ChangeQueues& input);
void apply(Turn& t, const UserPresenceReport& input);
void apply(Turn& t, const BecomeReady& input);
void apply(Turn& t, const BecomeUnready& input);
void apply(Turn& t, const SetPause& input);
void apply(Turn& t, const DeviceReachabilityReport& input);

// ---- records_save.cpp
void apply(Turn& t, const SaveUser& input);
void apply(Turn& t, const SaveDevice& input);
void apply(Turn& t, const SaveQueue& input);
void apply(Turn& t, const SavePause& input);
void apply(Turn& t, const SaveRoute& input);
void apply(Turn& t, const SaveMenu& input);
void apply(Turn& t, const SaveRingGroup& input);
void apply(Turn& t, const SaveSettings& input);
void apply(Turn& t, const RemoveUser& input);
void apply(Turn& t, const RemoveDevice& input);
void apply(Turn& t, const RemoveQueue& input);
void apply(Turn& t, const RemovePause& input);
void apply(Turn& t, const RemoveRoute& input);
void apply(Turn& t, const RemoveMenu& input);
void apply(Turn& t, const RemoveRingGroup& input);

// ---- demo.cpp
void apply(Turn& t, const MarkDemo& input);
void apply(Turn& t, const RemoveDemo& input);

// ---- restored.cpp
void apply(Turn& t, const ProgramStartedReport& input);

// ---- can.cpp
/// Why this offer cannot be answered from the browser; none: it can, on `leg`.
std::vector<Blocker> answer_blockers(const State& s, UserId user, const Offer* offer);
/// Why this user cannot take an item that waits.
std::vector<Blocker> take_blockers(const State& s, UserId user);
std::vector<Blocker> call_out_blockers(const State& s, UserId user, bool own_phone);
bool auto_answers(const State& s, UserId user, const Queue& queue);

}  // namespace linka::core
