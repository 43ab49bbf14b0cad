// Folds of the session events.
#include "linka/core/journal/evolve.hpp"

namespace linka::core {

namespace {

// Settles everything that follows from a changed session.
void changed(State& s, Session& session, Instant at) {
    index_session(s, session);
    refresh_user(s, session.user, at);
}

// What a user works with is what they find again at the next beginning: see core/people/start.hpp.
void note_last(Session& session) {
    if (!session.ready) {
        return;
    }
    if (!session.devices.empty()) {
        session.last_devices = session.devices;
    }
    if (!session.queues.empty()) {
        session.last_queues.clear();
        for (const JoinedQueue& joined : session.queues) {
            session.last_queues.push_back(joined.queue);
        }
    }
}

Session& session_of(State& s, UserId user) {
    Session& session = s.sessions[user];
    session.user = user;
    return session;
}

}  // namespace

void fold(State& s, Instant at, const UserLoggedIn& e) {
    Session& session = session_of(s, e.user);
    session.logged_in = true;
    session.logged_in_since = at;
    session.absent_since = {};
    session.ready = false;
    changed(s, session, at);
}

void fold(State& s, Instant at, const UserLoggedOut& e) {
    Session& session = session_of(s, e.user);
    session.logged_in = false;
    session.absent_since = {};
    if (session.ready && !e.devices.empty()) {
        session.last_devices = e.devices;
    }
    if (session.ready && !e.queues.empty()) {
        session.last_queues = e.queues;
    }
    session.ready = false;
    session.leaving = false;
    changed(s, session, at);
}

void fold(State& s, Instant at, const DeviceJoined& e) {
    Session& session = session_of(s, e.user);
    insert_sorted(session.devices, e.device);
    DeviceLive& live = s.device_lives[e.device];
    live.device = e.device;
    live.user = e.user;
    note_last(session);
    changed(s, session, at);
}

void fold(State& s, Instant at, const DeviceLeft& e) {
    Session& session = session_of(s, e.user);
    erase_value(session.devices, e.device);
    DeviceLive* live = find_in(s.device_lives, e.device);
    if (live != nullptr && live->user == e.user) {
        live->user = {};
    }
    note_last(session);
    changed(s, session, at);
}

void fold(State& s, Instant at, const QueueJoined& e) {
    Session& session = session_of(s, e.user);
    std::erase_if(session.queues, [&](const JoinedQueue& j) { return j.queue == e.queue; });
    const auto place = std::find_if(session.queues.begin(), session.queues.end(),
                                    [&](const JoinedQueue& j) { return j.queue > e.queue; });
    session.queues.insert(place, {e.queue, e.penalty, at});
    s.index.queues[e.queue].members.insert(e.user);
    s.index.queues_touched.insert(e.queue);
    note_last(session);
    changed(s, session, at);
}

void fold(State& s, Instant at, const QueueLeft& e) {
    Session& session = session_of(s, e.user);
    std::erase_if(session.queues, [&](const JoinedQueue& j) { return j.queue == e.queue; });
    s.index.queues[e.queue].members.erase(e.user);
    s.index.queues_touched.insert(e.queue);
    note_last(session);
    changed(s, session, at);
}

void fold(State& s, Instant at, const UserReady& e) {
    Session& session = session_of(s, e.user);
    session.ready = true;
    note_last(session);
    changed(s, session, at);
}

void fold(State& s, Instant at, const UserUnready& e) {
    Session& session = session_of(s, e.user);
    session.ready = false;
    changed(s, session, at);
}

void fold(State& s, Instant at, const UserLeaving& e) {
    Session& session = session_of(s, e.user);
    if (session.ready && !session.devices.empty()) {
        session.last_devices = session.devices;
    }
    if (session.ready && !session.queues.empty()) {
        session.last_queues.clear();
        for (const JoinedQueue& joined : session.queues) {
            session.last_queues.push_back(joined.queue);
        }
    }
    session.leaving = true;
    session.ready = false;
    changed(s, session, at);
}

void fold(State& s, Instant at, const PauseStarted& e) {
    Session& session = session_of(s, e.user);
    session.pause = e.pause;
    session.pause_since = at;
    session.pause_until = e.until;
    session.pause_queue = e.queue;
    changed(s, session, at);
}

void fold(State& s, Instant at, const PauseEnded& e) {
    Session& session = session_of(s, e.user);
    session.pause = {};
    session.pause_since = {};
    session.pause_until = {};
    session.pause_queue = {};
    changed(s, session, at);
}

void fold(State& s, Instant at, const DeviceReachabilityChanged& e) {
    DeviceLive& live = s.device_lives[e.device];
    live.device = e.device;
    live.reachable = e.reachable;
    live.can_answer_remotely = e.can_answer_remotely;
    live.page_of = e.page_of;
    forget_failure(s, live);
    if (live.user) {
        refresh_user(s, live.user, at);
    }
}

void fold(State& s, Instant at, const DeviceFailed& e) {
    DeviceLive& live = s.device_lives[e.device];
    live.device = e.device;
    ++live.failures;
    live.failure = e.status;
    live.failed = at;
    live.retry_at = e.retry_at;
    if (Ringing* ringing = find_in(s.ringing, e.offer)) {
        ringing->failed_device = e.device;
        ringing->failed_status = e.status;
        ringing->forwards_to = e.forwards_to;
    }
    index_device(s, live);
    if (live.user) {
        refresh_user(s, live.user, at);
    }
}

void fold(State& s, Instant at, const UserPresenceChanged& e) {
    Session& session = session_of(s, e.user);
    session.absent_since = e.present ? Instant{} : at;
    changed(s, session, at);
}

void fold(State& s, Instant at, const UserStateChanged& e) {
    Session& session = session_of(s, e.user);
    session.state = e.state;
    session.state_since = at;
    session.state_pause = e.pause;
    session.state_queue = e.queue;
}

}  // namespace linka::core
