#include "linka/stats/user_figures.hpp"

#include "linka/stats/interval.hpp"

#include <limits>

namespace linka::stats {

namespace {

void count(UserFigures& figures, OfferResult offer, int sign) {
    figures.attempts += sign;
    switch (offer) {
        case OfferResult::ringing:
            figures.ringing_now += sign;
            break;
        case OfferResult::accepted:
            figures.accepted += sign;
            break;
        case OfferResult::missed:
            figures.missed += sign;
            break;
        case OfferResult::rejected:
            figures.rejected += sign;
            break;
        case OfferResult::withdrawn:
            figures.withdrawn += sign;
            break;
    }
}

void count(UserFigures& figures, const ActivityFacts& activity, int sign) {
    figures.activities += sign;
    figures.activities_out += activity.outbound ? sign : 0;
    if (activity.connected) {
        figures.connected += sign;
        figures.activity_before_work += sign * activity.before_work;
        figures.activity_talk += sign * activity.talk;
        figures.activity_hold += sign * activity.hold;
        figures.activity_after_work += sign * activity.after_work;
    }
}

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void add(UserFigures& figures, OfferResult offer) {
    count(figures, offer, 1);
}

void subtract(UserFigures& figures, OfferResult offer) {
    count(figures, offer, -1);
}

void add(UserFigures& figures, const ActivityFacts& activity) {
    count(figures, activity, 1);
}

void subtract(UserFigures& figures, const ActivityFacts& activity) {
    count(figures, activity, -1);
}

void add(UserFigures& figures, core::UserState state, bool paid, Duration time) {
    switch (state) {
        case core::UserState::logged_out:
            break;
        case core::UserState::talking:
            figures.talking_time += time;
            break;
        case core::UserState::hold:
            figures.hold_time += time;
            break;
        case core::UserState::ringing:
            figures.ringing_time += time;
            break;
        case core::UserState::working:
            figures.working_time += time;
            break;
        case core::UserState::wrap:
            figures.wrap_time += time;
            break;
        case core::UserState::paused:
            (paid ? figures.paused_paid_time : figures.paused_unpaid_time) += time;
            break;
        case core::UserState::not_ready:
        case core::UserState::no_device:  // no work could be given to them either
            figures.not_ready_time += time;
            break;
        case core::UserState::idle:
            figures.idle_time += time;
            break;
    }
}

void add(UserFigures& figures, const UserFigures& more) {
    using Members = boost::describe::describe_members<UserFigures, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>(
        [&](auto member) { figures.*member.pointer += more.*member.pointer; });
}

UserRatios ratios(const UserFigures& figures) {
    const Duration logged_in = figures.idle_time + figures.ringing_time + figures.talking_time +
                               figures.hold_time + figures.working_time + figures.wrap_time +
                               figures.paused_paid_time + figures.paused_unpaid_time +
                               figures.not_ready_time;
    const Duration busy =
        figures.ringing_time + figures.talking_time + figures.hold_time + figures.wrap_time;
    const Duration available = logged_in - figures.paused_paid_time;
    const Duration work = figures.activity_before_work + figures.activity_talk +
                          figures.activity_hold + figures.activity_after_work;
    return {.unanswered = figures.missed + figures.rejected,
            .logged_in_time = logged_in,
            .occupancy = available > Duration{} ? seconds(busy) / seconds(available) : nothing,
            .aht = figures.connected > 0 ? seconds(work) / static_cast<double>(figures.connected)
                                         : nothing};
}

}  // namespace linka::stats
