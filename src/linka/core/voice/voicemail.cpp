// Voicemail: greeting, beep, a message of bounded length, which becomes parked work of its owner.
#include "linka/core/voice/voicemail.hpp"

#include "linka/core/flow/prompts.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/recording.hpp"

namespace linka::core {

namespace {
constexpr Duration greeting_max = 120s;
}  // namespace

void enter_voicemail(Turn& t, CallId id, std::string_view mailbox) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    const LegId leg = call->customer;
    step_to(t, id, step::Greeting{std::string(mailbox)}, t.now() + greeting_max);
    direct_interaction(t, id);
    answer(t, leg);
    play(t, leg, {PlayKind::prompt, std::string(prompt::voicemail_greeting)});
}

void voicemail_greeted(Turn& t, CallId id, const step::Greeting& at) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    const LegId leg = call->customer;
    step_to(t, id, step::Message{at.mailbox}, t.now() + t.s.settings.voicemail_max);
    const User* owner = user_by_extension(t.s, at.mailbox);
    const RecordingId recording{t.s.last.recording + 1};
    t.emit(RecordingStarted{recording,
                            id,
                            call->interaction,
                            {},
                            owner == nullptr ? UserId{} : owner->id,
                            recording_file(recording, t.now()),
                            true});
    recording_effect(t, id);
    play(t, leg, {PlayKind::tone, "beep"});
}

void voicemail_left(Turn& t, CallId id, const step::Message& at) {
    const Call* call = find_call(t.s, id);
    const User* owner = call == nullptr ? nullptr : user_by_extension(t.s, at.mailbox);
    if (owner == nullptr || owner->type != UserType::CC || !call->recording ||
        activities_of_user(t.s, owner->id).size() >= Limits::activities_per_user_max) {
        return;
    }
    const ActivityId activity{t.s.last.activity + 1};
    const UserId user = owner->id;
    const RecordingId recording = call->recording;
    t.emit(ActivityOpened{.activity = activity,
                          .carrier = carrier::Call{id},
                          .interaction = call->interaction,
                          .user = user,
                          .direction = CallDirection::in,
                          .title = call->caller_name.empty() ? call->caller : call->caller_name});
    t.emit(ActivityFinished{activity, EndedBy::caller});
    t.emit(ActivityPostponed{activity, {}});
    t.emit(RecordingAssigned{recording, activity, user});
}

}  // namespace linka::core
