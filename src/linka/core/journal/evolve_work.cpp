// Folds of the events of interactions, offers, activities and recordings.
#include "linka/core/journal/evolve.hpp"

namespace linka::core {

namespace {

void forget_if_over(State& s, InteractionId id) {
    Interaction* interaction = find_in(s.interactions, id);
    if (interaction == nullptr || !interaction->ended || !interaction->activities.empty()) {
        return;
    }
    s.interactions.erase(id);
}

// Whoever has had the item once is asked again only after all others; then a new round begins.
void note_offered(Interaction& interaction, UserId user) {
    if (std::binary_search(interaction.tried.begin(), interaction.tried.end(), user)) {
        interaction.tried.clear();
    }
}

bool others_are_left(const State& s, const Interaction& interaction, QueueId queue) {
    const auto index = s.index.queues.find(queue);
    if (index == s.index.queues.end()) {
        return false;
    }
    const std::set<AgentKey>& free = index->second.available;
    return std::any_of(free.begin(), free.end(), [&](const AgentKey& key) {
        return !std::binary_search(interaction.tried.begin(), interaction.tried.end(), key.user);
    });
}

// The queue's sleep time after somebody did not take it. A telephone that failed rests by itself,
// so that others are asked at once. So are they where nothing could even be dialled (a number
// outside that may not be called now); when nobody is left who has not had it, a second at least
// keeps the queue from trying again and again in one instant.
Duration sleep_after(const Queue& queue, const OfferEnded& e, bool others) {
    const Offering* offering = offering_of(&queue);
    const Duration sleep = offering == nullptr ? Duration{} : offering->sleep_time;
    if (e.outcome == OfferOutcome::withdrawn && e.reason == "unreachable") {
        return e.device || others ? Duration{} : std::max(sleep, Duration{1s});
    }
    return sleep;
}

bool had_it(const OfferEnded& e) {
    return e.outcome == OfferOutcome::missed || e.outcome == OfferOutcome::rejected ||
           (e.outcome == OfferOutcome::withdrawn && e.reason == "unreachable");
}

int penalty_of(const State& s, UserId user, QueueId queue) {
    const auto session = s.sessions.find(user);
    if (session != s.sessions.end()) {
        for (const JoinedQueue& joined : session->second.queues) {
            if (joined.queue == queue) {
                return joined.penalty;
            }
        }
    }
    return 0;
}

}  // namespace

void fold(State& s, Instant at, const InteractionStarted& e) {
    s.last.interaction = std::max(s.last.interaction, e.interaction.value);
    s.last.activity = std::max(s.last.activity, e.waiting_as.value);
    Interaction& interaction = s.interactions[e.interaction];
    interaction.id = e.interaction;
    interaction.channel = e.channel;
    interaction.carrier = e.carrier;
    interaction.queue = e.queue;
    interaction.direction = e.direction;
    interaction.party = e.party;
    interaction.our_address = e.our_address;
    interaction.re_entry = e.re_entry;
    interaction.position = e.position;
    interaction.waiting_as = e.waiting_as;
    interaction.started = at;
    const Offering* offering = offering_of(find_in(s.queues, e.queue));
    if (offering != nullptr && offering->max_wait > Duration{}) {
        interaction.wait_until = at + offering->max_wait;
    }
    if (Call* call = find_in(s.calls, call_of(e.carrier))) {
        call->interaction = e.interaction;
        call->announce_at = {};
        index_call(s, *call);
    }
    missed_called_back(s, at, e);
    index_interaction(s, interaction);
}

void fold(State& s, Instant at, const InteractionAnswered& e) {
    if (Interaction* interaction = find_in(s.interactions, e.interaction)) {
        interaction->answered = at;
        interaction->user = e.user;
        index_interaction(s, *interaction);
    }
}

void fold(State& s, Instant at, const InteractionReturned& e) {
    if (Interaction* interaction = find_in(s.interactions, e.interaction)) {
        interaction->answered = {};
        interaction->user = {};
        interaction->accepted = {};
        interaction->sleeps_until = {};
        insert_sorted(interaction->tried, e.user);
        index_interaction(s, *interaction);
    }
    refresh_user(s, e.user, at);
}

void fold(State& s, Instant at, const InteractionEnded& e) {
    Interaction* interaction = find_in(s.interactions, e.interaction);
    if (interaction == nullptr) {
        return;
    }
    interaction->ended = at;
    index_interaction(s, *interaction);
    Call* call = find_in(s.calls, call_of(interaction->carrier));
    if (call != nullptr && call->interaction == e.interaction) {
        call->interaction = {};
    }
    forget_if_over(s, e.interaction);
}

void fold(State& s, Instant at, const OfferStarted& e) {
    s.last.offer = std::max(s.last.offer, e.offer.value);
    s.last.activity = std::max(s.last.activity, e.activity.value);
    Offer& offer = s.offers[e.offer];
    offer.id = e.offer;
    offer.interaction = e.interaction;
    offer.queue = e.queue;
    offer.user = e.user;
    offer.activity = e.activity;
    offer.started = at;
    offer.until = e.until;
    offer.decision = e.decision;
    if (Interaction* interaction = find_in(s.interactions, e.interaction)) {
        offer.channel = interaction->channel;
        offer.carrier = interaction->carrier;
        insert_sorted(interaction->offers, e.offer);
        ++interaction->attempts;
        interaction->sleeps_until = {};  // it lies between two offers, and the next one is here
        note_offered(*interaction, e.user);
        interaction->tier = penalty_of(s, e.user, e.queue);
        index_interaction(s, *interaction);
    }
    if (Call* call = find_in(s.calls, call_of(offer.carrier))) {
        insert_sorted(call->offers, e.offer);
        s.ringing[e.offer] = {};
    }
    index_offer(s, offer);
    refresh_user(s, e.user, at);
}

void fold(State& s, Instant at, const OfferEnded& e) {
    Offer* found = find_in(s.offers, e.offer);
    if (found == nullptr) {
        return;
    }
    const Offer offer = *found;
    s.index.deadlines.set(DeadlineKind::offer, e.offer.value, {});
    s.index.work[offer.user].offers.erase(e.offer);
    s.offers.erase(e.offer);
    s.ringing.erase(e.offer);
    if (Call* call = find_in(s.calls, call_of(offer.carrier))) {
        erase_value(call->offers, e.offer);
        std::erase_if(call->delayed, [&](const DelayedDevice& d) { return d.offer == e.offer; });
        index_call(s, *call);
    }
    if (Interaction* interaction = find_in(s.interactions, offer.interaction)) {
        erase_value(interaction->offers, e.offer);
        const Queue* queue = find_in(s.queues, offer.queue);
        const bool others = others_are_left(s, *interaction, offer.queue);
        const Duration sleep = queue == nullptr ? Duration{} : sleep_after(*queue, e, others);
        if (e.outcome == OfferOutcome::accepted) {
            interaction->accepted = e.offer;
        } else if (sleep > Duration{}) {
            interaction->sleeps_until = at + sleep;
        }
        if (had_it(e)) {
            insert_sorted(interaction->tried, offer.user);
        }
        index_interaction(s, *interaction);
    }
    refresh_user(s, offer.user, at);
}

void fold(State& s, Instant at, const ActivityOpened& e) {
    s.last.activity = std::max(s.last.activity, e.activity.value);
    Activity& activity = s.activities[e.activity];
    activity.id = e.activity;
    activity.interaction = e.interaction;
    activity.channel = e.channel;
    activity.carrier = e.carrier;
    activity.queue = e.queue;
    activity.user = e.user;
    activity.direction = e.direction;
    activity.title = e.title;
    activity.opened = at;
    if (Interaction* interaction = find_in(s.interactions, e.interaction)) {
        insert_sorted(interaction->activities, e.activity);
    }
    if (Call* call = find_in(s.calls, call_of(e.carrier))) {
        insert_sorted(call->activities, e.activity);
    }
    if (e.channel == Channel::call) {
        s.talks[e.activity].leg = e.leg;
    }
    if (Leg* leg = find_in(s.legs, e.leg)) {
        leg->activity = e.activity;
    }
    missed_called_back_by(s, activity);
    index_activity(s, activity);
    refresh_user(s, e.user, at);
}

void fold(State& s, Instant at, const ActivityConnected& e) {
    Talk* talk = find_in(s.talks, e.activity);
    if (talk == nullptr) {
        return;
    }
    talk->connected = talk->connected ? talk->connected : at;
    if (Leg* leg = find_in(s.legs, e.leg)) {
        leg->activity = e.activity;
        talk->leg = e.leg;
    }
    refresh_user(s, s.activities.at(e.activity).user, at);
}

void fold(State& s, Instant at, const ActivityHeld& e) {
    if (Talk* talk = find_in(s.talks, e.activity)) {
        talk->held = e.held;
        talk->held_since = e.held ? at : Instant{};
        refresh_user(s, s.activities.at(e.activity).user, at);
    }
}

void fold(State& s, Instant at, const ActivityFinished& e) {
    Activity* activity = find_in(s.activities, e.activity);
    if (activity == nullptr) {
        return;
    }
    activity->finished = at;
    if (Talk* talk = find_in(s.talks, e.activity)) {
        talk->held = false;
        talk->held_since = {};
    }
    if (Call* call = find_in(s.calls, call_of(activity->carrier))) {
        erase_value(call->activities, e.activity);
    }
    refresh_user(s, activity->user, at);
}

void fold(State& s, Instant at, const ActivityPostponed& e) {
    if (Activity* activity = find_in(s.activities, e.activity)) {
        activity->postponed = true;
        activity->postponed_until = e.until;
        activity->note = e.note;
        index_activity(s, *activity);
        refresh_user(s, activity->user, at);
    }
}

void fold(State& s, Instant at, const ActivityResumed& e) {
    if (Activity* activity = find_in(s.activities, e.activity)) {
        activity->postponed = false;
        activity->postponed_until = {};
        index_activity(s, *activity);
        refresh_user(s, activity->user, at);
    }
}

void fold(State& s, Instant at, const ActivityClosed& e) {
    Activity* found = find_in(s.activities, e.activity);
    if (found == nullptr) {
        return;
    }
    const Activity activity = *found;
    s.index.deadlines.set(DeadlineKind::postponed, e.activity.value, {});
    s.index.work[activity.user].activities.erase(e.activity);
    s.activities.erase(e.activity);
    s.talks.erase(e.activity);
    if (Interaction* interaction = find_in(s.interactions, activity.interaction)) {
        erase_value(interaction->activities, e.activity);
    }
    forget_if_over(s, activity.interaction);
    if (Session* session = find_in(s.sessions, activity.user)) {
        session->last_activity = at;
    }
    refresh_user(s, activity.user, at);
}

void fold(State& s, Instant /*at*/, const ActivityDescribed& e) {
    Activity* activity = find_in(s.activities, e.activity);
    if (activity == nullptr) {
        return;  // closed: the store has it
    }
    const Description& given = e.description;
    activity->title = given.title.value_or(activity->title);
    activity->note = given.note.value_or(activity->note);
    activity->statuses = given.statuses.value_or(activity->statuses);
}

void fold(State& s, Instant at, const RecordingStarted& e) {
    s.last.recording = std::max(s.last.recording, e.recording.value);
    Recording& recording = s.recordings[e.recording];
    recording.id = e.recording;
    recording.call = e.call;
    recording.interaction = e.interaction;
    recording.activity = e.activity;
    recording.user = e.user;
    recording.file = e.file;
    recording.voicemail = e.voicemail;
    recording.started = at;
    if (Call* call = find_in(s.calls, e.call)) {
        call->recording = e.recording;
    }
}

void fold(State& s, Instant /*at*/, const RecordingAssigned& e) {
    if (Recording* recording = find_in(s.recordings, e.recording)) {
        recording->activity = e.activity;
        recording->user = e.user;
    }
}

void fold(State& s, Instant /*at*/, const RecordingStopped& e) {
    Recording* recording = find_in(s.recordings, e.recording);
    if (recording == nullptr) {
        return;
    }
    recording->stopping = true;
    Call* call = find_in(s.calls, recording->call);
    if (call != nullptr && call->recording == e.recording) {
        call->recording = {};
    }
}

void fold(State& s, Instant /*at*/, const RecordingEnded& e) {
    Recording* recording = find_in(s.recordings, e.recording);
    if (recording == nullptr) {
        return;
    }
    Call* call = find_in(s.calls, recording->call);
    if (call != nullptr && call->recording == e.recording) {
        call->recording = {};
    }
    s.recordings.erase(e.recording);
}

void fold(State& s, Instant /*at*/, const Decided& e) {
    s.last.decision = std::max(s.last.decision, e.decision.value);
}

namespace {

void pass_interaction(State& s, DeadlineKind kind, InteractionId id) {
    Interaction* interaction = find_in(s.interactions, id);
    if (interaction == nullptr) {
        return;
    }
    if (kind == DeadlineKind::sleep) {
        interaction->sleeps_until = {};
    } else {
        interaction->wait_until = {};
    }
    index_interaction(s, *interaction);
}

void pass_call(State& s, DeadlineKind kind, CallId id, Instant at) {
    Call* call = find_in(s.calls, id);
    if (call == nullptr) {
        return;
    }
    if (kind == DeadlineKind::step) {
        call->until = {};
    } else if (kind == DeadlineKind::consultation) {
        call->consultation.until = {};
    } else if (kind == DeadlineKind::position) {
        call->announce_at = {};
    } else {
        std::erase_if(call->delayed, [&](const DelayedDevice& d) { return d.start <= at; });
    }
    index_call(s, *call);
}

}  // namespace

void fold(State& s, Instant at, const DeadlinePassed& e) {
    switch (e.kind) {
        case DeadlineKind::wait:
        case DeadlineKind::sleep:
            pass_interaction(s, e.kind, InteractionId{e.id});
            break;
        case DeadlineKind::step:
        case DeadlineKind::consultation:
        case DeadlineKind::delayed:
        case DeadlineKind::position:
            pass_call(s, e.kind, CallId{e.id}, at);
            break;
        case DeadlineKind::pause:
            if (Session* session = find_in(s.sessions, UserId{e.id})) {
                session->pause_until = {};
                index_session(s, *session);
            }
            break;
        case DeadlineKind::absent:
            if (Session* session = find_in(s.sessions, UserId{e.id})) {
                session->absent_since = {};
                index_session(s, *session);
            }
            break;
        case DeadlineKind::leg:
            if (Leg* leg = find_in(s.legs, LegId{e.id})) {
                leg->until = {};
                index_leg(s, *leg);
            }
            break;
        case DeadlineKind::offer:
            if (Offer* offer = find_in(s.offers, OfferId{e.id})) {
                offer->until = {};
                index_offer(s, *offer);
            }
            break;
        case DeadlineKind::device:
            if (DeviceLive* live = find_in(s.device_lives, DeviceId{e.id})) {
                live->retry_at = {};
                index_device(s, *live);
                refresh_user(s, live->user, at);
            }
            break;
        case DeadlineKind::postponed:
            if (Activity* activity = find_in(s.activities, ActivityId{e.id})) {
                activity->postponed_until = {};
                index_activity(s, *activity);
            }
            break;
    }
}

}  // namespace linka::core
