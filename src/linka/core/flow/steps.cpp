// Where a call stands, and what follows from what happens there: one overload for each step that
// it matters to. What a step does when it begins is with its own kind of thing: menu, voicemail …
#include "linka/core/flow/steps.hpp"

#include "linka/core/acd/queueing.hpp"
#include "linka/core/acd/waiting.hpp"
#include "linka/core/flow/menu.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/voicemail.hpp"

namespace linka::core {

namespace {

struct PlayOver {
    Playing what;
};
struct TimeOver {};
struct Pressed {
    char digit = '0';
};

// Nothing follows.
struct Anything {
    template <typename T>
    Anything(const T& /*ignored*/) {}
};
void follow(Turn& /*t*/, CallId /*id*/, Anything /*at*/, Anything /*what*/) {
}

void follow(Turn& t, CallId id, const step::Announcement& at, const PlayOver& /*what*/) {
    t.then(next::Go{id, at.next});
}
void follow(Turn& t, CallId id, const step::Announcement& at, TimeOver /*what*/) {
    t.then(next::Go{id, at.next});
}

void follow(Turn& t, CallId id, const step::BeforeQueue& at, const PlayOver& /*what*/) {
    enter_queue(t, id, {at.queue, true, at.re_entry});
}
void follow(Turn& t, CallId id, const step::BeforeQueue& at, TimeOver /*what*/) {
    enter_queue(t, id, {at.queue, true, at.re_entry});
}

void follow(Turn& t, CallId id, const step::Waiting& /*at*/, const PlayOver& what) {
    if (what.what.kind == PlayKind::position) {
        wait_on(t, id);
    }
}

void follow(Turn& t, CallId id, const step::InMenu& at, const PlayOver& /*what*/) {
    await_digit(t, id, at);
}
void follow(Turn& t, CallId id, const step::InMenu& at, TimeOver /*what*/) {
    menu_nothing(t, id, at);
}
void follow(Turn& t, CallId id, const step::InMenu& at, Pressed what) {
    menu_digit(t, id, at, what.digit);
}

void follow(Turn& t, CallId id, const step::OwnDevice& /*at*/, TimeOver /*what*/) {
    end_call(t, id, {EndedBy::system, Outcome::cancelled, RefuseCause::no_answer});
}

void follow(Turn& t, CallId id, const step::Greeting& at, const PlayOver& /*what*/) {
    voicemail_greeted(t, id, at);
}
void follow(Turn& t, CallId id, const step::Greeting& at, TimeOver /*what*/) {
    voicemail_greeted(t, id, at);
}
void follow(Turn& t, CallId id, const step::Greeting& at, Pressed /*what*/) {
    stop_play(t, find_call(t.s, id)->customer);
    voicemail_greeted(t, id, at);
}

void follow(Turn& t, CallId id, const step::Message& /*at*/, TimeOver /*what*/) {
    end_call(t, id);
}
void follow(Turn& t, CallId id, const step::Message& /*at*/, Pressed /*what*/) {
    end_call(t, id, {EndedBy::caller, Outcome::abandoned, RefuseCause::no_answer});
}

void follow(Turn& t, CallId id, const step::Echo& /*at*/, TimeOver /*what*/) {
    end_call(t, id);
}

void follow(Turn& t, CallId id, const step::Farewell& /*at*/, const PlayOver& /*what*/) {
    end_call(t, id);
}
void follow(Turn& t, CallId id, const step::Farewell& /*at*/, TimeOver /*what*/) {
    end_call(t, id);
}

template <typename What>
void happens(Turn& t, CallId id, const What& what) {
    const Call* call = find_call(t.s, id);
    if (call != nullptr) {
        const Step step = call->step;  // the call may leave it
        std::visit([&](const auto& at) { follow(t, id, at, what); }, step);
    }
}

// Only where somebody asked for it is a key written down: what is typed to the far end of a
// conversation (a card's number, a PIN) is nobody's business here.
bool asks_for(const Step& step, char digit) {
    return is_step<step::InMenu>(step) ||
           (digit == '#' && is_step<step::Message, step::Greeting>(step));
}

}  // namespace

void digit_pressed(Turn& t, LegId id, char digit) {
    const Leg* leg = find_leg(t.s, id);
    if (leg == nullptr || std::string_view("0123456789*#ABCD").find(digit) == std::string::npos) {
        return;
    }
    const CallId call_id = leg->call;
    const Call* call = find_call(t.s, call_id);
    if (call == nullptr || call->customer != id || !asks_for(call->step, digit)) {
        return;
    }
    const bool same_second = leg->digits_since && t.now() - leg->digits_since < Duration{1s};
    if (call->digits >= Limits::digits_per_call_max ||
        (same_second && leg->digits >= Limits::digits_per_second_max)) {
        return;
    }
    t.emit(DigitPressed{id, std::string(1, digit)});
    happens(t, call_id, Pressed{digit});
}

void play_ended(Turn& t, LegId id, PlayId play) {
    const Leg* leg = find_leg(t.s, id);
    if (leg == nullptr || leg->play != play || !play) {
        return;
    }
    const PlayOver over{leg->play_what};
    const CallId call_id = leg->call;
    t.emit(PlayEnded{id, play});
    happens(t, call_id, over);
}

void step_over(Turn& t, CallId id) {
    t.emit(DeadlinePassed{DeadlineKind::step, id.value});
    happens(t, id, TimeOver{});
}

}  // namespace linka::core
