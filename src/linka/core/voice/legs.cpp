#include "linka/core/voice/legs.hpp"

#include "linka/base/text.hpp"
#include "linka/core/flow/prompts.hpp"
#include "linka/core/records/prompt.hpp"

namespace linka::core {

namespace {

LegId near_leg(const State& s, const Call& call, LegId except) {
    for (const LegId id : call.legs) {
        if (id != except && find_leg(s, id) != nullptr) {
            return id;
        }
    }
    return {};
}

std::string shown_caller(const State& s, const Leg& leg, const Call& call) {
    if (leg.device) {
        return call.caller;
    }
    // Outside: the queue's number, else the user's, else the trunk's; empty: what the trunk
    // shows by itself.
    const Interaction* interaction = find_interaction(s, call.interaction);
    const auto* queue =
        calls_of(interaction == nullptr ? nullptr : find_queue(s, interaction->queue));
    if (queue != nullptr && !queue->outbound_number.empty()) {
        return queue->outbound_number;
    }
    const Leg* agent = find_leg(s, call.agent ? call.agent : call.customer);
    const User* user = agent == nullptr ? nullptr : find_user(s, agent->user);
    if (user != nullptr && !user->caller_number.empty()) {
        return user->caller_number;
    }
    const Trunk* trunk = trunk_out(s);
    return trunk == nullptr ? std::string{} : trunk->caller_number;
}

// What an answer of the leg begins, or what it belongs to already.
ActivityId activity_of(const State& s, const Leg& leg, ActivityId opens) {
    const Offer* offer = find_offer(s, leg.offer);
    if (offer != nullptr) {
        return offer->activity;
    }
    return leg.activity ? leg.activity : opens;
}

}  // namespace

void dial_effect(Turn& t, const Leg& leg, ActivityId opens) {
    const Call* call = find_call(t.s, leg.call);
    if (call == nullptr) {
        return;
    }
    const LegId near = near_leg(t.s, *call, leg.id);
    const std::string caller = shown_caller(t.s, leg, *call);
    if (leg.device) {
        const bool own = call->direction == CallDirection::out && call->agent == leg.id;
        t.effect(DialDevice{leg.id, leg.call, leg.device, own ? call->number : caller,
                            own ? std::string{} : call->caller_name, leg.auto_answer, near,
                            activity_of(t.s, leg, opens)});
    } else {
        const Trunk* trunk = trunk_out(t.s);
        const std::string name = trunk == nullptr ? std::string{} : trunk->name;
        t.effect(DialNumber{leg.id, leg.call, leg.number, caller, name, near});
    }
}

LegId dial(Turn& t, const Dial& what) {
    const Call* call = find_call(t.s, what.call);
    if (call == nullptr || call->legs.size() >= Limits::legs_per_call_max ||
        (!what.device && trunk_out(t.s) == nullptr)) {
        return {};
    }
    const LegId leg{t.s.last.leg_out + 2};
    t.emit(LegStarted{leg, what.call, what.user, what.device, what.number, what.offer, false,
                      what.until, what.auto_answer});
    dial_effect(t, *find_leg(t.s, leg), what.activity);
    return leg;
}

void drop(Turn& t, LegId id, Drop how) {
    const Leg* found = find_leg(t.s, id);
    if (found == nullptr) {
        return;
    }
    const Leg leg = *found;
    t.emit(LegEnded{id, leg.call, how.cause, 0, false});
    if (leg.incoming && leg.state != LegState::answered) {
        t.effect(RefuseLeg{id, how.refuse});
    } else {
        t.effect(EndLeg{id, how.elsewhere});
    }
}

void answer(Turn& t, LegId id) {
    const Leg* leg = find_leg(t.s, id);
    if (leg != nullptr && leg->incoming && leg->state != LegState::answered) {
        t.emit(LegAnswered{id});
        t.effect(AnswerLeg{id});
    }
}

std::vector<Sound> sounds_of(const State& s, const Playing& what, const std::string& language) {
    if (what.kind == PlayKind::position) {
        const Playing before{PlayKind::prompt, std::string(prompt::queue_position)};
        std::vector<Sound> all = sounds_of(s, before, language);
        all.push_back({"number", what.name, language});
        return all;
    }
    if (what.kind == PlayKind::prompt || what.kind == PlayKind::music) {
        if (std::string own = own_sound(s, what.name, language); !own.empty()) {
            return {{"prompt", std::move(own), std::string(own_prompts)}};
        }
    }
    return {{std::string(name_of(what.kind)), what.name, language}};
}

void play(Turn& t, LegId id, Playing what, bool loop) {
    const Leg* leg = find_leg(t.s, id);
    const Call* call = leg == nullptr ? nullptr : find_call(t.s, leg->call);
    if (call == nullptr) {
        return;
    }
    const std::string language = call->language;
    const PlayId play{t.s.last.play + 1};
    t.effect(PlaySounds{id, play, sounds_of(t.s, what, language), loop});
    t.emit(PlayStarted{id, play, std::move(what), language, loop});
}

void stop_play(Turn& t, LegId id) {
    const Leg* leg = find_leg(t.s, id);
    if (leg != nullptr && leg->play) {
        t.emit(PlayEnded{id, leg->play});
        t.effect(StopSounds{id});
    }
}

void let_hear_ringing(Turn& t, LegId id) {
    const Leg* leg = find_leg(t.s, id);
    if (leg == nullptr) {
        return;
    }
    if (leg->state == LegState::answered) {
        const Playing ringback{PlayKind::tone, "ringback"};
        if (!leg->play || leg->play_what != ringback) {
            play(t, id, ringback, true);
        }
    } else if (leg->incoming) {
        t.effect(RingLeg{id});
    }
}

void connect(Turn& t, CallId call, LegId customer, LegId agent) {
    for (const LegId leg : {customer, agent}) {
        stop_play(t, leg);
    }
    t.emit(LegsConnected{call, customer, agent});
    t.effect(ConnectLegs{customer, agent});
}

void disconnect(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    if (call != nullptr && call->connected) {
        const LegId customer = call->customer;
        t.emit(LegsDisconnected{id, customer, call->agent});
        t.effect(DisconnectLeg{customer});
    }
}

}  // namespace linka::core
