// Recording: the earlier of what queue and user ask for wins. One recording for each piece of work.
#include "linka/core/voice/recording.hpp"

#include "linka/base/text.hpp"
#include "linka/core/turn.hpp"

namespace linka::core {

namespace {

int earliness(RecordMode mode) {
    switch (mode) {
        case RecordMode::disabled:
            return 0;
        case RecordMode::bridged:
            return 1;
        case RecordMode::immediately:
            return 2;
    }
    return 0;
}

int wanted(const State& s, const Call& call) {
    int mode = 0;
    const Interaction* interaction = find_interaction(s, call.interaction);
    if (const auto* queue =
            calls_of(interaction == nullptr ? nullptr : find_queue(s, interaction->queue))) {
        mode = earliness(queue->record);
    }
    for (const LegId id : {call.customer, call.agent}) {
        const Leg* leg = find_leg(s, id);
        if (const User* user = leg == nullptr ? nullptr : find_user(s, leg->user)) {
            mode = std::max(mode, earliness(user->record));
        }
    }
    return mode;
}

}  // namespace

std::string recording_file(RecordingId id, Instant at) {
    const std::chrono::sys_days day =
        std::chrono::floor<std::chrono::days>(std::chrono::sys_time<Duration>(Duration{at.us}));
    const std::chrono::year_month_day date(day);
    return text::format("recordings/{:04}/{:02}/{:02}/{}.opus", static_cast<int>(date.year()),
                        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                        id.value);
}

void recording_effect(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    const auto found =
        call == nullptr ? t.s.recordings.end() : t.s.recordings.find(call->recording);
    if (found != t.s.recordings.end()) {
        // What is said to a colleague who is asked is not the customer's to hear.
        const LegId agent = call->consultation.by ? LegId{} : call->agent;
        t.effect(StartRecording{found->first, found->second.file, call->customer, agent});
    }
}

void record(Turn& t, CallId id, ActivityId activity, bool connected) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    const Leg* agent = find_leg(t.s, call->agent);
    const UserId user = agent == nullptr ? UserId{} : agent->user;
    if (call->recording) {
        if (activity) {
            t.emit(RecordingAssigned{call->recording, activity, user});
        }
        recording_effect(t, id);
    } else if (wanted(t.s, *call) > (connected ? 0 : 1)) {
        const RecordingId recording{t.s.last.recording + 1};
        t.emit(RecordingStarted{recording, id, call->interaction, activity, user,
                                recording_file(recording, t.now()), false});
        recording_effect(t, id);
    }
}

void stop_recording(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    if (call != nullptr && call->recording) {
        const RecordingId recording = call->recording;
        t.emit(RecordingStopped{recording});
        t.effect(StopRecording{recording});
    }
}

}  // namespace linka::core
