#include "linka/core/view.hpp"

#include "linka/core/acd/verdict.hpp"
#include "linka/core/records/trunk.hpp"

#include <algorithm>

namespace linka::core {

namespace {

bool carries_calls_out(const Trunk& trunk) {
    return !trunk.deactivated && !trunk.host.empty();
}

template <typename Map, typename Key>
const typename Map::mapped_type* find_in_map(const Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

const UserWork& work_of(const State& state, UserId user) {
    static const UserWork nothing{};
    const UserWork* work = find_in_map(state.index.work, user);
    return work == nullptr ? nothing : *work;
}

}  // namespace

const User* find_user(const State& state, UserId id) {
    return find_in_map(state.users, id);
}
const Device* find_device(const State& state, DeviceId id) {
    return find_in_map(state.devices, id);
}
const Queue* find_queue(const State& state, QueueId id) {
    return find_in_map(state.queues, id);
}
const Pause* find_pause(const State& state, PauseId id) {
    return find_in_map(state.pauses, id);
}
const Trunk* find_trunk(const State& state, std::string_view name) {
    for (const auto& [id, trunk] : state.trunks) {
        if (trunk.name == name) {
            return &trunk;
        }
    }
    return nullptr;
}
const Trunk* trunk_out(const State& state) {
    const Trunk* first = nullptr;
    for (const auto& [id, trunk] : state.trunks) {
        if (carries_calls_out(trunk) && (first == nullptr || trunk.position < first->position)) {
            first = &trunk;
        }
    }
    return first;
}
std::vector<const Trunk*> trunks_out(const State& state) {
    std::vector<const Trunk*> all;
    for (const auto& [id, trunk] : state.trunks) {
        if (carries_calls_out(trunk)) {
            all.push_back(&trunk);
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Trunk* a, const Trunk* b) { return a->position < b->position; });
    return all;
}
const Session* find_session(const State& state, UserId id) {
    return find_in_map(state.sessions, id);
}
const Call* find_call(const State& state, CallId id) {
    return find_in_map(state.calls, id);
}
const Leg* find_leg(const State& state, LegId id) {
    return find_in_map(state.legs, id);
}
const Interaction* find_interaction(const State& state, InteractionId id) {
    return find_in_map(state.interactions, id);
}
const Offer* find_offer(const State& state, OfferId id) {
    return find_in_map(state.offers, id);
}
const Activity* find_activity(const State& state, ActivityId id) {
    return find_in_map(state.activities, id);
}
const Ringing* find_ringing(const State& state, OfferId id) {
    return find_in_map(state.ringing, id);
}
const Talk* find_talk(const State& state, ActivityId id) {
    return find_in_map(state.talks, id);
}
const Leg* leg_of_activity(const State& state, ActivityId id) {
    const Talk* talk = find_talk(state, id);
    return talk == nullptr ? nullptr : find_leg(state, talk->leg);
}

const User* user_by_name(const State& state, std::string_view name) {
    const auto found = state.index.users_by_name.find(name);
    return found == state.index.users_by_name.end() ? nullptr : find_user(state, found->second);
}

const User* user_by_extension(const State& state, std::string_view extension) {
    const auto found = state.index.users_by_extension.find(extension);
    return found == state.index.users_by_extension.end() ? nullptr
                                                         : find_user(state, found->second);
}

const Device* device_by_name(const State& state, std::string_view name) {
    const auto found = state.index.devices_by_name.find(name);
    return found == state.index.devices_by_name.end() ? nullptr : find_device(state, found->second);
}

const Pause* pause_by_name(const State& state, std::string_view name) {
    const auto found = state.index.pauses_by_name.find(name);
    return found == state.index.pauses_by_name.end() ? nullptr : find_pause(state, found->second);
}

const Pause* pause_by_type(const State& state, PauseType type) {
    for (const auto& [id, pause] : state.pauses) {
        if (pause.type == type && !pause.deactivated) {
            return &pause;
        }
    }
    return nullptr;
}

const User* user_of_device(const State& state, DeviceId device) {
    const DeviceLive* live = find_in_map(state.device_lives, device);
    if (live != nullptr && live->user) {
        return find_user(state, live->user);
    }
    const UserId* owner = find_in_map(state.index.back_office, device);
    return owner == nullptr ? nullptr : find_user(state, *owner);
}

std::vector<DeviceId> devices_of_user(const State& state, UserId id) {
    const User* user = find_user(state, id);
    if (user == nullptr) {
        return {};
    }
    if (user->type == UserType::CC) {
        const Session* session = find_session(state, id);
        return session == nullptr ? std::vector<DeviceId>{} : session->devices;
    }
    std::vector<DeviceId> out;
    for (const DeviceRight& right : user->devices) {
        const User* holder = user_of_device(state, right.device);
        const Device* device = find_device(state, right.device);
        if (holder != nullptr && holder->id == id && device != nullptr && !device->deactivated) {
            out.push_back(right.device);
        }
    }
    return out;
}

bool is_reachable(const State& state, DeviceId id) {
    const Device* device = find_device(state, id);
    if (device == nullptr || device->deactivated) {
        return false;
    }
    const DeviceLive* live = find_in_map(state.device_lives, id);
    return device->type == DeviceType::external || (live != nullptr && live->reachable);
}

bool has_failed(const State& state, DeviceId id) {
    const DeviceLive* live = find_in_map(state.device_lives, id);
    return live != nullptr && live->failures > 0;
}

bool is_tried_by_queues(const State& state, DeviceId id) {
    const DeviceLive* live = find_in_map(state.device_lives, id);
    return is_reachable(state, id) && (live == nullptr || !live->retry_at);
}

bool answers_remotely(const State& state, DeviceId id) {
    const Device* device = find_device(state, id);
    if (device == nullptr || device->type == DeviceType::external) {
        return false;
    }
    if (device->remote_answer != RemoteAnswer::detect) {
        return device->remote_answer == RemoteAnswer::yes;
    }
    const DeviceLive* live = find_in_map(state.device_lives, id);
    return device->type == DeviceType::web || (live != nullptr && live->can_answer_remotely);
}

bool answers_for(const State& state, UserId user, DeviceId device) {
    const DeviceLive* live = find_in_map(state.device_lives, device);
    const bool of_another = live != nullptr && live->page_of && live->page_of != user;
    return !of_another && answers_remotely(state, device);
}

std::string device_name(const State& state, DeviceId id) {
    const Device* device = find_device(state, id);
    return device == nullptr ? std::string{} : device->name;
}

bool is_logged_in(const State& state, UserId user) {
    const Session* session = find_session(state, user);
    return session != nullptr && session->logged_in;
}

bool is_in_queue(const State& state, UserId user, QueueId queue) {
    const QueueIndex* index = find_in_map(state.index.queues, queue);
    return index != nullptr && index->members.contains(user);
}

bool is_on_call(const State& state, UserId user) {
    const UserWork& work = work_of(state, user);
    return std::any_of(work.legs.begin(), work.legs.end(), [&](LegId id) {
        const Leg* leg = find_leg(state, id);
        return leg != nullptr && (leg->state == LegState::answered || leg->incoming);
    });
}

namespace {

UserStateChanged of(UserId user, UserState state, QueueId queue = {}, PauseId pause = {}) {
    return {user, state, pause, queue};
}

// On an answered call of their own, held or not.
bool talks(const State& state, const UserWork& work, UserStateChanged& out) {
    bool found = false;
    for (const LegId id : work.legs) {
        const Leg* leg = find_leg(state, id);
        if (leg == nullptr || (leg->state != LegState::answered && !leg->incoming)) {
            continue;
        }
        const Activity* activity = find_activity(state, leg->activity);
        const Talk* talk = find_talk(state, leg->activity);
        const bool held = talk != nullptr && talk->held;
        if (!found || out.state == UserState::hold) {
            out.state = held ? UserState::hold : UserState::talking;
            out.queue = activity == nullptr ? QueueId{} : activity->queue;
        }
        found = true;
    }
    return found;
}

// The offer of a call that rings at them, or null.
const Offer* ringing_offer(const State& state, const UserWork& work) {
    for (const OfferId id : work.offers) {
        const Offer* offer = find_offer(state, id);
        if (offer != nullptr && offer->channel == Channel::call) {
            return offer;
        }
    }
    return nullptr;
}

QueueId ringing_queue(const State& state, const UserWork& work) {
    if (const Offer* offer = ringing_offer(state, work)) {
        return offer->queue;
    }
    const Leg* leg = work.legs.empty() ? nullptr : find_leg(state, *work.legs.begin());
    const Activity* activity = leg == nullptr ? nullptr : find_activity(state, leg->activity);
    return activity == nullptr ? QueueId{} : activity->queue;
}

}  // namespace

UserStateChanged derived_state(const State& state, UserId user) {
    const Session* session = find_session(state, user);
    if (session == nullptr || !session->logged_in) {
        return of(user, UserState::logged_out);
    }
    const UserWork& work = work_of(state, user);
    UserStateChanged out = of(user, UserState::idle);
    if (talks(state, work, out)) {
        return out;
    }
    if (ringing_offer(state, work) != nullptr || !work.legs.empty()) {
        return of(user, UserState::ringing, ringing_queue(state, work));
    }
    for (const ActivityId id : work.activities) {
        const Activity* activity = find_activity(state, id);
        if (activity != nullptr && !activity->postponed && activity->channel == Channel::call) {
            return of(user, UserState::working, activity->queue);
        }
    }
    if (session->pause) {
        const Pause* pause = find_pause(state, session->pause);
        const bool wrap = pause != nullptr && pause->type == PauseType::wrap;
        return of(user, wrap ? UserState::wrap : UserState::paused,
                  wrap ? session->pause_queue : QueueId{}, session->pause);
    }
    if (!session->ready) {
        return of(user, UserState::not_ready);
    }
    const char calls = work.verdicts[Channel::call];
    const bool no_device = calls == verdict::no_device || calls == verdict::unreachable;
    return of(user, no_device ? UserState::no_device : UserState::idle);
}

std::vector<InteractionId> waiting_of_queue(const State& state, QueueId queue) {
    std::vector<InteractionId> out;
    if (const QueueIndex* index = find_in_map(state.index.queues, queue)) {
        for (const WaitKey& key : index->waiting) {
            out.push_back(key.interaction);
        }
    }
    return out;
}

int position_of(const State& state, InteractionId id) {
    const Interaction* interaction = find_interaction(state, id);
    const QueueIndex* index =
        interaction == nullptr ? nullptr : find_in_map(state.index.queues, interaction->queue);
    if (index == nullptr) {
        return 0;
    }
    const auto found = index->waiting.find({interaction->started, id});
    return found == index->waiting.end()
               ? 0
               : static_cast<int>(std::distance(index->waiting.begin(), found)) + 1;
}

std::vector<OfferId> offers_of_user(const State& state, UserId user) {
    const UserWork& work = work_of(state, user);
    return {work.offers.begin(), work.offers.end()};
}

std::vector<ActivityId> activities_of_user(const State& state, UserId user) {
    const UserWork& work = work_of(state, user);
    return {work.activities.begin(), work.activities.end()};
}

std::vector<UserId> users_of_queue(const State& state, QueueId queue) {
    const QueueIndex* index = find_in_map(state.index.queues, queue);
    return index == nullptr ? std::vector<UserId>{}
                            : std::vector<UserId>(index->members.begin(), index->members.end());
}

std::vector<DeviceId> ringing_devices(const State& state, OfferId id) {
    const Offer* offer = find_offer(state, id);
    const Call* call = offer == nullptr ? nullptr : carrying_call(state, *offer);
    std::vector<DeviceId> out;
    if (call != nullptr) {
        for (const LegId leg_id : call->legs) {
            const Leg* leg = find_leg(state, leg_id);
            if (leg != nullptr && leg->offer == id && leg->device) {
                out.push_back(leg->device);
            }
        }
    }
    return out;
}

const Offer* offer_of_activity(const State& state, ActivityId activity) {
    if (!activity) {
        return nullptr;
    }
    // Few offers ring at once for one user, but many users: the offer's own number is not known
    // here, so this walks the offers that ring now.
    const auto found =
        std::find_if(state.offers.begin(), state.offers.end(),
                     [&](const auto& pair) { return pair.second.activity == activity; });
    return found == state.offers.end() ? nullptr : &found->second;
}

const Interaction* interaction_of_activity(const State& state, ActivityId id) {
    if (const Activity* activity = find_activity(state, id)) {
        return find_interaction(state, activity->interaction);
    }
    if (const InteractionId* waiting = find_in_map(state.index.waiting_as, id)) {
        return find_interaction(state, *waiting);
    }
    const Offer* offer = offer_of_activity(state, id);
    return offer == nullptr ? nullptr : find_interaction(state, offer->interaction);
}

const Call* call_of_activity(const State& state, ActivityId id) {
    if (const Activity* activity = find_activity(state, id)) {
        return carrying_call(state, *activity);
    }
    const Interaction* interaction = interaction_of_activity(state, id);
    return interaction == nullptr ? nullptr : carrying_call(state, *interaction);
}

Party party_of(const Call& call) {
    return {call.direction == CallDirection::out ? call.number : call.caller, call.caller_name};
}

const std::string& our_number(const Call& call) {
    return call.direction == CallDirection::out ? call.caller : call.number;
}

const Leg* other_side(const State& state, const Leg& leg) {
    const Call* call = find_call(state, leg.call);
    if (call == nullptr) {
        return nullptr;
    }
    if (call->customer == leg.id) {
        return find_leg(state, call->agent);
    }
    return call->agent == leg.id ? find_leg(state, call->customer) : nullptr;
}

const QueueRight* right_to(const User& user, QueueId queue) {
    for (const QueueRight& right : user.queues) {
        if (right.queue == queue) {
            return &right;
        }
    }
    return nullptr;
}

}  // namespace linka::core
