#include "linka/api/live/push_rows.hpp"

#include "linka/api/live/names.hpp"
#include "linka/api/live/rows.hpp"
#include "linka/core/view.hpp"

namespace linka::api {

namespace {

std::string message_head(std::string_view type) {
    std::string text = R"({"type":")";
    text += type;
    text += R"(",")";
    text += type;
    text += R"(":)";
    return text;
}

PushText message(std::string_view type, const std::string& row) {
    return std::make_shared<const std::string>(message_head(type) + row + '}');
}

// The row in message(type, row).
std::string_view row_in(std::string_view type, std::string_view text) {
    const std::size_t head = message_head(type).size();
    return text.substr(head, text.size() - head - 1);
}

void append(std::string& list, std::string_view row) {
    if (!list.empty()) {
        list += ',';
    }
    list += row;
}

// Calls `visit` with every id among the members of an event.
template <typename Event, typename Visit>
void each_id(const Event& event, Visit&& visit) {
    using Members = boost::describe::describe_members<Event, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        const auto& value = event.*member.pointer;
        if constexpr (json::detail::is_id<std::decay_t<decltype(value)>>) {
            visit(value);
        }
    });
}

// Whom a record is about: a user, or all who have the profile.
void touch_people(const core::State& state, const core::Event& event,
                  std::set<core::UserId>& users) {
    if (const auto* saved = std::get_if<core::UserSaved>(&event)) {
        users.insert(saved->user.id);
    }
    if (const auto* saved = std::get_if<core::ProfileSaved>(&event)) {
        for (const auto& [id, user] : state.users) {
            if (user.profile == saved->profile.id) {
                users.insert(id);
            }
        }
    }
}

}  // namespace

void PushRows::touch_call(const core::State& state, core::CallId id, Touched& touched) {
    const core::Call* call = core::find_call(state, id);
    if (call == nullptr) {
        return;
    }
    if (call->interaction) {
        touched.interactions.insert(call->interaction);
    }
    for (const core::ActivityId activity : call->activities) {
        if (const core::Activity* open = core::find_activity(state, activity)) {
            touched.interactions.insert(open->interaction);
            touched.users.insert(open->user);
        }
    }
}

PushRows::Touched PushRows::touched_by(const core::State& state,
                                       const std::vector<core::Record>& records) {
    Touched touched;
    for (const core::Record& record : records) {
        if (const auto* started = std::get_if<core::OfferStarted>(&record.event)) {
            by_offer_[started->offer] = started->interaction;
        }
        if (const auto* passed = std::get_if<core::DeadlinePassed>(&record.event);
            passed && passed->kind == core::DeadlineKind::device) {
            // Its telephone may be rung again.
            if (const core::User* user = core::user_of_device(state, core::DeviceId{passed->id})) {
                touched.users.insert(user->id);
            }
        }
        touch_people(state, record.event, touched.users);
        if (const auto* saved = std::get_if<core::QueueSaved>(&record.event)) {
            touched.queues.insert(saved->queue.id);
        }
        std::visit(
            [&](const auto& event) {
                each_id(event, [&](auto id) {
                    using Kind = decltype(id);
                    if constexpr (std::is_same_v<Kind, core::UserId>) {
                        touched.users.insert(id);
                    } else if constexpr (std::is_same_v<Kind, core::QueueId>) {
                        touched.queues.insert(id);
                    } else if constexpr (std::is_same_v<Kind, core::InteractionId>) {
                        touched.interactions.insert(id);
                    } else if constexpr (std::is_same_v<Kind, core::CallId>) {
                        touch_call(state, id, touched);
                    } else if constexpr (std::is_same_v<Kind, core::ActivityId>) {
                        const auto known = by_activity_.find(id);
                        if (known != by_activity_.end()) {
                            touched.interactions.insert(known->second);
                        }
                    } else if constexpr (std::is_same_v<Kind, core::OfferId>) {
                        const auto known = by_offer_.find(id);
                        if (known != by_offer_.end()) {
                            touched.interactions.insert(known->second);
                        }
                    } else if constexpr (std::is_same_v<Kind, core::LegId>) {
                        const core::Leg* leg = core::find_leg(state, id);
                        if (leg != nullptr) {
                            touch_call(state, leg->call, touched);
                            touched.users.insert(leg->user);
                        }
                    } else if constexpr (std::is_same_v<Kind, core::DeviceId>) {
                        if (const core::User* user = core::user_of_device(state, id)) {
                            touched.users.insert(user->id);
                        }
                    }
                });
                if constexpr (std::is_same_v<std::decay_t<decltype(event)>, core::OfferEnded>) {
                    by_offer_.erase(event.offer);
                }
            },
            record.event);
    }
    touched.users.erase(core::UserId());
    touched.queues.erase(core::QueueId());
    touched.interactions.erase(core::InteractionId());
    return touched;
}

void PushRows::update_user(const core::State& state, core::UserId id, PushBatch& batch) {
    batch.users.insert(id);
    const core::User* user = core::find_user(state, id);
    if (user == nullptr) {
        users_.erase(id);
        return;
    }
    std::string row = user_row(state, *user, Sight::full);
    KnownUser& known = users_[id];
    if (row != known.full) {
        known.full = std::move(row);
        known.presence = user_row(state, *user, Sight::presence);
        PushMessage out;
        out.about = PushMessage::About::user;
        out.full = message("user", known.full);
        out.presence = message("user", known.presence);
        out.user = *user;
        batch.messages.push_back(std::move(out));
    }
}

void PushRows::update_queue(const core::State& state, core::QueueId id, PushBatch& batch) {
    const core::Queue* queue = core::find_queue(state, id);
    if (queue == nullptr) {
        queues_.erase(id);
        return;
    }
    std::string row = queue_row(state, *queue);
    std::string& known = queues_[id];
    if (row != known) {
        PushMessage out;
        out.about = PushMessage::About::queue;
        out.full = message("queue", row);
        out.queue = id;
        batch.messages.push_back(std::move(out));
        known = std::move(row);
    }
}

void PushRows::drop(const core::State& state, core::ActivityId id, PushBatch& batch) {
    const auto known = activities_.find(id);
    if (known == activities_.end()) {
        return;
    }
    PushMessage out;
    out.about = PushMessage::About::activity;
    out.full = std::make_shared<const std::string>(R"({"type":"activity_gone","name":")" +
                                                   activity_name(id) + R"("})");
    out.queue = known->second.queue;
    out.taken = known->second.taken;
    if (const core::User* owner = core::find_user(state, known->second.owner)) {
        out.user = *owner;
        batch.users.insert(owner->id);
    }
    batch.messages.push_back(std::move(out));
    activities_.erase(known);
    by_activity_.erase(id);
}

void PushRows::update_positions(const core::State& state, core::QueueId id, PushBatch& batch) {
    std::vector<core::InteractionId> line = core::waiting_of_queue(state, id);
    line.resize(std::min(line.size(), positions_told_max));
    std::vector<core::InteractionId>& known = lines_[id];
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (i >= known.size() || known[i] != line[i]) {
            update_interaction(state, line[i], batch);
        }
    }
    known = std::move(line);
}

void PushRows::update_interaction(const core::State& state, core::InteractionId id,
                                  PushBatch& batch) {
    std::set<core::ActivityId> now;
    const core::Interaction* interaction = core::find_interaction(state, id);
    if (interaction != nullptr) {
        for (const core::ActivityId activity : activities_of(state, *interaction)) {
            std::string row = activity_row(state, activity);
            if (row.empty()) {
                continue;
            }
            now.insert(activity);
            by_activity_[activity] = id;
            Known& known = activities_[activity];
            const PushText text = message("activity", row);
            const core::UserId owner_id = owner_of(state, activity);
            if (known.text && *known.text == *text) {
                continue;
            }
            known = {text, owner_id, interaction->queue,
                     core::find_activity(state, activity) != nullptr};
            PushMessage out;
            out.about = PushMessage::About::activity;
            out.full = text;
            out.queue = known.queue;
            out.taken = known.taken;
            if (const core::User* owner = core::find_user(state, owner_id)) {
                out.user = *owner;
                batch.users.insert(owner->id);
            }
            batch.messages.push_back(std::move(out));
        }
    }
    for (const core::ActivityId before : of_interaction_[id]) {
        if (!now.contains(before)) {
            drop(state, before, batch);
        }
    }
    if (now.empty()) {
        of_interaction_.erase(id);
    } else {
        of_interaction_[id] = std::move(now);
    }
}

void PushRows::load(const core::State& state) {
    *this = PushRows();
    for (const auto& [id, offer] : state.offers) {
        by_offer_[id] = offer.interaction;
    }
    static_cast<void>(refresh(state));
}

PushBatch PushRows::refresh(const core::State& state) {
    PushBatch batch;
    for (const auto& [id, missed] : state.missed) {
        update_missed(state, id, batch);
    }
    for (const auto& [id, user] : state.users) {
        update_user(state, id, batch);
    }
    for (const auto& [id, queue] : state.queues) {
        update_queue(state, id, batch);
    }
    for (const auto& [id, interaction] : state.interactions) {
        update_interaction(state, id, batch);
    }
    batch.users.clear();  // `me` is made anew for those only whom an event is about
    return batch;
}

std::string PushRows::realtime(const core::State& state, const Viewer& viewer) const {
    std::string users;
    std::string queues;
    std::string activities;
    for (const auto& [id, row] : users_) {
        const core::User* user = core::find_user(state, id);
        const Sight sight = user == nullptr ? Sight::none : viewer.sight_of(*user);
        if (sight != Sight::none && !user->deactivated) {
            append(users, sight == Sight::full ? row.full : row.presence);
        }
    }
    for (const auto& [id, row] : queues_) {
        if (viewer.sees(id)) {
            append(queues, row);
        }
    }
    for (const auto& [id, interaction] : state.interactions) {
        for (const core::ActivityId activity : activities_of(state, interaction)) {
            const auto known = activities_.find(activity);
            if (known != activities_.end() && may_see_activity(state, viewer, activity)) {
                append(activities, row_in("activity", *known->second.text));
            }
        }
    }
    return R"({"users":[)" + users + R"(],"queues":[)" + queues + R"(],"activities":[)" +
           activities + R"(],"at":)" + iso_json(state.at).text + "}";
}

PushBatch PushRows::follow(const core::State& state, const std::vector<core::Record>& records) {
    PushBatch batch;
    follow_missed(state, records, batch);
    Touched touched = touched_by(state, records);
    for (const core::InteractionId id : touched.interactions) {
        if (const core::Interaction* interaction = core::find_interaction(state, id)) {
            touched.queues.insert(interaction->queue);
            touched.users.insert(interaction->user);
        }
        update_interaction(state, id, batch);
    }
    for (const core::UserId id : touched.users) {
        // A user's state is a figure of the queues that they are in.
        if (const core::Session* session = core::find_session(state, id)) {
            for (const core::JoinedQueue& joined : session->queues) {
                touched.queues.insert(joined.queue);
            }
        }
        if (id) {
            update_user(state, id, batch);
        }
    }
    for (const core::QueueId id : touched.queues) {
        if (id) {
            update_positions(state, id, batch);
            update_queue(state, id, batch);
        }
    }
    return batch;
}

}  // namespace linka::api
