// Removing records together. Everything is told by ordinary events (references are cut, calls end,
// people log out, records are removed), so that whoever follows the journal needs PastForgotten
// only for what it does to the past.
#include "linka/core/records/remove.hpp"

#include "linka/core/flow/follow.hpp"
#include "linka/core/people/pauses.hpp"
#include "linka/core/people/sessions.hpp"
#include "linka/core/records/check.hpp"
#include "linka/core/records/going.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/work/conversations.hpp"

namespace linka::core {

namespace {

class Removal {
  public:
    Removal(Turn& turn, const Going& going)
        : t(turn), going_(going), records_(going.records()), references_(going.references()) {}

    void run() {
        // References first: whoever is sent on meanwhile is not sent to what goes.
        cut_references();
        end_conversations();
        end_calls();
        log_out_all();
        follow_up(t);
        end_calls();
        close_work();
        remove_records();
        if (!(going_.past() == Past{})) {
            t.emit(PastForgotten{going_.past()});
        }
    }

  private:
    Turn& t;
    const Going& going_;
    const RecordIds& records_;
    const References& references_;

    // Saves those of `map` that stay and change.
    template <typename Saved, typename Id, typename T>
    void save_changed(const std::map<Id, T>& map, const std::vector<Id>& going) {
        std::vector<T> changed;
        for (const auto& [id, record] : map) {
            if (!is_among(going, id)) {
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

    // What is being edited in the sandbox beside how calls go.
    template <typename Id, typename T>
    void cut_drafts(const std::map<Id, T>& map, const std::vector<Id>& going) {
        std::vector<T> changed;
        for (const auto& [id, record] : map) {
            T without = references_.without(record);
            if (!is_among(going, id) && !(without == record)) {
                changed.push_back(std::move(without));
            }
        }
        for (T& record : changed) {
            t.emit(DraftSaved{std::move(record)});
        }
    }

    void cut_references() {
        save_changed<QueueSaved>(t.s.queues, records_.queues);
        save_changed<RouteSaved>(t.s.routing.routes, records_.routes);
        save_changed<MenuSaved>(t.s.routing.menus, records_.menus);
        save_changed<RingGroupSaved>(t.s.routing.ring_groups, records_.ring_groups);
        save_changed<ProfileSaved>(t.s.profiles, {});
        cut_drafts(t.s.draft.routes, records_.routes);
        cut_drafts(t.s.draft.menus, records_.menus);
        cut_drafts(t.s.draft.ring_groups, records_.ring_groups);
    }

    void end_calls() {
        for (const CallId call : going_.calls()) {
            end_call(t, call);
        }
    }

    // Of what waits in its queues, and of what somebody of it has in hand.
    void end_conversations() {
        std::vector<InteractionId> ending;
        for (const auto& [conversation, id] : t.s.index.conversations) {
            const Interaction* interaction = find_interaction(t.s, id);
            if (interaction != nullptr && going_.has(*interaction)) {
                ending.push_back(id);
            }
        }
        for (const InteractionId id : ending) {
            end_conversation(t, id, EndedBy::system, Outcome::cancelled);
        }
    }

    void log_out_all() {
        for (const UserId user : going_.users()) {
            log_out(t, user);
        }
        const std::map<UserId, Session> sessions = t.s.sessions;
        for (const auto& [user, session] : sessions) {
            if (session.logged_in && !is_among(going_.users(), user)) {
                leave_what_goes(user, session);
            }
        }
    }

    void leave_what_goes(UserId user, const Session& session) {
        for (const JoinedQueue& joined : session.queues) {
            if (is_among(records_.queues, joined.queue)) {
                t.emit(QueueLeft{user, joined.queue});
            }
        }
        for (const DeviceId device : session.devices) {
            if (is_among(records_.devices, device)) {
                t.emit(DeviceLeft{user, device});
            }
        }
        if (is_among(records_.pauses, session.pause)) {
            end_pause(t, user);
        }
    }

    // Forms that nobody has saved, work that was put off.
    void close_work() {
        std::vector<ActivityId> open;
        for (const auto& [id, activity] : t.s.activities) {
            if (going_.has(activity)) {
                open.push_back(id);
            }
        }
        for (const ActivityId id : open) {
            t.emit(ActivityClosed{id, {}, {}});
        }
    }

    template <typename Removed, typename Id>
    void remove(const std::vector<Id>& ids) {
        for (const Id id : ids) {
            t.emit(Removed{id});
        }
    }

    template <typename Map, typename Id>
    static std::vector<Id> left_of(const Map& map, std::vector<Id> ids) {
        std::erase_if(ids, [&](Id id) { return !map.contains(id); });
        return ids;
    }

    // Those that were edited; and nothing of what goes comes back by undoing.
    void remove_drafts() {
        const RecordIds left{.routes = left_of(t.s.draft.routes, records_.routes),
                             .menus = left_of(t.s.draft.menus, records_.menus),
                             .ring_groups = left_of(t.s.draft.ring_groups, records_.ring_groups),
                             .time_groups = left_of(t.s.draft.time_groups, records_.time_groups)};
        if (!(left == RecordIds{})) {
            t.emit(DraftRemoved{left});
        }
        if (t.s.replaced && !(*t.s.replaced == t.s.routing)) {
            t.emit(RoutingReplaced{});
        }
    }

    void remove_records() {
        remove<RouteRemoved>(records_.routes);
        remove<MenuRemoved>(records_.menus);
        remove<RingGroupRemoved>(records_.ring_groups);
        remove<TimeGroupRemoved>(records_.time_groups);
        remove_drafts();
        save_changed<UserSaved>(t.s.users, records_.users);
        remove<UserRemoved>(records_.users);
        remove<DeviceRemoved>(records_.devices);
        remove<QueueRemoved>(records_.queues);
        remove<PauseRemoved>(records_.pauses);
        remove<PromptRemoved>(records_.prompts);
        for (const std::string& name : records_.trunks) {
            if (const Trunk* trunk = find_trunk(t.s, name)) {
                t.emit(TrunkRemoved{trunk->id});
            }
        }
    }
};

}  // namespace

void apply(Turn& t, const RemoveRecords& input) {
    const Going going(t.s, input);
    if (going.takes_last_admin()) {
        t.invalid("access", last_admin_text);
    } else if (!input.end_calls && !going.calls_in_the_way().empty()) {
        t.refuse(BlockerCode::busy);
    } else {
        Removal(t, going).run();
    }
}

}  // namespace linka::core
