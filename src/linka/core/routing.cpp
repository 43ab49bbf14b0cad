// Where calls go: inbound rules, dialled digits, destinations.
#include "linka/base/text.hpp"
#include "linka/core/flow.hpp"
#include "linka/core/number.hpp"
#include "linka/core/pattern.hpp"
#include "linka/core/prompts.hpp"

namespace linka::core {

namespace {

constexpr Duration echo_max = 600s;

QueueId queue_number(std::string_view value) {
    return QueueId{text::to_int(value).value_or(0)};
}

void announce(Turn& t, CallId id, const std::string& prompt, const Destination& next) {
    const LegId leg = find_call(t.s, id)->customer;
    step_to(t, id,
            {{}, std::string(step::announcement), prompt, t.now() + announcement_max, 0, {}, next});
    answer(t, leg);
    play(t, leg, "prompt:" + prompt);
}

void echo(Turn& t, CallId id) {
    const LegId leg = find_call(t.s, id)->customer;
    step_to(t, id, {{}, std::string(step::echo), {}, t.now() + echo_max});
    answer(t, leg);
    t.effect(EchoLeg{leg});
}

void go_to_record(Turn& t, CallId id, const Destination& to) {
    if (to.kind == DestinationKind::extension) {
        if (const User* user = user_by_extension(t.s, to.value)) {
            ring_extension(t, id, *user);
            return;
        }
    } else if (to.kind == DestinationKind::ring_group) {
        const auto group = t.s.ring_groups.find(RingGroupId{text::to_int(to.value).value_or(0)});
        if (group != t.s.ring_groups.end()) {
            ring_group(t, id, group->second);
            return;
        }
    } else if (to.kind == DestinationKind::menu) {
        const auto menu = t.s.menus.find(MenuId{text::to_int(to.value).value_or(0)});
        if (menu != t.s.menus.end()) {
            enter_menu(t, id, menu->second, 0);
            return;
        }
    }
    farewell_tone(t, id, "congestion", RefuseCause::congestion);
}

void from_device(Turn& t, CallId id, const CallArrived& input, UserId user) {
    const Destination to = inside(t.s, input.number);
    if (feature_code(t, id, user, input.number)) {
        return;
    }
    const User* caller = find_user(t.s, user);
    if (caller == nullptr) {
        const std::optional<std::string> number = outside(t.s, input.number);
        if (number && is_emergency(t.s, *number)) {
            ring_number(t, id, *number);
        } else {
            farewell(t, id, prompt::not_logged_in, Outcome::failed);
        }
        return;
    }
    if (to.kind == DestinationKind::none) {
        phone_calls_out(t, id, user, input.number);
        return;
    }
    if (to.kind == DestinationKind::extension && caller->type == UserType::CC) {
        const InteractionId interaction = direct_interaction(t, id);
        const Call* call = find_call(t.s, id);
        t.emit(ActivityOpened{ActivityId{t.s.last.activity + 1},
                              interaction,
                              {},
                              user,
                              CallDirection::internal,
                              input.number,
                              id,
                              call->customer});
    }
    go(t, id, to);
}

// Trunks write our numbers in several ways: as given first, then without the country's code.
const Route* route_of(const State& s, const CallArrived& input) {
    const std::vector<std::string> callers = forms_of(input.caller, s.settings.country);
    const Route* route = best_route(s.routes, input.number, callers);
    if (route != nullptr && !route->did.empty()) {
        return route;
    }
    for (const std::string& prefix : {"+" + s.settings.country, "00" + s.settings.country}) {
        if (input.number.starts_with(prefix)) {
            return best_route(s.routes, input.number.substr(prefix.size()), callers);
        }
    }
    return route;
}

CallStarted started(Turn& t, const CallArrived& input, const User* user) {
    CallStarted event;
    event.call = CallId{t.s.last.call + 1};
    event.direction = CallDirection::in;
    event.number = input.number;
    event.trunk = input.trunk;
    if (!input.device) {
        event.caller = normal_number(input.caller, t.s.settings.country);
        event.caller_name = input.caller_name;
        return event;
    }
    const bool far = inside(t.s, input.number).kind == DestinationKind::none &&
                     !input.number.starts_with('*') && user != nullptr;
    event.direction = far ? CallDirection::out : CallDirection::internal;
    event.caller = user == nullptr ? std::string{} : user->extension;
    // Of a call out the name is the customer's, as everywhere.
    event.caller_name = user == nullptr ? std::string{} : far ? std::string{} : user->title;
    return event;
}

}  // namespace

Destination inside(const State& s, std::string_view number) {
    // Nothing of ours may stand before the number that saves lives, however it came to be called
    // so.
    if (is_emergency(s, number)) {
        return {};
    }
    if (user_by_extension(s, number) != nullptr) {
        return {DestinationKind::extension, std::string(number)};
    }
    const std::int64_t value = text::to_int(number).value_or(0);
    if (s.queues.contains(QueueId{value})) {
        return {DestinationKind::queue, std::to_string(value)};
    }
    if (s.ring_groups.contains(RingGroupId{value})) {
        return {DestinationKind::ring_group, std::to_string(value)};
    }
    return {};
}

void call_arrived(Turn& t, const CallArrived& input) {
    if (input.leg.value <= t.s.last.leg_in || input.leg.value % 2 == 0) {
        if (find_leg(t.s, input.leg) == nullptr) {
            t.effect(RefuseLeg{input.leg, RefuseCause::congestion});  // else nobody would end it
        }
        return;
    }
    const User* user = input.device ? user_of_device(t.s, input.device) : nullptr;
    if (find_leg(t.s, input.replaces) != nullptr) {
        take_over_leg(t, input, input.replaces);
        return;
    }
    if (t.s.calls.size() >= Limits::calls_max ||
        (input.device && find_device(t.s, input.device) == nullptr)) {
        t.effect(RefuseLeg{input.leg, RefuseCause::congestion});
        return;
    }
    const CallStarted event = started(t, input, user);
    const CallId call = event.call;
    const UserId user_id = user == nullptr ? UserId{} : user->id;
    const std::string caller = event.caller;
    t.emit(event);
    t.emit(LegStarted{input.leg,
                      call,
                      user_id,
                      input.device,
                      input.device ? device_name(t.s, input.device) : caller,
                      {},
                      true});
    if (input.device) {
        from_device(t, call, input, user_id);
        return;
    }
    const Route* route = route_of(t.s, input);
    if (route == nullptr) {
        end_call(t, call, {EndedBy::system, Outcome::failed, RefuseCause::not_found});
    } else if (!route->announcement.empty()) {
        announce(t, call, route->announcement, Destination(route->destination));
    } else {
        go(t, call, Destination(route->destination));
    }
}

void go(Turn& t, CallId id, const Destination& destination) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    if (++t.hops[id] > Limits::hops_per_turn_max || call->steps > Limits::steps_per_call_max) {
        end_call(t, id, {EndedBy::system, Outcome::failed, RefuseCause::congestion});
        return;
    }
    const Destination to = destination;
    switch (to.kind) {
        case DestinationKind::queue:
            enter_queue(t, id, {queue_number(to.value), false, false});
            break;
        case DestinationKind::extension:
        case DestinationKind::ring_group:
        case DestinationKind::menu:
            go_to_record(t, id, to);
            break;
        case DestinationKind::voicemail:
            enter_voicemail(t, id, to.value);
            break;
        case DestinationKind::number:
            ring_number(t, id, to.value);
            break;
        case DestinationKind::echo:
            echo(t, id);
            break;
        case DestinationKind::announcement:
            announce(t, id, to.value, {});
            break;
        case DestinationKind::busy:
            farewell_tone(t, id, "busy", RefuseCause::busy);
            break;
        case DestinationKind::congestion:
            farewell_tone(t, id, "congestion", RefuseCause::congestion);
            break;
        case DestinationKind::hangup:
            end_call(t, id, {EndedBy::system, Outcome::closed, RefuseCause::declined});
            break;
        case DestinationKind::none:
            end_call(t, id, {EndedBy::system, Outcome::closed, RefuseCause::no_answer});
            break;
    }
}

}  // namespace linka::core
