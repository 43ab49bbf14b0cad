#include "linka/app/demo/traffic.hpp"

#include "linka/base/text.hpp"
#include "linka/core/flow/step.hpp"
#include "linka/core/view.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace linka::app {
namespace {

constexpr std::int64_t fine = 1'000'000;
constexpr double mean_us_an_hour = 3.6e9;
// The demo company's numbers begin so; what follows is free for extensions.
constexpr std::string_view prefix = "226";
constexpr std::size_t number_digits = 9;

struct Goal {
    std::string_view number;
    std::string_view digits;
    int share;  // of 100
};
constexpr std::array<Goal, 4> goals{
    {{"226000002", "", 70}, {"226000001", "1", 12}, {"226000001", "2", 10}, {"226000003", "", 8}}};

bool is_free(const core::State& state, core::UserId user, core::QueueId queue) {
    const auto index = state.index.queues.find(queue);
    return index != state.index.queues.end() && index->second.waiting.empty() &&
           index->second.available.size() == 1 && index->second.available.begin()->user == user;
}

bool is_exact(const core::Route& route) {
    return !route.deactivated && !route.did.empty() && route.did.front() != '_' &&
           route.caller.empty();
}

}  // namespace

Duration until_next_caller(int callers_per_hour, const Chance& chance) {
    const double mean =
        mean_us_an_hour / std::clamp(callers_per_hour, callers_per_hour_min, callers_per_hour_max);
    const double share = static_cast<double>(chance(fine) + 1) / static_cast<double>(fine);
    return Duration{static_cast<std::int64_t>(mean * std::min(-std::log(share), 6.0))};
}

Errand next_errand(const core::State& state, const Chance& chance) {
    Errand errand;
    const auto all = customers();
    const auto first = static_cast<std::size_t>(chance(static_cast<std::int64_t>(all.size())));
    for (std::size_t i = 0; i < all.size() && errand.customer == nullptr; ++i) {
        const Customer& candidate = all[(first + i) % all.size()];
        errand.customer = call_of(state, candidate) == nullptr ? &candidate : nullptr;
    }
    auto draw = static_cast<int>(chance(100));
    for (const Goal& goal : goals) {
        if (draw < goal.share) {
            errand.number = goal.number;
            errand.digits = goal.digits;
            break;
        }
        draw -= goal.share;
    }
    const bool hasty = chance(8) == 0;
    errand.patience = hasty ? 4s + Duration{chance(8 * fine)} : 60s + Duration{chance(120 * fine)};
    errand.pace = static_cast<int>(chance(5));
    return errand;
}

bool is_listened_to(const core::Call& call) {
    return (call.agent && call.connected) || core::is_step<core::step::Message>(call.step);
}

Way way_to(const core::State& state, core::UserId user) {
    const core::User* who = core::find_user(state, user);
    Way way;
    if (who == nullptr) {
        return way;
    }
    for (const auto& [id, route] : state.routing.routes) {
        if (!is_exact(route)) {
            continue;
        }
        const core::Destination& to = route.destination;
        if (to.kind == core::DestinationKind::queue && route.announcement.empty() &&
            is_free(state, user, core::QueueId{text::to_int(to.value).value_or(0)})) {
            return {route.did, true};
        }
        if (to.kind == core::DestinationKind::extension && to.value == who->extension) {
            way.number = route.did;
        }
    }
    return way;
}

core::Route route_to(const core::State& state, const std::string& extension) {
    core::Route route;
    route.destination = {core::DestinationKind::extension, extension};
    const std::size_t room = number_digits - std::min(number_digits, prefix.size());
    const std::string digits = extension.substr(0, room);
    route.did = std::string(prefix) + std::string(room - digits.size(), '0') + digits;
    const auto taken = [&](const std::string& did) {
        return std::any_of(state.routing.routes.begin(), state.routing.routes.end(),
                           [&](const auto& each) { return each.second.did == did; });
    };
    for (int suffix = 0; taken(route.did) && suffix < 1000; ++suffix) {
        route.did = text::format("{}9{:05}", prefix, suffix);
    }
    for (const auto& [id, each] : state.routing.routes) {
        route.position = std::max(route.position, each.position + 1);
    }
    return route;
}

}  // namespace linka::app
