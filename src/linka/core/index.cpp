#include "linka/core/index.hpp"

#include "linka/core/acd/availability.hpp"
#include "linka/core/acd/queue_types.hpp"
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
    const Offering* offering = offering_of(find_in(s.queues, i.queue));
    const bool to_many = offering != nullptr && (offering->strategy == Strategy::all ||
                                                 offering->strategy == Strategy::all_penalty_order);
    const bool offerable =
        waits && i.channel != Channel::email && !i.sleeps_until && (to_many || i.offers.empty());
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
    if (const auto* written = std::get_if<carrier::Conversation>(&i.carrier)) {
        if (i.ended) {
            s.index.conversations.erase(written->conversation);
        } else {
            s.index.conversations[written->conversation] = i.id;
        }
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

bool all_failed(const State& s, const Session& session) {
    return std::all_of(session.devices.begin(), session.devices.end(), [&](DeviceId device) {
        return !is_reachable(s, device) || has_failed(s, device);
    });
}

void unlist(State& s, UserWork& work) {
    for (const auto& [queue, key] : work.listed) {
        s.index.queues[queue].available.erase(key);
    }
    work.listed.clear();
}

void enlist(State& s, const Session& session, UserWork& work) {
    const auto& can = work.verdicts.all;
    if (std::none_of(can.begin(), can.end(), [](char one) { return one == verdict::eligible; })) {
        return;
    }
    const Instant recent = session.last_activity ? session.last_activity : session.logged_in_since;
    const bool suspect = all_failed(s, session);
    const int has = in_hand(s, work).total;
    for (const JoinedQueue& joined : session.queues) {
        QueueIndex& queue = s.index.queues[joined.queue];
        if (work.verdicts[queue.channel] == verdict::eligible) {
            const bool unsound = suspect && queue.channel == Channel::call;
            const AgentKey key{joined.penalty,     unsound,     has, recent,
                               session.free_since, session.user};
            queue.available.insert(key);
            work.listed.emplace_back(joined.queue, key);
        }
    }
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
    const ByChannel<char> before = work.verdicts;
    if (session == nullptr) {
        work.verdicts.all.fill(user->type == UserType::CC ? verdict::logged_out
                                                          : verdict::back_office);
        return;
    }
    work.verdicts = verdicts_of(s, *user, *session, work);
    if (work.verdicts[Channel::call] != verdict::eligible) {
        session->free_since = {};
    } else if (!session->free_since) {
        session->free_since = at;
    }
    unlist(s, work);
    enlist(s, *session, work);
    for (const JoinedQueue& joined : session->queues) {
        const Channel channel = s.index.queues[joined.queue].channel;
        if (work.verdicts[channel] != before[channel]) {
            s.index.queues_touched.insert(joined.queue);
        }
    }
}

void refresh_everybody(State& s, Instant at) {
    for (const auto& [id, session] : s.sessions) {
        refresh_user(s, id, at);
    }
}

void index_queue(State& s, const Queue& queue) {
    s.index.queues[queue.id].channel = channel_of(queue.type);
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
        index_queue(s, queue);
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
