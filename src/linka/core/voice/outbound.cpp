// Calls that users make: from the application (their own device rings first) and from the phone.
#include "linka/core/voice/outbound.hpp"

#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "linka/core/flow/prompts.hpp"
#include "linka/core/people/can.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/outside.hpp"
#include "linka/core/voice/recording.hpp"
#include "linka/core/voice/ringing.hpp"
#include "linka/core/work/missed_turn.hpp"

namespace linka::core {

namespace {

// The queue that the call goes through: the one asked for, else the first outgoing one; 0: none.
QueueId outbound_queue(const State& s, const User& user, QueueId asked) {
    const Session* session = find_session(s, user.id);
    if (session == nullptr) {
        return {};
    }
    for (const JoinedQueue& joined : session->queues) {
        const Queue* queue = find_queue(s, joined.queue);
        if (queue != nullptr && is_outbound(queue->type) && !queue->deactivated &&
            (!asked || asked == joined.queue)) {
            return joined.queue;
        }
    }
    return {};
}

// The device that rings for a call from the application: one that answers by itself if there is.
DeviceId own_device(const State& s, UserId user) {
    DeviceId first;
    for (const DeviceId device : devices_of_user(s, user)) {
        if (!is_reachable(s, device)) {
            continue;
        }
        if (answers_for(s, user, device)) {
            return device;
        }
        first = first ? first : device;
    }
    return first;
}

std::string_view prompt_of(BlockerCode code) {
    switch (code) {
        case BlockerCode::not_logged_in:
            return prompt::not_logged_in;
        case BlockerCode::not_ready:
            return prompt::not_ready;
        case BlockerCode::no_outbound_queue:
            return prompt::no_outbound_queue;
        case BlockerCode::not_allowed_number:
        case BlockerCode::right_to_call:
            return prompt::not_allowed_number;
        default:
            return prompt::not_possible;
    }
}

void begin_interaction(Turn& t, CallId call, QueueId queue, const User& user,
                       const std::string& number) {
    t.emit(InteractionStarted{.interaction = InteractionId{t.s.last.interaction + 1},
                              .carrier = carrier::Call{call},
                              .queue = queue,
                              .direction = CallDirection::out,
                              .party = {number, known_name(t.s, number)},
                              .our_address = user.extension});
}

ActivityId open_activity(Turn& t, CallId id, const User& user, QueueId queue, LegId leg,
                         CallDirection direction, const std::string& title) {
    const ActivityId activity{t.s.last.activity + 1};
    t.emit(ActivityOpened{.activity = activity,
                          .carrier = carrier::Call{id},
                          .interaction = find_call(t.s, id)->interaction,
                          .queue = queue,
                          .user = user.id,
                          .direction = direction,
                          .title = title,
                          .leg = leg});
    return activity;
}

void dial_customer(Turn& t, CallId id, const std::string& number) {
    const Call* call = find_call(t.s, id);
    const LegId agent = call->agent;
    step_to(t, id, step::RingOutside{number});
    record(t, id, {}, false);
    if (dial(t, {id, {}, {}, number, {}, t.now() + t.s.settings.outbound_ring_max, false, {}})) {
        let_hear_ringing(t, agent);
    } else {
        farewell(t, id, prompt::number_unavailable, Outcome::failed);
    }
}

}  // namespace

namespace {

// What stands against this call; an emergency needs nothing but a telephone that can call.
std::vector<Blocker> blockers_of(const State& s, const User& user, const CallOut& input,
                                 bool colleague) {
    const std::optional<std::string> far = outside(s, input.number);
    if (!colleague && far && is_emergency(s, *far)) {
        std::vector<Blocker> out = outside_blockers(s, nullptr, *far, OutsideWay::asked_for);
        if (!own_device(s, user.id)) {
            const bool none = devices_of_user(s, user.id).empty();
            out.push_back({none ? BlockerCode::no_device : BlockerCode::device_not_registered, {}});
        }
        return out;
    }
    std::vector<Blocker> out = call_out_blockers(s, user.id, false);
    if (input.queue && !outbound_queue(s, user, input.queue)) {
        std::erase_if(out,
                      [](const Blocker& b) { return b.code == BlockerCode::no_outbound_queue; });
        out.push_back({BlockerCode::no_outbound_queue, {std::to_string(input.queue.value)}});
    }
    if (colleague) {
        std::erase_if(out, [](const Blocker& b) {
            return b.code == BlockerCode::no_outbound_queue || b.code == BlockerCode::no_trunk;
        });
    } else if (!far) {
        out.push_back({BlockerCode::not_allowed_number, {input.number}});
    } else if (const auto blocker = right_to_call_blocker(s, &user, *far)) {
        out.push_back(*blocker);
    }
    if (s.calls.size() >= Limits::calls_max ||
        activities_of_user(s, user.id).size() >= Limits::activities_per_user_max) {
        out.push_back({BlockerCode::at_capacity, {}});
    }
    return out;
}

}  // namespace

void call_out(Turn& t, const CallOut& input) {
    const User user = *find_user(t.s, input.user);
    const QueueId queue = outbound_queue(t.s, user, input.queue);
    const Place to = inside(t.s, input.number);
    const bool colleague = std::holds_alternative<place::Extension>(to);
    std::vector<Blocker> blockers = blockers_of(t.s, user, input, colleague);
    const DeviceId device = own_device(t.s, user.id);
    if (!blockers.empty() || !device) {
        t.refuse(std::move(blockers));
        return;
    }
    const std::string number = colleague ? number_of(to) : *outside(t.s, input.number);
    const CallId call{t.s.last.call + 1};
    t.emit(CallStarted{call,
                       colleague ? CallDirection::internal : CallDirection::out,
                       user.extension,
                       colleague ? user.title : known_name(t.s, number),
                       number,
                       {}});
    if (colleague) {
        direct_interaction(t, call);
    } else {
        begin_interaction(t, call, queue, user, number);
    }
    step_to(t, call, step::OwnDevice{number}, t.now() + direct_ring);
    const LegId leg = dial(t, {call,
                               user.id,
                               device,
                               device_name(t.s, device),
                               {},
                               {},
                               answers_for(t.s, user.id, device),
                               {},
                               ActivityId{t.s.last.activity + 1}});
    const std::string& name = find_call(t.s, call)->caller_name;
    t.reply.activity = open_activity(t, call, user, colleague ? QueueId{} : queue, leg,
                                     colleague ? CallDirection::internal : CallDirection::out,
                                     colleague || name.empty() ? number : name);
}

void own_device_answered(Turn& t, CallId id, const step::OwnDevice& at) {
    if (find_call(t.s, id)->direction == CallDirection::internal) {
        t.then(next::Go{id, place::Extension{at.number}});
    } else {
        dial_customer(t, id, at.number);
    }
}

void phone_calls_out(Turn& t, CallId id, UserId user_id, std::string_view dialled) {
    const User user = *find_user(t.s, user_id);
    const std::optional<std::string> number = outside(t.s, dialled);
    const bool emergency = number && is_emergency(t.s, *number);
    std::vector<Blocker> blockers = call_out_blockers(t.s, user_id, true);
    if (!number) {
        blockers.insert(blockers.begin(), {BlockerCode::not_allowed_number, {}});
    } else if (const auto blocker = right_to_call_blocker(t.s, &user, *number)) {
        blockers.insert(blockers.begin(), *blocker);
    }
    if (!emergency && !blockers.empty()) {
        farewell(t, id, prompt_of(blockers.front().code), Outcome::failed);
        return;
    }
    const QueueId queue = outbound_queue(t.s, user, {});
    begin_interaction(t, id, queue, user, *number);
    if (user.type == UserType::CC) {
        const std::string name = known_name(t.s, *number);
        open_activity(t, id, user, queue, find_call(t.s, id)->agent, CallDirection::out,
                      name.empty() ? *number : name);
    }
    dial_customer(t, id, *number);
}

}  // namespace linka::core
