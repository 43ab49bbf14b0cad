#include "linka/core/index.hpp"

#include "linka/core/acd/verdict.hpp"
#include "linka/core/journal/evolve.hpp"
#include "linka/core/view.hpp"

#include <algorithm>

namespace linka::core {

void Deadlines::set(DeadlineKind kind, std::int64_t id, Instant at) {
    const auto found = at_.find({kind, id});
    const bool wanted = at && at != Instant::never();
    if (found != at_.end()) {
        if (wanted && found->second == at) {
            return;
        }
        due_.erase({found->second, kind, id});
        at_.erase(found);
    }
    if (wanted) {
        at_[{kind, id}] = at;
        due_.insert({at, kind, id});
    }
}

void Deadlines::clear() {
    at_.clear();
    due_.clear();
}

void index_user(State& s, const User& user) {
    s.index.users_by_name[user.name] = user.id;
    if (!user.extension.empty()) {
        s.index.users_by_extension[user.extension] = user.id;
    }
    for (const QueueRight& right : user.queues) {
        s.index.queues[right.queue].candidates.insert(user.id);
    }
    if (user.type == UserType::BO && !user.deactivated) {
        for (const DeviceRight& right : user.devices) {
            s.index.back_office.emplace(right.device, user.id);
        }
    }
}

void unindex_user(State& s, const User& user) {
    s.index.users_by_name.erase(user.name);
    s.index.users_by_extension.erase(user.extension);
    for (const QueueRight& right : user.queues) {
        s.index.queues[right.queue].candidates.erase(user.id);
    }
    std::erase_if(s.index.back_office, [&](const auto& pair) { return pair.second == user.id; });
}

void index_session(State& s, const Session& session) {
    s.index.deadlines.set(DeadlineKind::pause, session.user.value, session.pause_until);
    const bool counts =
        session.logged_in && session.absent_since && s.settings.inactivity_logout > Duration{};
    s.index.deadlines.set(DeadlineKind::absent, session.user.value,
                          counts ? session.absent_since + s.settings.inactivity_logout : Instant{});
}

void index_leg(State& s, const Leg& leg) {
    if (leg.user) {
        s.index.work[leg.user].legs.insert(leg.id);
    }
    s.index.deadlines.set(DeadlineKind::leg, leg.id.value,
                          leg.state == LegState::answered ? Instant{} : leg.until);
}

void index_call(State& s, const Call& call) {
    Instant first;
    for (const DelayedDevice& delayed : call.delayed) {
        first = !first || delayed.start < first ? delayed.start : first;
    }
    s.index.deadlines.set(DeadlineKind::delayed, call.id.value, first);
    s.index.deadlines.set(DeadlineKind::step, call.id.value, call.until);
    s.index.deadlines.set(DeadlineKind::position, call.id.value,
                          is_step<step::Waiting>(call.step) ? call.announce_at : Instant{});
    s.index.deadlines.set(DeadlineKind::consultation, call.id.value, call.consultation.until);
}

void index_interaction(State& s, const Interaction& i) {
    const bool waits = i.queue && i.direction != CallDirection::out && !i.answered && !i.ended;
    const Queue* queue = find_in(s.queues, i.queue);
    const bool to_many = queue != nullptr && (queue->strategy == Strategy::all ||
                                              queue->strategy == Strategy::all_penalty_order);
    const bool offerable = waits && !i.sleeps_until && (to_many || i.offers.empty());
    if (i.queue) {
        QueueIndex& index = s.index.queues[i.queue];
        const WaitKey key{i.started, i.id};
        if (waits) {
            index.waiting.insert(key);
        } else {
            index.waiting.erase(key);
        }
        const bool changed =
            offerable ? index.offerable.insert(key).second : index.offerable.erase(key) > 0;
        if (changed || offerable) {
            s.index.queues_touched.insert(i.queue);
        }
    }
    if (waits && i.waiting_as) {
        s.index.waiting_as[i.waiting_as] = i.id;
    } else {
        s.index.waiting_as.erase(i.waiting_as);
    }
    s.index.deadlines.set(DeadlineKind::wait, i.id.value, waits ? i.wait_until : Instant{});
    s.index.deadlines.set(DeadlineKind::sleep, i.id.value, waits ? i.sleeps_until : Instant{});
}

void index_offer(State& s, const Offer& offer) {
    s.index.work[offer.user].offers.insert(offer.id);
    s.index.deadlines.set(DeadlineKind::offer, offer.id.value, offer.until);
}

void index_missed(State& s, const Missed& missed) {
    s.index.missed_of[missed.customer].insert(missed.id);
}

void index_device(State& s, const DeviceLive& live) {
    s.index.deadlines.set(DeadlineKind::device, live.device.value, live.retry_at);
}

void forget_failure(State& s, DeviceLive& live) {
    live.failures = 0;
    live.failure = 0;
    live.failed = {};
    live.retry_at = {};
    index_device(s, live);
}

void index_activity(State& s, const Activity& activity) {
    s.index.work[activity.user].activities.insert(activity.id);
    s.index.deadlines.set(DeadlineKind::postponed, activity.id.value,
                          activity.postponed ? activity.postponed_until : Instant{});
}

namespace {

char device_verdict(const State& s, const Session& session) {
    if (session.devices.empty()) {
        return verdict::no_device;
    }
    const auto any = [&](bool (*is)(const State&, DeviceId)) {
        return std::any_of(session.devices.begin(), session.devices.end(),
                           [&](DeviceId device) { return is(s, device); });
    };
    if (!any(is_reachable)) {
        return verdict::unreachable;
    }
    return any(is_tried_by_queues) ? verdict::eligible : verdict::device_failed;
}

bool all_failed(const State& s, const Session& session) {
    return std::all_of(session.devices.begin(), session.devices.end(), [&](DeviceId device) {
        return !is_reachable(s, device) || has_failed(s, device);
    });
}

char work_verdict(const State& s, const User& user, const UserWork& work) {
    if (is_on_call(s, user.id)) {
        return verdict::on_call;
    }
    if (!work.legs.empty() || !work.offers.empty()) {
        return verdict::ringing;
    }
    int incoming = 0;
    for (const ActivityId id : work.activities) {
        const Activity& activity = s.activities.at(id);
        if (!activity.postponed) {
            return verdict::working;
        }
        incoming += activity.direction == CallDirection::in ? 1 : 0;
    }
    const bool full = user.max_activities && incoming >= *user.max_activities;
    return full ? verdict::capacity : verdict::eligible;
}

char user_verdict(const State& s, const User& user, const Session& session, const UserWork& work) {
    if (user.type != UserType::CC) {
        return verdict::back_office;
    }
    if (user.deactivated) {
        return verdict::deactivated;
    }
    if (!session.logged_in) {
        return verdict::logged_out;
    }
    if (!session.ready) {
        return verdict::not_ready;
    }
    if (session.pause) {
        const Pause* pause = find_pause(s, session.pause);
        return pause != nullptr && pause->type == PauseType::wrap ? verdict::wrap : verdict::paused;
    }
    const char device = device_verdict(s, session);
    return device != verdict::eligible ? device : work_verdict(s, user, work);
}

void unlist(State& s, UserWork& work) {
    for (const auto& [queue, key] : work.listed) {
        s.index.queues[queue].available.erase(key);
    }
    work.listed.clear();
}

}  // namespace

void refresh_user(State& s, UserId id, Instant at) {
    const User* user = find_user(s, id);
    Session* session = find_in(s.sessions, id);
    if (user == nullptr) {
        return;
    }
    UserWork& work = s.index.work[id];
    s.index.users_touched.insert(id);
    if (session == nullptr) {
        work.verdict = user->type == UserType::CC ? verdict::logged_out : verdict::back_office;
        return;
    }
    const char now = user_verdict(s, *user, *session, work);
    const bool changed = now != work.verdict;
    work.verdict = now;
    unlist(s, work);
    if (now == verdict::eligible) {
        session->free_since = session->free_since ? session->free_since : at;
        const Instant recent =
            session->last_activity ? session->last_activity : session->logged_in_since;
        const bool suspect = all_failed(s, *session);
        for (const JoinedQueue& joined : session->queues) {
            const AgentKey key{joined.penalty, suspect, recent, session->free_since, id};
            s.index.queues[joined.queue].available.insert(key);
            work.listed.emplace_back(joined.queue, key);
        }
    } else {
        session->free_since = {};
    }
    if (changed) {
        for (const JoinedQueue& joined : session->queues) {
            s.index.queues_touched.insert(joined.queue);
        }
    }
}

void rebuild_index(State& s) {
    s.index = Index{};
    for (const auto& [id, device] : s.devices) {
        s.index.devices_by_name[device.name] = id;
        if (device.shared) {
            s.index.shared_devices.insert(id);
        }
    }
    for (const auto& [id, pause] : s.pauses) {
        s.index.pauses_by_name[pause.name] = id;
    }
    for (const auto& [id, queue] : s.queues) {
        s.index.queues[id];
    }
    for (const auto& [id, user] : s.users) {
        index_user(s, user);
    }
    for (const auto& [id, leg] : s.legs) {
        index_leg(s, leg);
    }
    for (const auto& [id, offer] : s.offers) {
        index_offer(s, offer);
    }
    for (const auto& [id, activity] : s.activities) {
        index_activity(s, activity);
    }
    for (const auto& [id, interaction] : s.interactions) {
        index_interaction(s, interaction);
    }
    for (const auto& [id, missed] : s.missed) {
        index_missed(s, missed);
    }
    for (const auto& [id, call] : s.calls) {
        index_call(s, call);
    }
    for (const auto& [id, live] : s.device_lives) {
        index_device(s, live);
    }
    for (const auto& [id, session] : s.sessions) {
        index_session(s, session);
        for (const JoinedQueue& joined : session.queues) {
            s.index.queues[joined.queue].members.insert(id);
        }
    }
    for (const auto& [id, user] : s.users) {
        refresh_user(s, id, s.at);
    }
    s.index.users_touched.clear();
    s.index.queues_touched.clear();
}

}  // namespace linka::core
