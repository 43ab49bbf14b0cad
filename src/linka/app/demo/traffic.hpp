// When the next simulated customer calls, which number, and how patient they are. Pure.
#pragma once

#include "linka/api/ports.hpp"
#include "linka/app/demo/cast.hpp"
#include "linka/app/demo/desk.hpp"
#include "linka/base/time.hpp"
#include "linka/core/state.hpp"

#include <string>

namespace linka::app {

constexpr int callers_per_hour_min = api::DemoPublic::callers_per_hour.least;
constexpr int callers_per_hour_max = api::DemoPublic::callers_per_hour.most;
constexpr int callers_per_hour_default = 60;

/// Until the next caller: exponentially distributed, so that calls come singly and in bursts, at
/// most six times the mean.
Duration until_next_caller(int callers_per_hour, const Chance& chance);

/// What a customer wants to do.
struct Errand {
    const Customer* customer = nullptr;  // null: all of them are on the telephone
    std::string number;
    std::string digits;  // to press in a menu
    Duration patience{};
    int pace = 0;  // of speaking, 0..4
};
/// For the background: mostly straight into the queue, now and then through the menu or to the back
/// office; one of eight gives up within seconds.
Errand next_errand(const core::State& state, const Chance& chance);

/// Does somebody (or a voicemail) listen to the customer of this call now?
bool is_listened_to(const core::Call& call);

/// How a visitor is best called: through a queue if it is certain that they are the one whom it
/// would ring, else at their extension.
struct Way {
    std::string number;  // to dial; empty: a route to the extension must be made first
    bool through_queue = false;
};
Way way_to(const core::State& state, core::UserId user);
/// A route that leads to this extension from outside, with a number that no route has yet.
core::Route route_to(const core::State& state, const std::string& extension);

}  // namespace linka::app
