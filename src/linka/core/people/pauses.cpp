// Pauses: begun and ended, by people and by the system.
#include "linka/core/people/pauses.hpp"

#include "linka/core/turn.hpp"

namespace linka::core {

Pause system_pause(Turn& t, PauseType type) {
    if (const Pause* pause = pause_by_type(t.s, type)) {
        return *pause;
    }
    Pause pause;
    pause.id = PauseId{t.s.last.pause + 1};
    pause.type = type;
    pause.name = std::string(name_of(type));
    while (pause_by_name(t.s, pause.name) != nullptr) {
        pause.name += "_";
    }
    pause.title = type == PauseType::lajdak ? "Lajdák" : type == PauseType::wrap ? "Wrap" : "DND";
    t.emit(PauseSaved{pause});
    return pause;
}

void start_pause(Turn& t, UserId user, const Pause& pause, QueueId queue_id, ActivityId activity) {
    const Session* session = find_session(t.s, user);
    if (session == nullptr || !session->logged_in || session->pause == pause.id) {
        return;
    }
    if (session->pause) {
        t.emit(PauseEnded{user, session->pause});
    }
    Instant until;
    if (pause.type == PauseType::wrap) {
        const Queue* queue = find_queue(t.s, queue_id);
        until = t.now() + (queue == nullptr ? Duration{15s} : queue->wrap_time);
    } else if (pause.auto_pause && pause.max_duration > Duration{}) {
        until = t.now() + pause.max_duration;
    }
    t.emit(PauseStarted{user, pause.id, until, activity, queue_id});
}

void end_pause(Turn& t, UserId user) {
    const Session* session = find_session(t.s, user);
    if (session != nullptr && session->pause) {
        t.emit(PauseEnded{user, session->pause});
    }
}

}  // namespace linka::core
