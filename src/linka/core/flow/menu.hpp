// Private to the core. Menus.
#pragma once

#include "linka/core/flow/step.hpp"
#include "linka/core/turn.hpp"

namespace linka::core {

void enter_menu(Turn& t, CallId call, const Menu& menu, int round);
/// The prompt is over: from now on the time-out runs.
void await_digit(Turn& t, CallId call, const step::InMenu& at);
void menu_digit(Turn& t, CallId call, const step::InMenu& at, char digit);
void menu_nothing(Turn& t, CallId call, const step::InMenu& at);

}  // namespace linka::core
