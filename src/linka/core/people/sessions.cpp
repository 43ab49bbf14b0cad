// Sessions of CC users: log-in, queues, readiness, pauses.
#include "linka/core/people/sessions.hpp"

#include "linka/core/acd/queue_types.hpp"
#include "linka/core/acd/writing.hpp"
#include "linka/core/people/device_login.hpp"
#include "linka/core/people/pauses.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/leg_reports.hpp"
#include "linka/core/voice/recording.hpp"
#include "linka/core/work/conversations.hpp"
#include "linka/core/work/offer_over.hpp"

namespace linka::core {

void join_queue(Turn& t, const User& user, QueueId queue) {
    const QueueRight* right = right_to(user, queue);
    if (right != nullptr && !is_in_queue(t.s, user.id, queue)) {
        t.emit(QueueJoined{user.id, queue, right->penalty});
    }
}

void apply(Turn& t, const LogIn& input) {
    const User user = *find_user(t.s, input.user);
    if (user.deactivated) {
        t.refuse(BlockerCode::no_right);
        return;
    }
    if (is_logged_in(t.s, user.id)) {
        return;
    }
    for (const PauseType type : {PauseType::lajdak, PauseType::wrap, PauseType::dnd}) {
        system_pause(t, type);
    }
    t.emit(UserLoggedIn{user.id});
    for (const QueueRight& right : user.queues) {
        const Queue* queue = find_queue(t.s, right.queue);
        if (right.login != QueueLogin::manual && queue != nullptr && !queue->deactivated &&
            is_worked(queue->type)) {
            join_queue(t, user, right.queue);
        }
    }
}

bool serves_somebody(const State& s, UserId user) {
    return is_on_call(s, user) || chats(s, user);
}

void log_out(Turn& t, UserId user) {
    const Session* session = find_session(t.s, user);
    if (session == nullptr || !session->logged_in) {
        return;
    }
    // One after another: a ring group that has them twice rings them again.
    for (std::vector<OfferId> offers = offers_of_user(t.s, user); !offers.empty();
         offers = offers_of_user(t.s, user)) {
        end_offer(t, offers.front(), OfferOutcome::withdrawn, "logged_out");
    }
    UserLoggedOut out{user, session->devices, {}};
    for (const JoinedQueue& joined : std::vector<JoinedQueue>(session->queues)) {
        out.queues.push_back(joined.queue);
        t.emit(QueueLeft{user, joined.queue});
    }
    for (const DeviceId device : out.devices) {
        leave_device(t, user, device);
    }
    end_pause(t, user);
    t.emit(std::move(out));
}

void apply(Turn& t, const LogOut& input) {
    if (serves_somebody(t.s, input.user)) {
        t.refuse(BlockerCode::busy);
        return;
    }
    log_out(t, input.user);
}

void end_session(Turn& t, UserId user) {
    log_out(t, user);
    give_back_chats(t, user);
    const auto work = t.s.index.work.find(user);
    if (work != t.s.index.work.end()) {
        for (const LegId leg :
             std::vector<LegId>(work->second.legs.begin(), work->second.legs.end())) {
            leave_call(t, leg);
        }
    }
}

void apply(Turn& t, const EndSession& input) {
    const Session* session = find_session(t.s, input.user);
    if (session == nullptr || !session->logged_in) {
        return;
    }
    if (input.after_call && serves_somebody(t.s, input.user)) {
        if (!session->leaving) {
            t.emit(UserLeaving{input.user});
        }
    } else {
        end_session(t, input.user);
    }
}

void apply(Turn& t, const ChangeQueues& input) {
    const Session* session = need_logged_in(t, input.user);
    if (session == nullptr) {
        return;
    }
    const User user = *find_user(t.s, input.user);
    std::vector<std::string> refused;
    for (const QueueId queue : input.login) {
        const Queue* record = find_queue(t.s, queue);
        if (right_to(user, queue) == nullptr || record == nullptr || record->deactivated ||
            !is_worked(record->type)) {
            refused.push_back(std::to_string(queue.value));
        }
    }
    for (const QueueId queue : input.logout) {
        const QueueRight* right = right_to(user, queue);
        if (right != nullptr && right->login == QueueLogin::fixed) {
            refused.push_back(std::to_string(queue.value));
        }
    }
    if (!refused.empty()) {
        t.refuse(BlockerCode::no_right, std::move(refused));
        return;
    }
    for (const QueueId queue : input.logout) {
        if (is_in_queue(t.s, user.id, queue)) {
            t.emit(QueueLeft{user.id, queue});
        }
    }
    for (const QueueId queue : input.login) {
        join_queue(t, user, queue);
    }
}

void apply(Turn& t, const UserPresenceReport& input) {
    const Session* session = find_session(t.s, input.user);
    if (session != nullptr && session->logged_in &&
        input.present == static_cast<bool>(session->absent_since)) {
        t.emit(UserPresenceChanged{input.user, input.present});
    }
}

void apply(Turn& t, const BecomeReady& input) {
    const Session* session = need_logged_in(t, input.user);
    if (session == nullptr) {
        return;
    }
    if (session->leaving) {
        t.refuse(BlockerCode::no_right);  // somebody had them logged out: no new work
    } else if (!session->ready) {
        t.emit(UserReady{input.user});
    }
}

void apply(Turn& t, const BecomeUnready& input) {
    const Session* session = need_logged_in(t, input.user);
    if (session != nullptr && session->ready) {
        t.emit(UserUnready{input.user});
    }
}

void pause_over(Turn& t, UserId user) {
    const Session* session = find_session(t.s, user);
    const Pause* pause = session == nullptr ? nullptr : find_pause(t.s, session->pause);
    const bool overrun = pause != nullptr && pause->type == PauseType::custom;
    end_pause(t, user);
    if (overrun) {
        start_pause(t, user, system_pause(t, PauseType::lajdak), {}, {});
    }
}

void absent_over(Turn& t, UserId user) {
    if (serves_somebody(t.s, user)) {
        // Not in the middle of a call or a chat: counts anew from here.
        t.emit(UserPresenceChanged{user, false});
    } else {
        log_out(t, user);
    }
}

void apply(Turn& t, const SetPause& input) {
    const Session* session = need_logged_in(t, input.user);
    if (session == nullptr) {
        return;
    }
    if (input.pause.empty()) {
        end_pause(t, input.user);
        return;
    }
    const Pause* pause = pause_by_name(t.s, input.pause);
    const bool by_hand = pause != nullptr && !pause->deactivated &&
                         (pause->type == PauseType::custom || pause->type == PauseType::dnd);
    if (!by_hand) {
        t.not_found();
        return;
    }
    start_pause(t, input.user, Pause(*pause), {}, {});
}

void apply(Turn& t, const DeviceReachabilityReport& input) {
    const auto live = t.s.device_lives.find(input.device);
    if (find_device(t.s, input.device) == nullptr || live == t.s.device_lives.end()) {
        return;
    }
    if (live->second.reachable != input.reachable ||
        live->second.can_answer_remotely != input.can_answer_remotely ||
        live->second.page_of != input.page_of) {
        t.emit(DeviceReachabilityChanged{input.device, input.reachable, input.can_answer_remotely,
                                         input.page_of});
    }
}

}  // namespace linka::core
