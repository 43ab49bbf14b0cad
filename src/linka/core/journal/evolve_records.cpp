// Folds of the record events.
#include "linka/core/journal/evolve.hpp"
#include "linka/core/view.hpp"

namespace linka::core {

namespace {

template <typename Map, typename T>
void put(Map& map, const T& record) {
    map[record.id] = record;
}

}  // namespace

void fold(State& s, Instant at, const UserSaved& e) {
    if (const User* old = find_in(s.users, e.user.id)) {
        unindex_user(s, *old);
    }
    put(s.users, e.user);
    s.last.user = std::max(s.last.user, e.user.id.value);
    index_user(s, e.user);
    refresh_user(s, e.user.id, at);
}

void fold(State& s, Instant /*at*/, const UserRemoved& e) {
    if (const User* old = find_in(s.users, e.id)) {
        unindex_user(s, *old);
        s.users.erase(e.id);
    }
    if (Session* session = find_in(s.sessions, e.id)) {
        *session = Session{};
        session->user = e.id;
        index_session(s, *session);
        s.sessions.erase(e.id);
    }
    s.index.users_touched.erase(e.id);
    forget_missed_of_nobody(s);
}

void fold(State& s, Instant at, const DeviceSaved& e) {
    if (const Device* old = find_in(s.devices, e.device.id)) {
        s.index.devices_by_name.erase(old->name);
    }
    put(s.devices, e.device);
    s.last.device = std::max(s.last.device, e.device.id.value);
    s.index.devices_by_name[e.device.name] = e.device.id;
    if (e.device.shared) {
        s.index.shared_devices.insert(e.device.id);
    } else {
        s.index.shared_devices.erase(e.device.id);
    }
    DeviceLive& live = s.device_lives[e.device.id];
    live.device = e.device.id;
    forget_failure(s, live);
    if (live.user) {
        refresh_user(s, live.user, at);
    }
}

void fold(State& s, Instant /*at*/, const DeviceRemoved& e) {
    if (const Device* old = find_in(s.devices, e.id)) {
        s.index.devices_by_name.erase(old->name);
    }
    s.index.shared_devices.erase(e.id);
    s.devices.erase(e.id);
    s.index.deadlines.set(DeadlineKind::device, e.id.value, {});
    s.device_lives.erase(e.id);
}

void fold(State& s, Instant at, const QueueSaved& e) {
    put(s.queues, e.queue);
    const QueueIndex& index = s.index.queues[e.queue.id];
    const Channel before = index.channel;
    index_queue(s, e.queue);
    if (index.channel != before) {
        for (const UserId member : std::set<UserId>(index.members)) {
            refresh_user(s, member, at);
        }
    }
    s.index.queues_touched.insert(e.queue.id);
    // Whether a ringing item may be offered to more users depends on the strategy.
    for (const WaitKey& key : std::set<WaitKey>(index.waiting)) {
        index_interaction(s, s.interactions.at(key.interaction));
    }
}

void fold(State& s, Instant /*at*/, const QueueRemoved& e) {
    s.queues.erase(e.id);
    forget_missed_of_nobody(s);
    s.index.queues_touched.erase(e.id);
}

void fold(State& s, Instant /*at*/, const PauseSaved& e) {
    if (const Pause* old = find_in(s.pauses, e.pause.id)) {
        s.index.pauses_by_name.erase(old->name);
    }
    put(s.pauses, e.pause);
    s.last.pause = std::max(s.last.pause, e.pause.id.value);
    s.index.pauses_by_name[e.pause.name] = e.pause.id;
}

void fold(State& s, Instant /*at*/, const PauseRemoved& e) {
    if (const Pause* old = find_in(s.pauses, e.id)) {
        s.index.pauses_by_name.erase(old->name);
    }
    s.pauses.erase(e.id);
}

void fold(State& s, Instant /*at*/, const RightToCallSaved& e) {
    put(s.rights_to_call, e.right_to_call);
    s.last.right_to_call = std::max(s.last.right_to_call, e.right_to_call.id.value);
}

void fold(State& s, Instant /*at*/, const RightToCallRemoved& e) {
    s.rights_to_call.erase(e.id);
}

void fold(State& s, Instant at, const ProfileSaved& e) {
    put(s.profiles, e.profile);
    s.last.profile = std::max(s.last.profile, e.profile.id.value);
    for (const auto& [id, user] : s.users) {
        if (user.profile == e.profile.id) {
            refresh_user(s, id, at);
        }
    }
}

void fold(State& s, Instant /*at*/, const ProfileRemoved& e) {
    s.profiles.erase(e.id);
}

void fold(State& s, Instant /*at*/, const TrunkSaved& e) {
    put(s.trunks, e.trunk);
    s.last.trunk = std::max(s.last.trunk, e.trunk.id.value);
}

void fold(State& s, Instant /*at*/, const TrunkRemoved& e) {
    s.trunks.erase(e.id);
}

void adopt_trunks(State& s) {
    if (!s.settings.trunks) {
        return;
    }
    std::map<TrunkId, Trunk> adopted;
    int position = 1;
    for (Trunk& old : *s.settings.trunks) {
        const Trunk* known = find_trunk(s, old.name);
        Trunk trunk = std::move(old);
        trunk.id = known != nullptr ? known->id : TrunkId{++s.last.trunk};
        // The one for calls out was named, and others were not called by.
        trunk.position = trunk.name == s.settings.trunk ? 0 : position++;
        adopted.emplace(trunk.id, std::move(trunk));
    }
    s.trunks = std::move(adopted);
    s.settings.trunks.reset();
    s.settings.trunk.clear();
}

void fold(State& s, Instant /*at*/, const PromptSaved& e) {
    put(s.prompts, e.prompt);
    s.last.prompt = std::max(s.last.prompt, e.prompt.id.value);
}

void fold(State& s, Instant /*at*/, const PromptRemoved& e) {
    s.prompts.erase(e.id);
}

void fold(State& s, Instant at, const SettingsSaved& e) {
    const bool other_matrix = !(s.settings.distribution == e.settings.distribution);
    s.settings = e.settings;
    adopt_trunks(s);
    for (const auto& [id, session] : s.sessions) {
        index_session(s, session);
    }
    if (other_matrix) {
        refresh_everybody(s, at);
    }
}

void fold(State& /*s*/, Instant /*at*/, const PastForgotten& /*e*/) {
}

}  // namespace linka::core
