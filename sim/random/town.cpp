#include "sim/random/town.hpp"

namespace linka::sim {
namespace {

/// 2026-01-05 08:00 UTC.
constexpr std::int64_t opening_us = 1'767'600'000'000'000;

Temper some_temper(Dice& dice) {
    Temper temper;
    temper.arrivals = std::chrono::seconds{dice.between(1, 12)};
    temper.patience = std::chrono::seconds{dice.between(10, 120)};
    temper.talk = std::chrono::seconds{dice.between(5, 60)};
    temper.answers_percent = static_cast<int>(dice.between(30, 100));
    temper.refuses_percent = static_cast<int>(dice.chance(30) ? dice.between(5, 60) : 3);
    temper.gives_up_percent = dice.chance(40) ? static_cast<int>(dice.between(5, 40)) : 0;
    temper.drops_percent = dice.chance(40) ? static_cast<int>(dice.between(5, 40)) : 0;
    temper.clumsy_percent = dice.chance(50) ? static_cast<int>(dice.between(1, 25)) : 0;
    temper.late_percent = dice.chance(50) ? static_cast<int>(dice.between(1, 30)) : 0;
    temper.trouble_percent = dice.chance(60) ? static_cast<int>(dice.between(5, 50)) : 0;
    temper.crashes = dice.chance(40);
    temper.slow_disk = dice.chance(50);
    return temper;
}

}  // namespace

Town::Town(Options options)
    : options_(options),
      dice_(options.seed),
      faults_(~options.seed),
      matrix_(options.seed + (1ULL << 32)),
      writers_(options.seed + (1ULL << 33)),
      rules_(options.seed + (1ULL << 34)),
      sandbox_(options.seed + (1ULL << 35)),
      temper_(some_temper(dice_)),
      world_(*this, {Instant{opening_us}, dice_.bits(), 400, options.trace}) {
    temper_.disk_faults = faults_.chance(40);
    temper_.clock_faults = faults_.chance(40);
    if (temper_.slow_disk) {
        world_.delay_effects(
            [this] { return Duration{std::chrono::milliseconds{dice_.between(1, 40)}}; });
    }
    if (temper_.late_percent > 0) {
        world_.tamper_with_reports(
            [this](const core::Input& input, Duration delay) { return tamper(input, delay); });
    }
}

void Town::run() {
    found_company();
    open_doors();
    world_.later(seconds(0, 5), [this] { next_caller(); });
    if (!written_.empty()) {
        next_writer();
    }
    if (temper_.trouble_percent > 0 || temper_.crashes) {
        world_.later(seconds(2, 10), [this] { accident(); });
    }
    if (temper_.disk_faults || temper_.clock_faults) {
        world_.later(std::chrono::milliseconds{faults_.between(500, 20'000)}, [this] { fault(); });
    }
    world_.advance(options_.length);
    close_doors();
    serve_again();
    world_.finish();
}

/// Nobody new comes; who is here finishes; the rest is told to go; then all is quiet.
void Town::close_doors() {
    open_ = false;
    heal();
    world_.go_home();
}

Duration Town::latency() {
    return std::chrono::milliseconds{dice_.between(1, 120)};
}

int Town::refusal(const Wire& wire) {
    if (!wire.device) {
        static constexpr int statuses[] = {0, 0, 0, 0, 486, 404, 503};
        return statuses[dice_.between(0, 6)];
    }
    if (unreachable_.count(wire.device) > 0) {
        return 480;
    }
    static constexpr int refusals[] = {302, 404, 408, 480, 486, 500, 503, 603};
    return dice_.chance(temper_.refuses_percent) ? refusals[dice_.between(0, 7)] : 0;
}

Duration Town::length(const std::vector<core::Sound>& sounds) {
    return std::chrono::milliseconds{dice_.between(200, 1500) *
                                     static_cast<std::int64_t>(sounds.size() + 1)};
}

bool Town::answers_remotely(core::DeviceId device) {
    return device.value % 3 != 0;
}

/// Whoever sits beside a ringing phone picks it up, pushes it away, or lets it ring.
void Town::rang(const Wire& wire) {
    const core::LegId leg = wire.leg;
    const auto roll = dice_.between(1, 100);
    if (roll <= temper_.answers_percent) {
        world_.later(seconds(0, temper_.answers_within), [this, leg] {
            world_.exchange().answer(leg);
            if (dice_.chance(temper_.drops_percent)) {
                world_.later(std::chrono::milliseconds{dice_.between(0, 1500)},
                             [this, leg] { world_.exchange().hang_up(leg); });
            }
        });
    } else if (roll <= temper_.answers_percent + 10) {
        world_.later(seconds(1, 10),
                     [this, leg] { world_.exchange().refuse(leg, dice_.chance(50) ? 486 : 603); });
    }
    if (wire.device && dice_.chance(temper_.gives_up_percent)) {
        world_.later(seconds(1, 12),
                     [this, leg] { world_.exchange().refuse(leg, dice_.chance(50) ? 480 : 408); });
    }
    if (!wire.device) {
        // Somebody outside: talks for a while, then hangs up.
        world_.later(seconds(5, 40) + temper_.talk,
                     [this, leg] { world_.exchange().hang_up(leg); });
    }
}

}  // namespace linka::sim
