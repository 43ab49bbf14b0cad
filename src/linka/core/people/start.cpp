// The beginning of a shift in one step.
#include "linka/core/people/start.hpp"

#include "linka/core/acd/queue_types.hpp"
#include "linka/core/people/device_login.hpp"
#include "linka/core/people/sessions.hpp"
#include "linka/core/turn.hpp"

namespace linka::core {

namespace {

bool contains(const std::vector<QueueId>& list, QueueId queue) {
    return std::find(list.begin(), list.end(), queue) != list.end();
}

bool may_join(const State& s, const User& user, QueueId id) {
    const Queue* queue = find_queue(s, id);
    return queue != nullptr && !queue->deactivated && is_worked(queue->type) &&
           right_to(user, id) != nullptr;
}

void plan_wished_devices(const State& s, const User& user, const StartWish& wish, StartPlan& plan) {
    for (const std::string& name : *wish.devices) {
        const Device* device = device_by_name(s, name);
        if (device == nullptr) {
            plan.blockers.push_back({BlockerCode::no_right, {name}});
        } else {
            plan.devices.push_back(name);
            if (auto blocker = device_blocker(s, user, *device, wish.take)) {
                plan.blockers.push_back(std::move(*blocker));
            }
        }
    }
}

// The web phone, which is there wherever the person sits, else the first telephone.
DeviceId first_device(const State& s, const User& user) {
    DeviceId first;
    for (const DeviceRight& right : user.devices) {
        const Device* device = find_device(s, right.device);
        if (device == nullptr || device->deactivated) {
            continue;
        }
        if (device->type == DeviceType::web) {
            return device->id;
        }
        first = first || device->type == DeviceType::external ? first : device->id;
    }
    return first;
}

void plan_devices(const State& s, const User& user, const StartWish& wish, StartPlan& plan) {
    const Session* session = find_session(s, user.id);
    std::vector<DeviceId> ids = session == nullptr ? std::vector<DeviceId>{} : session->devices;
    if (ids.empty() && session != nullptr) {
        ids = session->last_devices;
    }
    if (ids.empty()) {
        const DeviceId first = first_device(s, user);
        ids = first ? std::vector<DeviceId>{first} : std::vector<DeviceId>{};
    }
    for (const DeviceId id : ids) {
        const Device* device = find_device(s, id);
        if (device == nullptr) {
            continue;  // removed since; it has no name any more
        }
        const auto blocker = device_blocker(s, user, *device, wish.take);
        if (blocker && blocker->code == BlockerCode::no_right) {
            plan.left_out.push_back(device->name);
            continue;
        }
        plan.devices.push_back(device->name);
        if (blocker) {
            plan.blockers.push_back(*blocker);
        }
    }
}

void plan_queues(const State& s, const User& user, StartPlan& plan) {
    const Session* session = find_session(s, user.id);
    std::vector<QueueId> ids = session == nullptr ? std::vector<QueueId>{} : session->last_queues;
    const bool worked = !ids.empty();
    if (!worked) {
        for (const QueueRight& right : user.queues) {
            if (may_join(s, user, right.queue)) {
                ids.push_back(right.queue);
            }
        }
    }
    if (session != nullptr) {
        for (const JoinedQueue& joined : session->queues) {
            if (!contains(ids, joined.queue)) {
                ids.push_back(joined.queue);
            }
        }
    }
    std::sort(ids.begin(), ids.end());
    for (const QueueId id : ids) {
        if (may_join(s, user, id)) {
            plan.queues.push_back(id);
        } else if (worked) {
            plan.left_out.push_back(std::to_string(id.value));
        }
    }
}

}  // namespace

StartPlan plan_start(const State& s, const User& user, const StartWish& wish) {
    StartPlan plan;
    if (user.deactivated) {
        plan.blockers.push_back({BlockerCode::no_right, {}});
    }
    if (wish.devices) {
        plan_wished_devices(s, user, wish, plan);
    } else {
        plan_devices(s, user, wish, plan);
    }
    if (plan.devices.empty() && plan.blockers.empty()) {
        plan.blockers.push_back({BlockerCode::no_device, {}});
    }
    if (!wish.queues) {
        plan_queues(s, user, plan);
        return plan;
    }
    for (const QueueId id : *wish.queues) {
        plan.queues.push_back(id);
        if (!may_join(s, user, id)) {
            plan.blockers.push_back({BlockerCode::no_right, {std::to_string(id.value)}});
        }
    }
    return plan;
}

void apply(Turn& t, const Start& input) {
    const User user = *find_user(t.s, input.user);
    StartPlan plan = plan_start(t.s, user, {input.devices, input.queues, input.take});
    if (!plan.blockers.empty()) {
        t.refuse(std::move(plan.blockers));
        return;
    }
    apply(t, LogIn{input.user});
    for (const std::string& name : plan.devices) {
        join_device(t, input.user, device_by_name(t.s, name)->id);
    }
    for (const QueueId queue : plan.queues) {
        join_queue(t, user, queue);
    }
    apply(t, BecomeReady{input.user});
    t.reply.left_out = std::move(plan.left_out);
}

}  // namespace linka::core
