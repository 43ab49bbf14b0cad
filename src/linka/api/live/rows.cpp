#include "linka/api/live/rows.hpp"

#include "linka/api/live/names.hpp"
#include "linka/api/live/row_types.hpp"
#include "linka/core/view.hpp"
#include "linka/core/walk.hpp"

#include <algorithm>

namespace linka::api {

namespace {

std::optional<QueueRef> queue_ref(const core::State& state, core::QueueId id) {
    const core::Queue* queue = core::find_queue(state, id);
    if (queue == nullptr) {
        return std::nullopt;
    }
    return QueueRef{id.value, queue->title};
}

std::optional<UserRef> user_ref(const core::State& state, core::UserId id) {
    const core::User* user = core::find_user(state, id);
    if (user == nullptr) {
        return std::nullopt;
    }
    return UserRef{user->name, user->title, user->extension};
}

// A telephone that has just refused without ringing counts as one that cannot be reached.
bool any_reachable(const core::State& state, core::UserId user) {
    const auto devices = core::devices_of_user(state, user);
    return std::any_of(devices.begin(), devices.end(), [&](core::DeviceId device) {
        return core::is_tried_by_queues(state, device);
    });
}

std::vector<FailedDevice> failed_devices(const core::State& state, core::UserId user) {
    std::vector<FailedDevice> out;
    for (const core::DeviceId device : core::devices_of_user(state, user)) {
        const auto live = state.device_lives.find(device);
        if (live != state.device_lives.end() && live->second.failures > 0) {
            out.push_back({core::device_name(state, device), live->second.failure,
                           iso_json(live->second.failed)});
        }
    }
    return out;
}

std::vector<std::string> call_blockers(const core::State& state, const core::User& user) {
    std::vector<std::string> codes;
    for (const core::Blocker& blocker : core::can(state, user.id, core::Action::be_called)) {
        codes.emplace_back(name_of(blocker.code));
    }
    return codes;
}

// What a user is doing; a back-office user, who has no session, is idle or talking.
core::UserState state_of(const core::State& state, const core::User& user) {
    if (const core::Session* session = core::find_session(state, user.id)) {
        return session->state;
    }
    if (user.type == core::UserType::CC) {
        return core::UserState::logged_out;
    }
    return core::is_on_call(state, user.id) ? core::UserState::talking : core::UserState::idle;
}

void fill_open(const core::State& state, const core::Activity& activity, ActivityRow& row) {
    row.title = activity.title;
    row.direction = name_of(activity.direction);
    row.user = user_ref(state, activity.user);
    row.queue = queue_ref(state, activity.queue);
    row.opened = iso_json(activity.opened);
    row.finished = iso_json(activity.finished);
    row.note = activity.note;
    const core::Talk* talk = core::find_talk(state, activity.id);
    row.held = talk != nullptr && talk->held;
    row.held_since = iso_json(talk == nullptr ? Instant{} : talk->held_since);
    row.connected = iso_json(talk == nullptr ? Instant{} : talk->connected);
    row.action = activity.postponed ? "POSTPONE" : "OPEN";
    if (activity.postponed) {
        row.state = "postponed";
        row.until = iso_json(activity.postponed_until);
    } else if (activity.finished) {
        row.state = "finished";
    } else if (row.held) {
        row.state = "hold";
    } else {
        row.state = talk == nullptr || talk->connected ? "talking" : "dialling";
    }
    if (const core::Leg* leg = core::leg_of_activity(state, activity.id)) {
        row.muted = leg->muted;
    }
}

void fill_offer(const core::State& state, const core::Offer& offer, ActivityRow& row) {
    row.action = "WAIT";
    row.state = "ringing";
    row.user = user_ref(state, offer.user);
    row.queue = queue_ref(state, offer.queue);
    row.ringing = iso_json(offer.started);
    row.until = iso_json(offer.until);
    for (const core::DeviceId device : core::ringing_devices(state, offer.id)) {
        row.ringing_devices.push_back(core::device_name(state, device));
    }
}

void fill_call(const core::State& state, core::ActivityId activity, ActivityRow& row) {
    const core::Call* call = core::call_of_activity(state, activity);
    if (call == nullptr) {
        return;
    }
    if (row.caller_name.empty()) {
        row.caller_name = call->caller_name;
    }
    if (row.caller.empty()) {
        row.caller = call->caller;
        row.number = call->number;
    }
    if (row.direction.empty()) {
        row.direction = name_of(call->direction);
    }
    row.recording = static_cast<bool>(call->recording);
    if (call->consultation.activity == activity) {
        row.consulting = call->consultation.to;
        row.consultation_answered = static_cast<bool>(call->consultation.target);
    }
}

std::optional<PauseNow> pause_of(const core::State& state, const core::Session& session) {
    const core::Pause* pause = core::find_pause(state, session.pause);
    if (pause == nullptr) {
        return std::nullopt;
    }
    return PauseNow{pause->name, pause->title, std::string(name_of(pause->type)),
                    iso_json(session.pause_since), iso_json(session.pause_until)};
}

}  // namespace

std::vector<core::ActivityId> activities_of(const core::State& state,
                                            const core::Interaction& interaction) {
    std::vector<core::ActivityId> ids = interaction.activities;
    for (const core::OfferId id : interaction.offers) {
        if (const core::Offer* offer = core::find_offer(state, id)) {
            ids.push_back(offer->activity);
        }
    }
    if (interaction.waiting_as && !interaction.answered && !interaction.ended) {
        ids.push_back(interaction.waiting_as);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

core::UserId owner_of(const core::State& state, core::ActivityId activity) {
    if (const core::Activity* open = core::find_activity(state, activity)) {
        return open->user;
    }
    if (const core::Offer* offer = core::offer_of_activity(state, activity)) {
        return offer->user;
    }
    return {};
}

bool may_see_activity(const core::State& state, const Viewer& viewer, core::ActivityId activity) {
    const core::Interaction* interaction = core::interaction_of_activity(state, activity);
    return viewer.sees(Work{core::find_user(state, owner_of(state, activity)),
                            interaction != nullptr ? interaction->queue : core::QueueId{},
                            core::find_activity(state, activity) == nullptr});
}

std::string activity_row(const core::State& state, core::ActivityId id) {
    ActivityRow row;
    row.name = activity_name(id);
    const core::Interaction* interaction = core::interaction_of_activity(state, id);
    if (interaction != nullptr) {
        row.interaction = interaction->id.value;
        row.direction = name_of(interaction->direction);
        row.type = channel_type(name_of(interaction->channel));
        row.caller = core::caller_of(*interaction);
        row.number = core::called_of(*interaction);
        row.caller_name = interaction->party.name;
        row.end_reason = name_of(interaction->reason);
        row.end_status = interaction->status;
        row.since = iso_json(interaction->started);
        row.queue = queue_ref(state, interaction->queue);
    }
    if (const core::Activity* open = core::find_activity(state, id)) {
        fill_open(state, *open, row);
    } else if (const core::Offer* offer = core::offer_of_activity(state, id)) {
        fill_offer(state, *offer, row);
    } else if (interaction != nullptr && !interaction->answered && !interaction->ended) {
        row.action = "WAIT";
        row.state = "waiting";
        row.position = core::position_of(state, interaction->id);
    } else {
        return {};
    }
    fill_call(state, id, row);
    row.takeable = row.action == "WAIT" && interaction != nullptr && interaction->queue &&
                   core::position_of(state, interaction->id) > 0;
    if (row.title.empty()) {
        row.title = row.caller_name.empty() ? row.caller : row.caller_name;
    }
    return json::to_text(row);
}

std::string missed_row(const core::State& state, const core::Missed& missed) {
    MissedRow row;
    row.name = missed_name(missed.id);
    row.customer = missed.customer;
    row.caller_name = missed.caller_name;
    row.queue = queue_ref(state, missed.queue);
    row.user = user_ref(state, missed.user);
    row.first = iso_json(missed.first);
    row.last = iso_json(missed.last);
    row.times = missed.times;
    row.why = name_of(missed.why);
    row.calling = static_cast<bool>(missed.calling);
    row.tries = missed.tries;
    row.tried = iso_json(missed.tried);
    row.tried_by = user_ref(state, missed.tried_by);
    return json::to_text(row);
}

std::string user_row(const core::State& state, const core::User& user, Sight sight) {
    const core::UserState now = state_of(state, user);
    if (sight != Sight::full) {
        std::vector<std::string> blockers = call_blockers(state, user);
        const bool callable = blockers.empty();
        return json::to_text(PresenceRow{user.name, user.title, user.alias, user.extension,
                                         std::string(name_of(user.type)), std::string(name_of(now)),
                                         any_reachable(state, user.id), callable,
                                         std::move(blockers)});
    }
    UserRow row;
    row.name = user.name;
    row.title = user.title;
    row.alias = user.alias;
    row.extension = user.extension;
    row.type = name_of(user.type);
    row.state = name_of(now);
    row.device_reachable = any_reachable(state, user.id);
    row.devices_failed = failed_devices(state, user.id);
    row.call_blockers = call_blockers(state, user);
    row.callable = row.call_blockers.empty();
    for (const core::DeviceId device : core::devices_of_user(state, user.id)) {
        row.devices.push_back(core::device_name(state, device));
    }
    if (const core::Session* session = core::find_session(state, user.id)) {
        row.since = iso_json(session->state_since);
        row.pause = pause_of(state, *session);
        row.queue = queue_ref(state, session->state_queue);
        row.logged_in_since = session->logged_in ? iso_json(session->logged_in_since) : json::Raw{};
        for (const core::JoinedQueue& joined : session->queues) {
            row.queues.push_back(joined.queue.value);
        }
    }
    for (const core::ActivityId activity : core::activities_of_user(state, user.id)) {
        row.activities.push_back(activity_name(activity));
    }
    return json::to_text(row);
}

std::string queue_row(const core::State& state, const core::Queue& queue) {
    QueueRow row;
    row.name = queue.id.value;
    row.title = queue.title;
    row.type = name_of(queue.type);
    row.deactivated = queue.deactivated;
    const auto waiting = core::waiting_of_queue(state, queue.id);
    row.waiting = static_cast<int>(waiting.size());
    if (!waiting.empty()) {
        row.waiting_since = iso_json(core::find_interaction(state, waiting.front())->started);
    }
    core::Walk sessions(state.sessions);
    for (const core::UserId id : core::users_of_queue(state, queue.id)) {
        const auto* session = sessions.find(id);
        if (session == nullptr) {
            continue;
        }
        ++row.logged_in;
        switch (session->second.state) {
            case core::UserState::idle:
                ++row.idle;
                break;
            case core::UserState::ringing:
                ++row.ringing;
                break;
            case core::UserState::talking:
            case core::UserState::hold:
                ++row.talking;
                break;
            case core::UserState::paused:
            case core::UserState::wrap:
                ++row.paused;
                break;
            default:
                ++row.other;
        }
    }
    return json::to_text(row);
}

std::string realtime_text(const core::State& state, const Viewer& viewer) {
    std::string users;
    std::string queues;
    std::string activities;
    const auto add = [](std::string& list, const std::string& row) {
        list += list.empty() ? "" : ",";
        list += row;
    };
    for (const auto& [id, user] : state.users) {
        const Sight sight = viewer.sight_of(user);
        if (sight != Sight::none && !user.deactivated) {
            add(users, user_row(state, user, sight));
        }
    }
    for (const auto& [id, queue] : state.queues) {
        if (viewer.sees(id)) {
            add(queues, queue_row(state, queue));
        }
    }
    for (const auto& [id, interaction] : state.interactions) {
        for (const core::ActivityId activity : activities_of(state, interaction)) {
            const std::string row = may_see_activity(state, viewer, activity)
                                        ? activity_row(state, activity)
                                        : std::string();
            if (!row.empty()) {
                add(activities, row);
            }
        }
    }
    return R"({"users":[)" + users + R"(],"queues":[)" + queues + R"(],"activities":[)" +
           activities + R"(],"at":)" + iso_json(state.at).text + "}";
}

}  // namespace linka::api
