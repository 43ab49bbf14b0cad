// "May I, and why not": the FAQ's preconditions, each failing one by name.
#include "linka/core/people/can.hpp"

#include "linka/core/acd/queue_types.hpp"
#include "linka/core/acd/verdict.hpp"
#include "linka/core/records/profile.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/outside.hpp"

namespace linka::core {

namespace {

std::vector<std::string> names_of(const State& s, const std::vector<DeviceId>& devices) {
    std::vector<std::string> names;
    names.reserve(devices.size());
    for (const DeviceId device : devices) {
        names.push_back(device_name(s, device));
    }
    return names;
}

bool in_queue_of(const State& s, UserId user, bool (*wanted)(const Queue&)) {
    const Session* session = find_session(s, user);
    if (session == nullptr) {
        return false;
    }
    return std::any_of(session->queues.begin(), session->queues.end(),
                       [&](const JoinedQueue& joined) {
                           const Queue* queue = find_queue(s, joined.queue);
                           return queue != nullptr && !queue->deactivated && wanted(*queue);
                       });
}

bool takes_calls(const Queue& queue) {
    return is_inbound(queue.type);
}
bool calls_out(const Queue& queue) {
    return is_outbound(queue.type);
}
bool is_email(const Queue& queue) {
    return channel_of(queue.type) == Channel::email;
}
bool is_chat(const Queue& queue) {
    return channel_of(queue.type) == Channel::chat;
}
bool answers_by_itself(const Queue& queue) {
    const auto* calls = calls_of(&queue);
    return is_inbound(queue.type) && calls != nullptr && calls->auto_answer;
}

void need_session(const State& s, UserId user, std::vector<Blocker>& out) {
    const Session* session = find_session(s, user);
    if (session == nullptr || !session->logged_in) {
        out.push_back({BlockerCode::not_logged_in, {}});
    }
}

void need_ready(const State& s, UserId user, std::vector<Blocker>& out) {
    const Session* session = find_session(s, user);
    if (session == nullptr || !session->ready) {
        out.push_back({BlockerCode::not_ready, {}});
    }
}

void need_device(const State& s, UserId user, std::vector<Blocker>& out) {
    const std::vector<DeviceId> devices = devices_of_user(s, user);
    if (devices.empty()) {
        out.push_back({BlockerCode::no_device, {}});
    } else if (std::none_of(devices.begin(), devices.end(),
                            [&](DeviceId device) { return is_reachable(s, device); })) {
        out.push_back({BlockerCode::device_not_registered, names_of(s, devices)});
    }
}

void need_trunk(const State& s, std::vector<Blocker>& out) {
    if (trunk_out(s) == nullptr) {
        out.push_back({BlockerCode::no_trunk, {}});
    }
}

void need_one_remote_device(const State& s, UserId user, std::vector<Blocker>& out) {
    const std::vector<DeviceId> devices = devices_of_user(s, user);
    if (devices.empty()) {
        out.push_back({BlockerCode::no_device, {}});
    } else if (devices.size() > 1) {
        out.push_back({BlockerCode::multiple_devices, names_of(s, devices)});
    } else if (!is_reachable(s, devices.front())) {
        out.push_back({BlockerCode::device_not_registered, names_of(s, devices)});
    } else if (!answers_for(s, user, devices.front())) {
        out.push_back({BlockerCode::device_cannot_answer_remotely, names_of(s, devices)});
    }
}

void not_paused(const State& s, UserId user, std::vector<Blocker>& out) {
    const Session* session = find_session(s, user);
    if (session != nullptr && session->pause) {
        const Pause* pause = find_pause(s, session->pause);
        out.push_back({BlockerCode::paused, {pause == nullptr ? std::string{} : pause->title}});
    }
}

void need_no_call(const State& s, UserId user, std::vector<Blocker>& out) {
    const auto work = s.index.work.find(user);
    if (work != s.index.work.end() &&
        (!work->second.legs.empty() || !work->second.offers.empty())) {
        out.push_back({BlockerCode::busy, {}});
    }
}

// A telephone that has just refused rests; queues do not ring it meanwhile.
void need_sound_device(const State& s, UserId user, std::vector<Blocker>& out) {
    const std::vector<DeviceId> devices = devices_of_user(s, user);
    const auto is = [&](bool (*what)(const State&, DeviceId)) {
        return std::any_of(devices.begin(), devices.end(),
                           [&](DeviceId device) { return what(s, device); });
    };
    if (is(is_reachable) && !is(is_tried_by_queues)) {
        out.push_back({BlockerCode::device_failed, names_of(s, devices)});
    }
}

// What is open keeps further work of the channel away: as distribution sees it, which looks at that
// once everything else is there.
void need_room(const State& s, UserId user, Channel channel, std::vector<Blocker>& out) {
    const auto work = s.index.work.find(user);
    const char now =
        work == s.index.work.end() ? verdict::eligible : work->second.verdicts[channel];
    if (now == verdict::capacity) {
        out.push_back({BlockerCode::at_capacity, {}});
    } else if (now == verdict::working || now == verdict::matrix) {
        out.push_back({BlockerCode::open_work, {}});
    }
}

std::vector<Blocker> transfer_blockers(const State& s, UserId user, TransferKind kind) {
    const auto blocker = transfer_blocker(s, user, kind);
    return blocker ? std::vector{*blocker} : std::vector<Blocker>{};
}

std::vector<Blocker> be_called_blockers(const State& s, UserId id) {
    const User* user = find_user(s, id);
    if (user == nullptr) {
        return {{BlockerCode::no_right, {}}};
    }
    if (user->extension.empty()) {
        return {{BlockerCode::no_extension, {}}};
    }
    return ring_blockers(s, *user);
}

}  // namespace

std::vector<Blocker> ring_blockers(const State& s, const User& user) {
    std::vector<Blocker> out;
    if (user.deactivated) {
        return {{BlockerCode::no_right, {}}};
    }
    const bool forwards = !user.forwarding_number.empty();
    if (forwards && !outside(s, user.forwarding_number)) {
        out.push_back({BlockerCode::not_allowed_number, {user.forwarding_number}});
    }
    if (user.type == UserType::CC && !forwards) {
        need_session(s, user.id, out);
        const Session* session = find_session(s, user.id);
        const Pause* pause = session == nullptr ? nullptr : find_pause(s, session->pause);
        if (pause != nullptr && pause->prevent_direct_calls) {
            out.push_back({BlockerCode::paused, {pause->title}});
        }
    }
    if (!forwards) {
        need_device(s, user.id, out);
    }
    if (user.type == UserType::CC) {
        need_no_call(s, user.id, out);
    }
    return out;
}

std::vector<Blocker> take_blockers(const State& s, UserId user) {
    std::vector<Blocker> out;
    need_session(s, user, out);
    need_device(s, user, out);
    need_no_call(s, user, out);
    return out;
}

std::vector<Blocker> take_writing_blockers(const State& s, UserId user) {
    std::vector<Blocker> out;
    need_session(s, user, out);
    const auto work = s.index.work.find(user);
    if (work != s.index.work.end() && !work->second.offers.empty()) {
        out.push_back({BlockerCode::busy, {}});
    }
    return out;
}

std::vector<Blocker> call_out_blockers(const State& s, UserId id, bool own_phone) {
    std::vector<Blocker> out;
    const User* user = find_user(s, id);
    if (user == nullptr) {
        return {{BlockerCode::not_logged_in, {}}};
    }
    if (user->type == UserType::BO) {
        if (!may_call_without_queue(s, *user)) {
            out.push_back({BlockerCode::no_right, {}});
        }
        need_trunk(s, out);
        return out;
    }
    need_session(s, id, out);
    need_ready(s, id, out);
    if (!may_call_without_queue(s, *user) && !in_queue_of(s, id, calls_out)) {
        out.push_back({BlockerCode::no_outbound_queue, {}});
    }
    need_trunk(s, out);
    need_device(s, id, out);
    const auto work = s.index.work.find(id);
    const bool busy =
        work != s.index.work.end() && (!work->second.legs.empty() || !work->second.offers.empty());
    if (!own_phone && busy) {
        out.push_back({BlockerCode::busy, {}});
    }
    return out;
}

std::vector<Blocker> answer_blockers(const State& s, UserId user, const Offer* offer) {
    std::vector<Blocker> out;
    const std::vector<DeviceId> ringing =
        offer == nullptr ? std::vector<DeviceId>{} : ringing_devices(s, offer->id);
    need_session(s, user, out);
    if (ringing.size() > 1) {
        out.push_back({BlockerCode::multiple_devices, names_of(s, ringing)});
        return out;
    }
    const std::vector<DeviceId> devices = devices_of_user(s, user);
    const Call* call = offer == nullptr ? nullptr : carrying_call(s, *offer);
    const bool remote =
        call != nullptr && ringing.size() == 1 &&
        std::any_of(call->legs.begin(), call->legs.end(), [&](LegId id) {
            const Leg* leg = find_leg(s, id);
            const Device* device = leg == nullptr ? nullptr : find_device(s, leg->device);
            return device != nullptr && leg->offer == offer->id && leg->can_answer_remotely &&
                   device->remote_answer == RemoteAnswer::detect;
        });
    if (remote && devices.size() == 1) {
        return out;
    }
    need_one_remote_device(s, user, out);
    if (out.empty() && offer != nullptr && ringing.empty()) {
        out.push_back({BlockerCode::no_device, {}});
    }
    return out;
}

bool auto_answers(const State& s, UserId user, const Queue& queue) {
    const std::vector<DeviceId> devices = devices_of_user(s, user);
    const auto* calls = calls_of(&queue);
    return calls != nullptr && calls->auto_answer && devices.size() == 1 &&
           answers_for(s, user, devices.front());
}

std::vector<Blocker> can(const State& state, UserId user, Action action) {
    std::vector<Blocker> out;
    switch (action) {
        case Action::call_out:
            return call_out_blockers(state, user, false);
        case Action::receive_calls:
            need_session(state, user, out);
            need_ready(state, user, out);
            not_paused(state, user, out);
            if (!in_queue_of(state, user, takes_calls)) {
                out.push_back({BlockerCode::no_inbound_queue, {}});
            }
            need_device(state, user, out);
            need_sound_device(state, user, out);
            need_room(state, user, Channel::call, out);
            break;
        case Action::answer_web: {
            const std::vector<OfferId> offers = offers_of_user(state, user);
            return answer_blockers(state, user,
                                   offers.empty() ? nullptr : find_offer(state, offers.front()));
        }
        case Action::auto_answer:
            need_session(state, user, out);
            if (!in_queue_of(state, user, answers_by_itself)) {
                out.push_back({BlockerCode::queue_autoanswer_off, {}});
            }
            need_one_remote_device(state, user, out);
            break;
        case Action::send_email:
            need_session(state, user, out);
            if (!in_queue_of(state, user, is_email)) {
                out.push_back({BlockerCode::no_email_queue, {}});
            }
            break;
        case Action::take_chat:
            need_session(state, user, out);
            need_ready(state, user, out);
            not_paused(state, user, out);
            if (!in_queue_of(state, user, is_chat)) {
                out.push_back({BlockerCode::no_chat_queue, {}});
            }
            need_room(state, user, Channel::chat, out);
            break;
        case Action::be_called:
            return be_called_blockers(state, user);
        case Action::take:
            return take_blockers(state, user);
        case Action::transfer_attended:
            return transfer_blockers(state, user, TransferKind::attended);
        case Action::transfer_blind:
            return transfer_blockers(state, user, TransferKind::blind);
    }
    return out;
}

}  // namespace linka::core
