#include "linka/app/demo/desk.hpp"

#include "linka/core/view.hpp"

#include <algorithm>

namespace linka::app {
namespace {

using namespace core;

constexpr std::string_view break_name = "prestavka";

Duration between(Duration low, Duration high, const Chance& chance) {
    return low + Duration{chance((high - low).count())};
}

std::vector<QueueId> inbound_queues(const State& state, const User& user) {
    std::vector<QueueId> queues;
    for (const QueueRight& right : user.queues) {
        const Queue* queue = find_queue(state, right.queue);
        if (queue != nullptr && queue->type == QueueType::in && !queue->deactivated &&
            !is_in_queue(state, user.id, right.queue)) {
            queues.push_back(right.queue);
        }
    }
    return queues;
}

const Activity* finished_form(const State& state, UserId user) {
    for (const ActivityId id : activities_of_user(state, user)) {
        const Activity* activity = find_activity(state, id);
        if (activity != nullptr && activity->finished) {
            return activity;
        }
    }
    return nullptr;
}

std::optional<Input> close_form(const DeskView& view, const Activity& form, DeskPlan& plan,
                                const Chance& chance) {
    if (!plan.close_at) {
        plan.close_at = view.now + between(2s, 8s, chance);
    }
    if (view.working && view.now < plan.close_at) {
        return std::nullopt;
    }
    plan.close_at = {};
    CloseActivity close{form.user, form.id, {}, {}};
    if (!view.statuses.empty()) {
        const auto which = chance(static_cast<std::int64_t>(view.statuses.size()));
        close.statuses = {view.statuses[static_cast<std::size_t>(which)]};
    }
    return close;
}

std::optional<Input> sign_in(const DeskView& view, const User& user) {
    const Session* session = find_session(view.state, user.id);
    if (session == nullptr || !session->logged_in) {
        return LogIn{user.id};
    }
    if (session->absent_since) {
        return UserPresenceReport{user.id, true};
    }
    const Device* device = device_by_name(view.state, view.colleague.device);
    if (device == nullptr || device->deactivated) {
        return std::nullopt;
    }
    if (std::find(session->devices.begin(), session->devices.end(), device->id) ==
        session->devices.end()) {
        return ChangeDevices{user.id, {device->name}, {}};
    }
    if (auto queues = inbound_queues(view.state, user); !queues.empty()) {
        return ChangeQueues{user.id, std::move(queues), {}};
    }
    // Nobody says "ready" before the telephone works.
    if (!session->ready && is_reachable(view.state, device->id)) {
        return BecomeReady{user.id};
    }
    return std::nullopt;
}

std::optional<Input> take_breaks(const DeskView& view, const Session& session, DeskPlan& plan,
                                 const Chance& chance) {
    const Pause* pause = find_pause(view.state, session.pause);
    if (pause != nullptr && pause->type == PauseType::custom) {
        if (!plan.back_at) {
            plan.back_at = view.now + between(45s, 150s, chance);
        }
        if (view.now < plan.back_at) {
            return std::nullopt;
        }
        plan.back_at = {};
        plan.break_at = view.now + between(4min, 12min, chance);
        return SetPause{session.user, {}};
    }
    // Missed one: the system has put them on its own pause, and they notice soon.
    if (pause != nullptr && pause->type == PauseType::lajdak) {
        return SetPause{session.user, {}};
    }
    if (!plan.break_at) {
        plan.break_at = view.now + between(2min, 10min, chance);
    }
    const Pause* wanted = pause_by_name(view.state, break_name);
    if (view.now < plan.break_at || pause != nullptr || !session.ready || wanted == nullptr ||
        wanted->deactivated) {
        return std::nullopt;
    }
    plan.back_at = {};
    plan.break_at = {};
    return SetPause{session.user, std::string(break_name)};
}

}  // namespace

std::optional<Input> next_deed(const DeskView& view, DeskPlan& plan, const Chance& chance) {
    const User* user = user_by_name(view.state, view.colleague.user);
    if (user == nullptr || user->deactivated || user->type != UserType::CC) {
        return std::nullopt;
    }
    const Session* session = find_session(view.state, user->id);
    if (!view.working && (session == nullptr || !session->logged_in)) {
        return std::nullopt;
    }
    if (const Activity* form = finished_form(view.state, user->id)) {
        return close_form(view, *form, plan, chance);
    }
    if (!view.working) {
        const bool busy = is_on_call(view.state, user->id);
        return busy ? std::nullopt : std::optional<Input>(LogOut{user->id});
    }
    if (auto deed = sign_in(view, *user)) {
        return deed;
    }
    return take_breaks(view, *session, plan, chance);
}

bool is_at_home(const State& state, const Colleague& colleague) {
    const User* user = user_by_name(state, colleague.user);
    return user == nullptr || !is_logged_in(state, user->id);
}

}  // namespace linka::app
