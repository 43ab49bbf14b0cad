// Spoken menus.
#include "linka/core/flow/menu.hpp"

#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/legs.hpp"

namespace linka::core {

namespace {

constexpr Duration prompt_max = 300s;

const Menu* menu_of(const State& s, const step::InMenu& at) {
    const auto found = s.routing.menus.find(at.menu);
    return found == s.routing.menus.end() ? nullptr : &found->second;
}

}  // namespace

void await_digit(Turn& t, CallId id, const step::InMenu& at) {
    const Menu* menu = menu_of(t.s, at);
    const Duration timeout = menu == nullptr ? Duration{6s} : menu->timeout;
    step_to(t, id, at, t.now() + timeout);
}

void enter_menu(Turn& t, CallId id, const Menu& found, int round) {
    const Menu menu = found;
    const LegId leg = find_call(t.s, id)->customer;
    const step::InMenu at{menu.id, round};
    step_to(t, id, at, t.now() + prompt_max);
    answer(t, leg);
    if (menu.prompt.empty()) {
        await_digit(t, id, at);
    } else {
        play(t, leg, {PlayKind::prompt, menu.prompt});
    }
}

void menu_nothing(Turn& t, CallId id, const step::InMenu& at) {
    const Menu* menu = menu_of(t.s, at);
    if (menu != nullptr && at.round < menu->repeats) {
        enter_menu(t, id, *menu, at.round + 1);
        return;
    }
    t.then(next::Go{id, menu == nullptr ? Place{} : place_of(menu->on_nothing)});
}

void menu_digit(Turn& t, CallId id, const step::InMenu& at, char digit) {
    const Menu* menu = menu_of(t.s, at);
    stop_play(t, find_call(t.s, id)->customer);
    if (menu != nullptr) {
        for (const MenuChoice& choice : menu->choices) {
            if (choice.digit.size() == 1 && choice.digit[0] == digit) {
                t.then(next::Go{id, place_of(choice.destination)});
                return;
            }
        }
    }
    menu_nothing(t, id, at);
}

}  // namespace linka::core
