// Spoken menus, and what digits and the end of prompts mean where a call stands.
#include "linka/base/text.hpp"
#include "linka/core/flow.hpp"

namespace linka::core {

namespace {

constexpr Duration prompt_max = 300s;

const Menu* menu_of(const State& s, const Call& call) {
    const auto found = s.menus.find(MenuId{text::to_int(call.value).value_or(0)});
    return found == s.menus.end() ? nullptr : &found->second;
}

// The prompt is over: from now on the time-out runs.
void await_digit(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    const Menu* menu = menu_of(t.s, *call);
    const Duration timeout = menu == nullptr ? Duration{6s} : menu->timeout;
    step_to(
        t, id,
        {{}, std::string(step::menu), std::string(call->value), t.now() + timeout, call->round});
}

void announced(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    const Destination next = call->next;
    if (next.kind == DestinationKind::queue && call->round == 1) {
        enter_queue(t, id, {QueueId{text::to_int(next.value).value_or(0)}, true, call->re_entry});
    } else {
        go(t, id, next);
    }
}

}  // namespace

void enter_menu(Turn& t, CallId id, const Menu& found, int round) {
    const Menu menu = found;
    const LegId leg = find_call(t.s, id)->customer;
    step_to(
        t, id,
        {{}, std::string(step::menu), std::to_string(menu.id.value), t.now() + prompt_max, round});
    answer(t, leg);
    if (menu.prompt.empty()) {
        await_digit(t, id);
    } else {
        play(t, leg, "prompt:" + menu.prompt);
    }
}

void menu_nothing(Turn& t, CallId id) {
    const Call* call = find_call(t.s, id);
    const Menu* menu = menu_of(t.s, *call);
    if (menu != nullptr && call->round < menu->repeats) {
        enter_menu(t, id, *menu, call->round + 1);
        return;
    }
    go(t, id, menu == nullptr ? Destination{} : menu->on_nothing);
}

void menu_digit(Turn& t, CallId id, char digit) {
    const Call* call = find_call(t.s, id);
    const Menu* menu = menu_of(t.s, *call);
    stop_play(t, call->customer);
    if (menu != nullptr) {
        for (const MenuChoice& choice : menu->choices) {
            if (choice.digit.size() == 1 && choice.digit[0] == digit) {
                go(t, id, Destination(choice.destination));
                return;
            }
        }
    }
    menu_nothing(t, id);
}

namespace {

// Only where somebody asked for it is a key written down: what is typed to the far end of a
// conversation (a card's number, a PIN) is nobody's business here.
bool asks_for(const Call& call, char digit) {
    return call.step == step::menu ||
           (digit == '#' && (call.step == step::message || call.step == step::greeting));
}

}  // namespace

void digit_pressed(Turn& t, LegId id, char digit) {
    const Leg* leg = find_leg(t.s, id);
    if (leg == nullptr || std::string_view("0123456789*#ABCD").find(digit) == std::string::npos) {
        return;
    }
    const CallId call_id = leg->call;
    const Call* call = find_call(t.s, call_id);
    if (call == nullptr || call->customer != id || !asks_for(*call, digit)) {
        return;
    }
    const bool same_second = leg->digits_since && t.now() - leg->digits_since < Duration{1s};
    if (call->digits >= Limits::digits_per_call_max ||
        (same_second && leg->digits >= Limits::digits_per_second_max)) {
        return;
    }
    t.emit(DigitPressed{id, std::string(1, digit)});
    if (call->step == step::menu) {
        menu_digit(t, call_id, digit);
    } else if (call->step == step::message && digit == '#') {
        end_call(t, call_id, {EndedBy::caller, Outcome::abandoned, RefuseCause::no_answer});
    } else if (call->step == step::greeting && digit == '#') {
        stop_play(t, id);
        voicemail_greeted(t, call_id);
    }
}

void play_ended(Turn& t, LegId id, PlayId play) {
    const Leg* leg = find_leg(t.s, id);
    if (leg == nullptr || leg->play != play || !play) {
        return;
    }
    const std::string what = leg->play_what;
    const CallId call_id = leg->call;
    t.emit(PlayFinished{id, play});
    const Call* call = find_call(t.s, call_id);
    if (call == nullptr) {
        return;
    }
    if (call->step == step::announcement) {
        announced(t, call_id);
    } else if (call->step == step::menu) {
        await_digit(t, call_id);
    } else if (call->step == step::queue && what.starts_with("position:")) {
        wait_on(t, call_id);
    } else if (call->step == step::greeting) {
        voicemail_greeted(t, call_id);
    } else if (call->step == step::farewell) {
        end_call(t, call_id);
    }
}

void step_over(Turn& t, CallId id) {
    t.emit(DeadlinePassed{static_cast<int>(DeadlineKind::step), id.value});
    const Call* call = find_call(t.s, id);
    if (call == nullptr) {
        return;
    }
    if (call->step == step::announcement) {
        announced(t, id);
    } else if (call->step == step::menu) {
        menu_nothing(t, id);
    } else if (call->step == step::greeting) {
        voicemail_greeted(t, id);
    } else if (call->step == step::own_device) {
        end_call(t, id, {EndedBy::system, Outcome::cancelled, RefuseCause::no_answer});
    } else if (call->step == step::message || call->step == step::farewell ||
               call->step == step::echo) {
        end_call(t, id);
    }
}

}  // namespace linka::core
