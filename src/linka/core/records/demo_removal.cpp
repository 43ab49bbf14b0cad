// Marking the demo and taking it away. Everything that goes is told by ordinary events first (calls
// end, people log out, records are removed), so that whoever follows the journal needs to know
// DemoRemoved only for what it does to the past.
#include "linka/core/flow/follow.hpp"
#include "linka/core/people/pauses.hpp"
#include "linka/core/people/sessions.hpp"
#include "linka/core/records/demo_references.hpp"
#include "linka/core/records/demo_turn.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/recording.hpp"
#include "linka/core/work/conversations.hpp"

#include <iterator>

namespace linka::core {

namespace {

template <typename Map, typename Id>
std::vector<Id> those_of(const Map& map, std::vector<Id> ids) {
    std::erase_if(ids, [&](Id id) { return !map.contains(id); });
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

template <typename T>
std::vector<T> joined(const std::vector<T>& known, const std::vector<T>& more) {
    std::vector<T> all;
    std::set_union(known.begin(), known.end(), more.begin(), more.end(), std::back_inserter(all));
    return all;
}

// Both as existing() gives them. Known ones stay even if the record is gone.
DemoRecords joined(const DemoRecords& known, const DemoRecords& more) {
    return {joined(known.users, more.users),
            joined(known.devices, more.devices),
            joined(known.queues, more.queues),
            joined(known.pauses, more.pauses),
            joined(known.routes, more.routes),
            joined(known.menus, more.menus),
            joined(known.ring_groups, more.ring_groups),
            joined(known.trunks, more.trunks)};
}

DemoRecords existing(const State& s, DemoRecords records) {
    std::erase_if(records.pauses, [&](PauseId id) {
        const Pause* pause = find_pause(s, id);
        return pause == nullptr || pause->type != PauseType::custom;
    });
    std::erase_if(records.trunks, [&](const std::string& name) {
        return std::none_of(s.settings.trunks.begin(), s.settings.trunks.end(),
                            [&](const Trunk& trunk) { return trunk.name == name; });
    });
    std::sort(records.trunks.begin(), records.trunks.end());
    records.trunks.erase(std::unique(records.trunks.begin(), records.trunks.end()),
                         records.trunks.end());
    return {those_of(s.users, records.users),
            those_of(s.devices, records.devices),
            those_of(s.queues, records.queues),
            those_of(s.pauses, records.pauses),
            those_of(s.routes, records.routes),
            those_of(s.menus, records.menus),
            those_of(s.ring_groups, records.ring_groups),
            records.trunks};
}

class Removal {
  public:
    Removal(Turn& turn, const RemoveDemo& input)
        : t(turn),
          keep_(input.keep),
          simulated_(input.simulated),
          demo_(turn.s.demo.records),
          references_(turn.s, input.keep) {}

    void run() {
        // References first: whoever is sent on meanwhile is not sent into the demo.
        cut_references();
        end_conversations();
        end_calls();
        log_out_all();
        follow_up(t);
        end_calls();
        close_work();
        remove_records();
        t.emit(DemoRemoved{demo_, keep_});
    }

  private:
    Turn& t;
    const UserId keep_;
    const std::vector<std::string>& simulated_;
    const DemoRecords demo_;
    const DemoReferences references_;

    // Saves those of `map` that stay and change.
    template <typename Saved, typename Id, typename T>
    void save_changed(const std::map<Id, T>& map, const std::vector<Id>& demo, Id keep = {}) {
        std::vector<T> changed;
        for (const auto& [id, record] : map) {
            if (!is_among(demo, id) || (keep && id == keep)) {
                T without = references_.without(record);
                if (!(without == record)) {
                    changed.push_back(std::move(without));
                }
            }
        }
        for (T& record : changed) {
            t.emit(Saved{std::move(record)});
        }
    }

    void cut_references() {
        save_changed<QueueSaved>(t.s.queues, demo_.queues);
        save_changed<RouteSaved>(t.s.routes, demo_.routes);
        save_changed<MenuSaved>(t.s.menus, demo_.menus);
        save_changed<RingGroupSaved>(t.s.ring_groups, demo_.ring_groups);
    }

    void end_calls() {
        std::vector<CallId> ending;
        for (const auto& [id, call] : t.s.calls) {
            if (needs_demo(t.s, call) || is_simulated(t.s, call, simulated_)) {
                ending.push_back(id);
            }
        }
        for (const CallId call : ending) {
            end_call(t, call);
        }
    }

    // Of what waits in its queues, and of what somebody of it has in hand.
    void end_conversations() {
        std::vector<InteractionId> ending;
        for (const auto& [conversation, id] : t.s.index.conversations) {
            const Interaction* interaction = find_interaction(t.s, id);
            if (interaction != nullptr && (is_among(demo_.queues, interaction->queue) ||
                                           is_among(demo_.users, interaction->user))) {
                ending.push_back(id);
            }
        }
        for (const InteractionId id : ending) {
            end_conversation(t, id, EndedBy::system, Outcome::cancelled);
        }
    }

    void log_out_all() {
        for (const UserId user : demo_.users) {
            log_out(t, user);
        }
        const std::map<UserId, Session> sessions = t.s.sessions;
        for (const auto& [user, session] : sessions) {
            if (!session.logged_in || is_among(demo_.users, user)) {
                continue;
            }
            for (const JoinedQueue& joined : session.queues) {
                if (is_among(demo_.queues, joined.queue)) {
                    t.emit(QueueLeft{user, joined.queue});
                }
            }
            for (const DeviceId device : session.devices) {
                if (is_among(demo_.devices, device)) {
                    t.emit(DeviceLeft{user, device});
                }
            }
            if (is_among(demo_.pauses, session.pause)) {
                end_pause(t, user);
            }
        }
    }

    // Forms that nobody has saved, work that was put off.
    void close_work() {
        std::vector<ActivityId> open;
        for (const auto& [id, activity] : t.s.activities) {
            if (is_work_of_demo(t.s, activity)) {
                open.push_back(id);
            }
        }
        for (const ActivityId id : open) {
            t.emit(ActivityClosed{id, {}, {}});
        }
    }

    template <typename Removed, typename Id, typename T>
    void remove(const std::map<Id, T>& map, const std::vector<Id>& demo, Id keep = {}) {
        for (const Id id : demo) {
            if (map.contains(id) && !(keep && id == keep)) {
                t.emit(Removed{id});
            }
        }
    }

    void remove_records() {
        remove<RouteRemoved>(t.s.routes, demo_.routes);
        remove<MenuRemoved>(t.s.menus, demo_.menus);
        remove<RingGroupRemoved>(t.s.ring_groups, demo_.ring_groups);
        save_changed<UserSaved>(t.s.users, demo_.users, keep_);
        remove<UserRemoved>(t.s.users, demo_.users, keep_);
        remove<DeviceRemoved>(t.s.devices, demo_.devices);
        remove<QueueRemoved>(t.s.queues, demo_.queues);
        remove<PauseRemoved>(t.s.pauses, demo_.pauses);
        Settings settings = references_.without(t.s.settings);
        if (!(settings == t.s.settings)) {
            t.emit(SettingsSaved{std::move(settings)});
        }
    }
};

}  // namespace

void apply(Turn& t, const MarkDemo& input) {
    if (t.s.demo.removed) {
        t.invalid("records", "the demo was removed");
        return;
    }
    t.emit(DemoMarked{joined(t.s.demo.records, existing(t.s, input.records))});
}

void apply(Turn& t, const RemoveDemo& input) {
    const User* user = find_user(t.s, input.keep);
    if (!t.s.demo.there || user == nullptr || user->access != Access::admin) {
        t.not_found();
        return;
    }
    if (!input.end_calls && !calls_of_demo(t.s, input.simulated).empty()) {
        t.refuse(BlockerCode::busy);
        return;
    }
    Removal(t, input).run();
}

}  // namespace linka::core
