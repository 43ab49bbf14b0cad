#include "linka/api/live/names.hpp"
#include "linka/api/live/row_types.hpp"
#include "linka/api/live/rows.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "linka/core/core.hpp"
#include "linka/core/people/start.hpp"
#include "linka/core/view.hpp"

#include <algorithm>
#include <set>

namespace linka::api {

namespace {

MyDevice my_device(const core::State& state, const core::User& user, core::DeviceId id) {
    MyDevice out;
    const core::Device* device = core::find_device(state, id);
    if (device == nullptr) {
        return out;
    }
    out.name = device->name;
    out.title = device->title;
    out.type = name_of(device->type);
    out.reachable = core::is_reachable(state, id);
    out.answers_remotely = core::answers_remotely(state, id);
    out.own = std::any_of(user.devices.begin(), user.devices.end(),
                          [&](const core::DeviceRight& right) { return right.device == id; });
    const core::User* owner = core::user_of_device(state, id);
    out.logged_in = owner != nullptr && owner->id == user.id;
    if (owner != nullptr && owner->id != user.id && owner->type == core::UserType::CC) {
        out.taken_by = owner->name;
        out.taken_by_title = owner->title;
    }
    return out;
}

void add_devices(const core::State& state, const core::User& user, Me& me) {
    std::set<core::DeviceId> ids;
    for (const core::DeviceRight& right : user.devices) {
        ids.insert(right.device);
    }
    if (const core::Session* session = core::find_session(state, user.id)) {
        ids.insert(session->devices.begin(), session->devices.end());
    }
    const auto borrowed = core::devices_to_borrow(state, user);
    ids.insert(borrowed.begin(), borrowed.end());
    for (const core::DeviceId id : ids) {
        MyDevice device = my_device(state, user, id);
        if (!device.name.empty()) {
            (device.logged_in ? me.devices : me.devices_available).push_back(std::move(device));
        }
    }
}

void add_queues(const core::State& state, const core::User& user, Me& me) {
    for (const core::QueueRight& right : user.queues) {
        const core::Queue* queue = core::find_queue(state, right.queue);
        if (queue == nullptr || queue->deactivated || !core::is_served(queue->type)) {
            continue;
        }
        MyQueue out{queue->id.value,
                    queue->title,
                    std::string(name_of(queue->type)),
                    core::is_in_queue(state, user.id, queue->id),
                    std::string(name_of(right.login)),
                    right.penalty,
                    static_cast<int>(core::waiting_of_queue(state, queue->id).size())};
        (out.logged_in ? me.queues : me.queues_available).push_back(std::move(out));
    }
}

void add_start(const core::State& state, const core::User& user, Language language, Me& me) {
    core::StartPlan plan = core::plan_start(state, user, {});
    for (const core::QueueId queue : plan.queues) {
        me.start.queues.push_back(queue.value);
    }
    me.start.devices = std::move(plan.devices);
    me.start.left_out = std::move(plan.left_out);
    me.start.blockers = describe(plan.blockers, language);
}

bool is_offered(core::Action action) {
    switch (action) {
        case core::Action::send_email:
            return core::is_served(core::QueueType::email);
        case core::Action::take_chat:
            return core::is_served(core::QueueType::chat);
        default:
            return true;
    }
}

std::vector<json::Raw> my_activities(const core::State& state, core::UserId user) {
    std::vector<core::ActivityId> ids = core::activities_of_user(state, user);
    for (const core::OfferId id : core::offers_of_user(state, user)) {
        ids.push_back(core::find_offer(state, id)->activity);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<json::Raw> rows;
    for (const core::ActivityId id : ids) {
        rows.push_back({activity_row(state, id)});
    }
    return rows;
}

}  // namespace

std::string me_text(const core::State& state, const core::User& user, Language language) {
    Me me;
    me.user = {user.name,
               user.title,
               user.alias,
               user.extension,
               std::string(name_of(user.type)),
               std::string(name_of(user.access))};
    const core::Session* session = core::find_session(state, user.id);
    me.state = name_of(session == nullptr ? core::UserState::logged_out : session->state);
    if (session != nullptr) {
        me.since = iso_json(session->state_since);
        me.logged_in = session->logged_in;
        me.ready = session->ready;
        if (const core::Pause* pause = core::find_pause(state, session->pause)) {
            me.pause = PauseNow{pause->name, pause->title, std::string(name_of(pause->type)),
                                iso_json(session->pause_since), iso_json(session->pause_until)};
        }
    }
    add_devices(state, user, me);
    add_queues(state, user, me);
    add_start(state, user, language, me);
    me.forwarding_number = user.forwarding_number;
    for (const auto& [id, pause] : state.pauses) {
        if (pause.type == core::PauseType::custom && !pause.deactivated) {
            me.pauses.push_back({pause.name, pause.title, pause.paid});
        }
    }
    me.activities = my_activities(state, user.id);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<core::Action>>([&](auto action) {
        const auto blockers = core::can(state, user.id, action.value);
        me.can[action.name] =
            May{blockers.empty(), describe(blockers, language), is_offered(action.value)};
    });
    return json::to_text(me);
}

}  // namespace linka::api
