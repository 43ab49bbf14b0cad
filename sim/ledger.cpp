#include "sim/ledger.hpp"

#include <algorithm>

namespace linka::sim {
namespace {

/// One overload for each event that changes the ledger; the template takes the others.
class Fold {
  public:
    Fold(Ledger& ledger, Instant at) : in_(ledger), at_(at) {}

    template <typename Event>
    void operator()(const Event&) {}

    void operator()(const core::SettingsSaved& e) { in_.settings = e.settings; }
    void operator()(const core::UserSaved& e) { in_.users[e.user.id].record = e.user; }
    void operator()(const core::UserRemoved& e) { in_.users.erase(e.id); }
    void operator()(const core::DeviceSaved& e) {
        in_.devices[e.device.id].record = e.device;
        in_.devices[e.device.id].retry_at = {};
    }
    void operator()(const core::DeviceRemoved& e) { in_.devices.erase(e.id); }
    void operator()(const core::QueueSaved& e) { in_.queues[e.queue.id] = e.queue; }
    void operator()(const core::QueueRemoved& e) { in_.queues.erase(e.id); }
    void operator()(const core::PauseSaved& e) { in_.pauses[e.pause.id] = e.pause; }
    void operator()(const core::PauseRemoved& e) { in_.pauses.erase(e.id); }
    void operator()(const core::ProfileSaved& e) { in_.profiles[e.profile.id] = e.profile; }
    void operator()(const core::ProfileRemoved& e) { in_.profiles.erase(e.id); }
    void operator()(const core::MenuSaved& e) { in_.menus[e.menu.id] = e.menu; }

    void operator()(const core::UserLoggedIn& e) {
        UserEntry& user = in_.users[e.user];
        user.logged_in = true;
        user.login = at_;
    }
    void operator()(const core::UserLoggedOut& e) {
        UserEntry& user = in_.users[e.user];
        if (user.logged_in) {
            user.logged_in_for += at_ - user.login;
        }
        user.logged_in = false;
        user.ready = false;
        user.devices.clear();
        user.queues.clear();
        user.pause = {};
    }
    void operator()(const core::DeviceJoined& e) { in_.users[e.user].devices.insert(e.device); }
    void operator()(const core::DeviceLeft& e) { in_.users[e.user].devices.erase(e.device); }
    void operator()(const core::QueueJoined& e) { in_.users[e.user].queues[e.queue] = e.penalty; }
    void operator()(const core::QueueLeft& e) { in_.users[e.user].queues.erase(e.queue); }
    void operator()(const core::UserReady& e) { in_.users[e.user].ready = true; }
    void operator()(const core::UserUnready& e) { in_.users[e.user].ready = false; }
    void operator()(const core::UserLeaving& e) { in_.users[e.user].ready = false; }
    void operator()(const core::PauseStarted& e) {
        in_.users[e.user].pause = e.pause;
        in_.users[e.user].pause_until = e.until;
    }
    void operator()(const core::PauseEnded& e) { in_.users[e.user].pause = {}; }
    void operator()(const core::DeviceReachabilityChanged& e) {
        in_.devices[e.device].reachable = e.reachable;
        in_.devices[e.device].can_answer_remotely = e.can_answer_remotely;
        in_.devices[e.device].retry_at = {};
    }
    void operator()(const core::DeviceFailed& e) { in_.devices[e.device].retry_at = e.retry_at; }
    void operator()(const core::UserStateChanged& e) {
        UserEntry& user = in_.users[e.user];
        if (user.state_since) {
            user.spent[user.state] += at_ - user.state_since;
            if (user.state_pause) {
                user.paused[user.state_pause] += at_ - user.state_since;
            }
        }
        user.state = e.state;
        user.state_pause = e.pause;
        user.state_since = at_;
    }

    void operator()(const core::CallStarted& e) {
        in_.calls[e.call].started = e;
        in_.calls[e.call].at = at_;
    }
    void operator()(const core::CallStepped& e) {
        in_.calls[e.call].step = core::name_of_step(e.step);
    }
    void operator()(const core::CallEnded& e) { in_.calls[e.call].ended = true; }
    void operator()(const core::LegStarted& e) {
        in_.legs[e.leg].started = e;
        in_.legs[e.leg].at = at_;
        in_.calls[e.call].legs.insert(e.leg);
    }
    void operator()(const core::LegMoved& e) {
        in_.calls[e.from].legs.erase(e.leg);
        in_.calls[e.to].legs.insert(e.leg);
        in_.legs[e.leg].started.call = e.to;
    }
    void operator()(const core::LegRang& e) {
        in_.legs[e.leg].rang = true;
        sound(e.leg);
    }
    void operator()(const core::LegAnswered& e) {
        in_.legs[e.leg].answered = true;
        sound(e.leg);
    }
    void operator()(const core::LegEnded& e) {
        in_.legs[e.leg].ended = e;
        part(e.leg);
    }
    void operator()(const core::LegHeldChanged& e) { in_.legs[e.leg].held = e.held; }
    void operator()(const core::LegsConnected& e) { join(e.a, e.b); }
    void operator()(const core::LegsDisconnected& e) {
        part(e.a);
        part(e.b);
    }

    void operator()(const core::ConsultationStarted& e) { in_.calls[e.call].consults = e.by; }
    void operator()(const core::ConsultationConnected& e) {
        join(in_.calls[e.call].consults, e.target);
    }
    void operator()(const core::ConsultationEnded& e) {
        part(in_.calls[e.call].consults);
        in_.calls[e.call].consults = {};
    }

    void operator()(const core::InteractionStarted& e) {
        in_.interactions[e.interaction].started = e;
        in_.interactions[e.interaction].at = at_;
    }
    void operator()(const core::InteractionAnswered& e) {
        in_.interactions[e.interaction].answered = at_;
        in_.interactions[e.interaction].user = e.user;
    }
    void operator()(const core::InteractionReturned& e) {
        InteractionEntry& entry = in_.interactions[e.interaction];
        entry.answered = {};
        entry.user = {};
        entry.sleeps_until = {};
        entry.tried.insert(e.user);
        in_.offers[e.offer].outcome = core::OfferOutcome::rejected;
        in_.offers[e.offer].reason = "dropped";
    }
    void operator()(const core::InteractionEnded& e) {
        InteractionEntry& entry = in_.interactions[e.interaction];
        entry.ended = at_;
        entry.outcome = e.outcome;
        entry.by = e.by;
    }
    void operator()(const core::OfferStarted& e) {
        in_.offers[e.offer].started = e;
        in_.offers[e.offer].at = at_;
        InteractionEntry& entry = in_.interactions[e.interaction];
        entry.open_offers.insert(e.offer);
        entry.sleeps_until = {};
        if (entry.tried.count(e.user) > 0) {
            entry.tried.clear();
        }
    }
    void operator()(const core::OfferEnded& e) {
        OfferEntry& offer = in_.offers[e.offer];
        offer.ended = at_;
        offer.outcome = e.outcome;
        offer.reason = e.reason;
        InteractionEntry& entry = in_.interactions[offer.started.interaction];
        entry.open_offers.erase(e.offer);
        const bool unreachable = e.reason == "unreachable";
        if (e.outcome != core::OfferOutcome::accepted && !(unreachable && e.device)) {
            entry.sleeps_until = sleep_of(
                offer.started.queue, unreachable ? Duration{1s} : Duration{0}, entry.sleeps_until);
        }
        if (e.outcome == core::OfferOutcome::missed || e.outcome == core::OfferOutcome::rejected ||
            unreachable) {
            entry.tried.insert(offer.started.user);
        }
    }
    void operator()(const core::ActivityOpened& e) {
        in_.activities[e.activity].opened = e;
        in_.activities[e.activity].at = at_;
    }
    void operator()(const core::ActivityConnected& e) {
        ActivityEntry& entry = in_.activities[e.activity];
        if (!entry.connected) {
            entry.connected = at_;
        }
        entry.leg = e.leg;
    }
    void operator()(const core::ActivityHeld& e) { in_.activities[e.activity].held = e.held; }
    void operator()(const core::ActivityFinished& e) {
        in_.activities[e.activity].finished = at_;
        in_.activities[e.activity].by = e.by;
        in_.activities[e.activity].held = false;
    }
    void operator()(const core::ActivityPostponed& e) {
        in_.activities[e.activity].postponed = true;
    }
    void operator()(const core::ActivityResumed& e) {
        in_.activities[e.activity].postponed = false;
    }
    void operator()(const core::ActivityClosed& e) {
        in_.activities[e.activity].closed = at_;
        in_.activities[e.activity].note = e.note;
    }
    void operator()(const core::ActivityDescribed& e) {
        const auto entry = in_.activities.find(e.activity);
        if (entry != in_.activities.end()) {
            entry->second.note = e.description.note.value_or(entry->second.note);
        }
    }
    void operator()(const core::RecordingStarted& e) { in_.recordings[e.recording].started = e; }
    void operator()(const core::RecordingEnded& e) { in_.recordings[e.recording].finished = e; }
    void operator()(const core::Decided& e) { in_.decisions.push_back(e); }

  private:
    /// As long as the queue says now; what is changed later is for later offers.
    Instant sleep_of(core::QueueId id, Duration least, Instant before) {
        const auto queue = in_.queues.find(id);
        const auto* offering =
            core::offering_of(queue == in_.queues.end() ? nullptr : &queue->second);
        const Duration time =
            offering == nullptr ? Duration{0} : std::max(offering->sleep_time, least);
        return time > Duration{0} ? at_ + time : before;
    }
    /// A telephone that rings or answers works.
    void sound(core::LegId leg) {
        const core::LegStarted& started = in_.legs[leg].started;
        if (const auto it = in_.devices.find(started.device);
            it != in_.devices.end() && !started.incoming) {
            it->second.retry_at = {};
        }
    }
    void join(core::LegId a, core::LegId b) {
        part(a);
        part(b);
        in_.legs[a].peer = b;
        in_.legs[b].peer = a;
    }
    void part(core::LegId leg) {
        const core::LegId peer = in_.legs[leg].peer;
        in_.legs[leg].peer = {};
        if (peer && in_.legs[peer].peer == leg) {
            in_.legs[peer].peer = {};
        }
    }

    Ledger& in_;
    Instant at_;
};

}  // namespace

void Ledger::fold(const core::Record& record) {
    now = record.at;
    std::visit(Fold{*this, record.at}, record.event);
}

const core::Profile* Ledger::profile_of(core::UserId user) const {
    const auto who = users.find(user);
    const auto found =
        who == users.end() ? profiles.end() : profiles.find(who->second.record.profile);
    return found == profiles.end() ? nullptr : &found->second;
}

std::vector<core::InteractionId> Ledger::waiting(core::QueueId queue) const {
    std::vector<core::InteractionId> found;
    for (const auto& [id, entry] : interactions) {
        if (entry.started.queue == queue && !entry.answered && !entry.ended) {
            found.push_back(id);
        }
    }
    return found;
}

std::vector<core::OfferId> Ledger::open_offers(core::UserId user) const {
    std::vector<core::OfferId> found;
    for (const auto& [id, entry] : offers) {
        if (entry.started.user == user && !entry.ended) {
            found.push_back(id);
        }
    }
    return found;
}

std::vector<core::ActivityId> Ledger::open_activities(core::UserId user) const {
    std::vector<core::ActivityId> found;
    for (const auto& [id, entry] : activities) {
        if (entry.opened.user == user && !entry.closed) {
            found.push_back(id);
        }
    }
    return found;
}

std::vector<core::LegId> Ledger::legs_of(core::UserId user) const {
    std::vector<core::LegId> found;
    for (const auto& [id, entry] : legs) {
        if (entry.started.user == user && !entry.ended) {
            found.push_back(id);
        }
    }
    return found;
}

}  // namespace linka::sim
