// What a machine does to a program: a disk that refuses, fails once, hangs or never comes back
// before the crash, and a clock that is set, or drifts. At the end all is well again, and
// everything that can be served must be.
#include "linka/base/text.hpp"
#include "sim/free.hpp"
#include "sim/random/town.hpp"

namespace linka::sim {
namespace {

const core::QueueId plain_queue{6200};
constexpr const char* plain_number = "226000090";
constexpr int drift_steps = 20;

}  // namespace

void Town::fault() {
    if (!open_) {
        return;
    }
    world_.later(std::chrono::milliseconds{faults_.between(500, 20'000)}, [this] { fault(); });
    const bool of_disk = temper_.disk_faults && (!temper_.clock_faults || faults_.chance(60));
    if (of_disk) {
        disk_fault();
    } else {
        clock_fault();
    }
}

void Town::disk_fault() {
    const std::uint64_t life = ++disk_faults_;
    const auto refuses_for = [this, life](Duration how_long) {
        world_.disk_refuses(true);
        world_.later(how_long, [this, life] {
            if (life == disk_faults_) {
                world_.disk_refuses(false);
            }
        });
    };
    switch (faults_.between(0, 3)) {
        case 0:  // once
            refuses_for(100ms);
            break;
        case 1:
            refuses_for(std::chrono::milliseconds{faults_.between(1'000, 60'000)});
            break;
        case 2:
            world_.disk_hangs(std::chrono::milliseconds{faults_.between(50, 8'000)});
            break;
        default:  // for ever, until somebody restarts the program on a better disk
            world_.disk_refuses(true);
            world_.later(std::chrono::milliseconds{faults_.between(500, 30'000)}, [this, life] {
                if (life == disk_faults_ && open_ && !world_.is_down()) {
                    restart({.lose_undurable = true,
                             .torn = static_cast<std::size_t>(faults_.between(0, 20)),
                             .lost = {},
                             .down = std::chrono::seconds{faults_.between(0, 90)}});
                }
            });
    }
}

void Town::clock_fault() {
    static constexpr Duration sizes[] = {1ms, 300ms, 5s, 90s, 1h, 26h};
    const Duration by = sizes[faults_.between(0, 5)] * (faults_.chance(50) ? 1 : -1);
    if (faults_.chance(70)) {
        world_.set_machine_clock(by);
        return;
    }
    for (int step = 1; step <= drift_steps; ++step) {
        world_.later(step * 250ms, [this, by] { world_.set_machine_clock(by > 0s ? 2ms : -2ms); });
    }
}

/// The disk takes, phones are there, people are willing, and reports come in time.
void Town::heal() {
    ++disk_faults_;
    world_.disk_refuses(false);
    temper_.answers_percent = 100;
    temper_.answers_within = 1;
    temper_.refuses_percent = temper_.gives_up_percent = temper_.drops_percent = 0;
    temper_.late_percent = 0;
    world_.advance(1min);
    for (const core::DeviceId device : std::exchange(unreachable_, {})) {
        world_.apply(core::DeviceReachabilityReport{device, true, answers_remotely(device)});
    }
}

/// A new queue with everybody in it, and as many customers: each must come to speak with somebody.
void Town::serve_again() {
    core::Queue queue;
    queue.id = plain_queue;
    queue.title = "After all";
    set_up(core::SaveQueue{queue, true});
    core::Route route;
    route.did = plain_number;
    route.destination = {core::DestinationKind::queue, std::to_string(plain_queue.value)};
    set_up(core::SaveRoute{route});
    std::size_t ready = 0;
    for (const auto& [id, entry] : Ledger(world_.ledger()).users) {
        core::User user = entry.record;
        if (user.type != core::UserType::CC || user.deactivated || user.devices.empty()) {
            continue;
        }
        user.queues.push_back({plain_queue, core::QueueLogin::manual, 0});
        set_up(core::SaveUser{user});
        world_.apply(core::LogIn{id});
        const core::DeviceId device = user.devices.front().device;
        world_.apply(core::ChangeDevices{id, {world_.ledger().devices.at(device).record.name}, {}});
        world_.apply(core::ChangeQueues{id, {plain_queue}, {}});
        world_.apply(core::SetPause{id, {}});
        world_.apply(core::BecomeReady{id});
        const bool may = may_be_offered(id, core::Channel::call, world_.ledger());
        ready += may ? 1 : 0;
        if (!may) {
            world_.found(text::format("liveness: user {} cannot be given work", id.value));
        }
    }
    std::vector<core::LegId> customers;
    for (std::size_t index = 0; index < ready; ++index) {
        customers.push_back(world_.exchange().call(
            {{}, std::to_string(777'900'000 + index), plain_number, "loopback", {}}));
    }
    world_.advance(1min);
    for (const core::LegId leg : customers) {
        const Wire* wire = world_.exchange().find(leg);
        if (wire == nullptr || !wire->peer) {
            world_.found(text::format("liveness: the customer of leg {} speaks with nobody, of {}",
                                      leg.value, ready));
        }
    }
    world_.go_home();
}

}  // namespace linka::sim
