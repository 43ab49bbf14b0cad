// What goes wrong: lost legs, phones that vanish, late and doubled reports, reports about legs that
// are long gone, an administrator in a hurry, and the crash of the whole program.
#include "linka/base/text.hpp"
#include "sim/random/town.hpp"

#include <algorithm>

namespace linka::sim {

void Town::accident() {
    if (!open_) {
        return;
    }
    world_.later(seconds(1, 10), [this] { accident(); });
    if (dice_.chance(20)) {
        world_.take_snapshot();
    }
    if (temper_.crashes && dice_.chance(8)) {
        if (!world_.is_down()) {
            crash();
        }
        return;
    }
    if (!dice_.chance(temper_.trouble_percent)) {
        return;
    }
    switch (dice_.between(0, 4)) {
        case 0: {
            const auto alive = world_.exchange().alive();
            if (!alive.empty()) {
                world_.exchange().lose(dice_.one_of(alive));
            }
            break;
        }
        case 1:
            phone_vanishes();
            break;
        case 2:
        case 3:
            stray_report();
            break;
        default:
            administrator();
    }
}

void Town::crash() {
    static constexpr Duration downs[] = {0s, 2s, 15s, 90s, 1h};
    World::Crash crash;
    crash.lose_undurable = dice_.chance(50);
    crash.down = downs[faults_.between(0, 4)];
    for (const core::LegId leg : world_.exchange().alive()) {
        if (dice_.chance(20)) {
            crash.lost.push_back(leg);
        }
    }
    restart(crash);
}

/// Telephones register again if the program forgot that they had, or was not there to hear it.
void Town::restart(const World::Crash& crash) {
    ++restarts_;
    world_.restart(crash);
    const bool unheard = crash.lose_undurable || crash.down > 0s;
    for (const core::DeviceId device : unheard ? devices_ : decltype(devices_){}) {
        const bool there = unreachable_.count(device) == 0;
        world_.apply(
            core::DeviceReachabilityReport{device, there, there && answers_remotely(device)});
    }
}

void Town::phone_vanishes() {
    const core::DeviceId device = dice_.one_of(devices_);
    unreachable_.insert(device);
    world_.apply(core::DeviceReachabilityReport{device, false, false});
    for (const core::LegId leg : world_.exchange().alive()) {
        const Wire* wire = world_.exchange().find(leg);
        if (wire->device == device && dice_.chance(60)) {
            world_.exchange().lose(leg);
        }
    }
    world_.later(seconds(2, 40), [this, device] {
        unreachable_.erase(device);
        world_.apply(core::DeviceReachabilityReport{device, true, answers_remotely(device)});
    });
}

void Town::stray_report() {
    const auto& wires = world_.exchange().wires();
    if (wires.empty()) {
        return;
    }
    core::LegId leg{dice_.between(1, static_cast<std::int64_t>(wires.size()) * 3)};
    const Wire* wire = world_.exchange().find(leg);
    if (wire != nullptr && wire->state != WireState::ended) {
        leg = core::LegId{1'000'001};
    }
    switch (dice_.between(0, 6)) {
        case 0:
            world_.apply(core::LegAnsweredReport{leg});
            break;
        case 1:
            world_.apply(core::LegRingingReport{leg, false, true});
            break;
        case 2:
            world_.apply(core::LegEndedReport{leg, 486, true, false, false});
            break;
        case 3:
            world_.apply(core::DigitReport{leg, '1'});
            break;
        case 4:
            world_.apply(core::PlayEndedReport{leg, core::PlayId{dice_.between(0, 50)}});
            break;
        case 5:
            world_.apply(core::TransferAskedReport{leg, some_number(), {}});
            break;
        default:
            world_.apply(core::RecordingEndedReport{
                core::RecordingId{dice_.between(100'000, 100'050)}, 1s, 1, false, {}});
    }
}

void Town::administrator() {
    if (matrix_.chance(20)) {
        core::Settings settings = world_.ledger().settings;
        settings.distribution = some_matrix();
        world_.apply(core::SaveSettings{settings});
    }
    if (!profiles_.empty() && rules_.chance(20)) {
        const core::ProfileId id = rules_.one_of(profiles_);
        core::Profile profile = some_profile(world_.ledger().profiles.at(id).name);
        profile.id = id;
        world_.apply(core::SaveProfile{profile});
    }
    if (sandbox_.chance(20)) {
        edit_routing();
    }
    switch (dice_.between(0, 3)) {
        case 0: {
            core::Queue queue = some_queue(dice_.one_of(queues_));
            core::calls_of(&queue)->on_leave =
                dice_.chance(50) ? some_destination() : core::Destination{};
            queue.deactivated = dice_.chance(10);
            world_.apply(core::SaveQueue{queue, false});
            break;
        }
        case 1: {
            const auto it = world_.ledger().users.find(dice_.one_of(users_));
            if (it != world_.ledger().users.end()) {
                core::User user = it->second.record;
                user.max_activities = static_cast<int>(dice_.between(1, 2));
                user.deactivated = dice_.chance(20);
                world_.apply(core::SaveUser{user});
            }
            break;
        }
        case 2:
            if (dice_.chance(20)) {
                world_.apply(core::RemoveQueue{dice_.one_of(queues_)});
            }
            break;
        default:
            if (dice_.chance(20)) {
                world_.apply(core::RemoveUser{dice_.one_of(users_)});
            }
    }
}

/// In the sandbox, and how calls go: applied, thrown away, undone.
void Town::edit_routing() {
    const auto [id, known] = sandbox_.one_of(routes_);
    switch (sandbox_.between(0, 8)) {
        case 0:
            world_.apply(core::ApplyRouting{});
            break;
        case 1:
            world_.apply(core::DiscardDraft{});
            break;
        case 2:
            world_.apply(core::UndoRouting{});
            break;
        case 3:
            world_.apply(core::RemoveDraft{{.routes = {id}}});
            break;
        case 4:
            world_.apply(core::RemoveDraft{{.menus = {sandbox_.one_of(menus_)}}});
            break;
        case 5:
            world_.apply(core::RemoveDraft{{.time_groups = {time_group()}}});
            break;
        case 6:
            save_hours();
            break;
        default: {
            core::Route route;
            route.id = id;
            route.name = text::format("route_{}", id.value);
            route.did = known;
            route.destination = {core::DestinationKind::queue,
                                 std::to_string(sandbox_.one_of(queues_).value)};
            if (sandbox_.chance(50)) {
                route.time_group = time_group();
                route.when_shut = {core::DestinationKind::busy, {}};
            }
            world_.apply(core::SaveDraft{route});
        }
    }
}

/// That there is, or 0.
core::TimeGroupId Town::time_group() const {
    const auto& there = world_.state().draft.time_groups;
    return there.empty() ? core::TimeGroupId{} : there.begin()->first;
}

/// Open for some minutes of each hour, the same ones.
void Town::save_hours() {
    core::TimeGroup group;
    group.id = time_group();
    if (group.id) {
        group.name = world_.state().draft.time_groups.at(group.id).name;
    }
    group.title = "hours";
    group.hours = {};
    for (int hour = 0; hour < 24; ++hour) {
        const int from = hour * 60 + static_cast<int>(sandbox_.between(0, 58));
        group.hours.rules.push_back(
            {.days = {1, 2, 3, 4, 5, 6, 7}, .date = {}, .from = from, .to = from + 1});
    }
    world_.apply(core::SaveDraft{group});
}

/// A call's arrival is the first word about it, so it is never late.
std::vector<Duration> Town::tamper(const core::Input& input, Duration delay) {
    if (std::holds_alternative<core::CallArrivedReport>(input) ||
        !dice_.chance(temper_.late_percent)) {
        return {delay};
    }
    std::vector<Duration> times{delay + (dice_.chance(50) ? seconds(0, 5) : Duration{0})};
    if (dice_.chance(60)) {
        times.push_back(times.front() + seconds(0, 10));
    }
    return times;
}

}  // namespace linka::sim
