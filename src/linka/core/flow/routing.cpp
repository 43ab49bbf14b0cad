// Where calls go: inbound rules, dialled digits, destinations.
#include "linka/core/flow/routing.hpp"

#include "linka/base/text.hpp"
#include "linka/core/acd/queueing.hpp"
#include "linka/core/flow/features.hpp"
#include "linka/core/flow/menu.hpp"
#include "linka/core/flow/prompts.hpp"
#include "linka/core/flow/way.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/number.hpp"
#include "linka/core/voice/outbound.hpp"
#include "linka/core/voice/outside.hpp"
#include "linka/core/voice/ring_group.hpp"
#include "linka/core/voice/ringing.hpp"
#include "linka/core/voice/transfer.hpp"
#include "linka/core/voice/voicemail.hpp"

namespace linka::core {

namespace {

constexpr Duration echo_max = 600s;

void announce(Turn& t, CallId id, const std::string& prompt, const Place& next) {
    const LegId leg = find_call(t.s, id)->customer;
    step_to(t, id, step::Announcement{prompt, next}, t.now() + announcement_max);
    answer(t, leg);
    play(t, leg, {PlayKind::prompt, prompt});
}

void echo(Turn& t, CallId id) {
    const LegId leg = find_call(t.s, id)->customer;
    step_to(t, id, step::Echo{}, t.now() + echo_max);
    answer(t, leg);
    t.effect(EchoLeg{leg});
}

void nowhere(Turn& t, CallId id) {
    farewell_tone(t, id, "congestion", RefuseCause::congestion);
}

// What follows where a call is sent. What was removed since is nowhere.
void enter(Turn& t, CallId id, const place::Queue& to) {
    enter_queue(t, id, {to.queue, false, false});
}
void enter(Turn& t, CallId id, const place::Extension& to) {
    const User* user = user_by_extension(t.s, to.extension);
    user == nullptr ? nowhere(t, id) : ring_extension(t, id, *user);
}
void enter(Turn& t, CallId id, const place::RingGroup& to) {
    const auto group = t.s.routing.ring_groups.find(to.group);
    group == t.s.routing.ring_groups.end() ? nowhere(t, id) : ring_group(t, id, group->second);
}
void enter(Turn& t, CallId id, const place::Menu& to) {
    const auto menu = t.s.routing.menus.find(to.menu);
    menu == t.s.routing.menus.end() ? nowhere(t, id) : enter_menu(t, id, menu->second, 0);
}
void enter(Turn& t, CallId id, const place::Voicemail& to) {
    enter_voicemail(t, id, to.mailbox);
}
void enter(Turn& t, CallId id, const place::Number& to) {
    ring_number(t, id, to.number);
}
void enter(Turn& t, CallId id, const place::Echo& /*to*/) {
    echo(t, id);
}
void enter(Turn& t, CallId id, const place::Announcement& to) {
    announce(t, id, to.prompt, place::Nowhere{});
}
void enter(Turn& t, CallId id, const place::Busy& /*to*/) {
    farewell_tone(t, id, "busy", RefuseCause::busy);
}
void enter(Turn& t, CallId id, const place::Congestion& /*to*/) {
    nowhere(t, id);
}
void enter(Turn& t, CallId id, const place::HangUp& /*to*/) {
    end_call(t, id, {EndedBy::system, Outcome::closed, RefuseCause::declined});
}
void enter(Turn& t, CallId id, const place::Nowhere& /*to*/) {
    end_call(t, id, {EndedBy::system, Outcome::closed, RefuseCause::no_answer});
}

void from_device(Turn& t, CallId id, const CallArrivedReport& input, UserId user) {
    const Place to = inside(t.s, input.number);
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
    if (is_nowhere(to)) {
        phone_calls_out(t, id, user, input.number);
        return;
    }
    if (std::holds_alternative<place::Extension>(to) && caller->type == UserType::CC) {
        const InteractionId interaction = direct_interaction(t, id);
        const Call* call = find_call(t.s, id);
        t.emit(ActivityOpened{.activity = ActivityId{t.s.last.activity + 1},
                              .carrier = carrier::Call{id},
                              .interaction = interaction,
                              .user = user,
                              .direction = CallDirection::internal,
                              .title = input.number,
                              .leg = call->customer});
    }
    go(t, id, to);
}

CallStarted started(Turn& t, const CallArrivedReport& input, const User* user, const Route* route) {
    CallStarted event;
    event.language = route == nullptr ? std::string{} : route->language;
    event.call = CallId{t.s.last.call + 1};
    event.direction = CallDirection::in;
    event.number = input.number;
    event.trunk = input.trunk;
    if (!input.device) {
        event.caller = normal_number(input.caller, t.s.settings.country);
        event.caller_name = input.caller_name;
        return event;
    }
    const bool far =
        is_nowhere(inside(t.s, input.number)) && !input.number.starts_with('*') && user != nullptr;
    event.direction = far ? CallDirection::out : CallDirection::internal;
    event.caller = user == nullptr ? std::string{} : user->extension;
    // Of a call out the name is the customer's, as everywhere.
    event.caller_name = user == nullptr ? std::string{} : far ? std::string{} : user->title;
    return event;
}

}  // namespace

void call_arrived(Turn& t, const CallArrivedReport& input) {
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
    const Route* route =
        input.device ? nullptr : rule_for(t.s, t.s.routing, input.number, input.caller);
    const CallStarted event = started(t, input, user, route);
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
    if (route == nullptr) {
        end_call(t, call, {EndedBy::system, Outcome::failed, RefuseCause::not_found});
        return;
    }
    const Place to = place_of(t.s.routing, *route, t.zones, t.now());
    if (!route->announcement.empty()) {
        announce(t, call, route->announcement, to);
    } else {
        go(t, call, to);
    }
}

void go(Turn& t, CallId id, const Place& place) {
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    if (++t.hops[id] > Limits::hops_per_turn_max || call->steps > Limits::steps_per_call_max) {
        end_call(t, id, {EndedBy::system, Outcome::failed, RefuseCause::congestion});
        return;
    }
    const Place to = place;  // the call may leave the step that holds it
    std::visit([&](const auto& there) { enter(t, id, there); }, to);
}

}  // namespace linka::core
