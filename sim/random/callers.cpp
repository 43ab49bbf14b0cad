// Callers come at random, press keys, wait until their patience is over, talk and hang up.
#include "sim/random/town.hpp"

namespace linka::sim {

void Town::next_caller() {
    if (!open_) {
        return;
    }
    const auto mean = std::chrono::duration_cast<std::chrono::seconds>(temper_.arrivals).count();
    world_.later(seconds(0, 2 * mean), [this] { next_caller(); });
    if (dice_.chance(15)) {
        phone_calls();
        return;
    }
    ++callers_;
    const std::string number = dice_.chance(95) ? dice_.one_of(numbers_) : "999";
    const core::LegId leg = world_.exchange().call(
        {{}, std::to_string(777'000'000 + callers_), number, "loopback", {}});
    const auto patience =
        std::chrono::duration_cast<std::chrono::seconds>(temper_.patience).count();
    const Instant gives_up = world_.now() + seconds(0, patience);
    world_.later(seconds(1, 4), [this, leg, gives_up] { behave(leg, gives_up); });
}

/// Looks around every second or so until the call is over.
void Town::behave(core::LegId leg, Instant gives_up) {
    const Wire* wire = world_.exchange().find(leg);
    if (wire == nullptr || wire->state == WireState::ended) {
        return;
    }
    const bool talks = static_cast<bool>(wire->peer);
    if (talks && gives_up < world_.now() + 1h) {
        // Has somebody at last: stays for the conversation, then goes.
        gives_up = world_.now() + seconds(1, 1) + temper_.talk;
    }
    if (world_.now() >= gives_up) {
        world_.exchange().hang_up(leg);
        return;
    }
    if (dice_.chance(15)) {
        static constexpr char keys[] = {'0', '1', '2', '3', '4', '9', '*', '#'};
        world_.apply(core::DigitReport{leg, keys[dice_.between(0, 7)]});
    }
    if (talks && dice_.chance(10)) {
        world_.exchange().hang_up(leg);
        return;
    }
    world_.later(seconds(1, 4), [this, leg, gives_up] { behave(leg, gives_up); });
}

/// Somebody picks up a phone in the house and dials.
void Town::phone_calls() {
    static const char* const codes[] = {"*181", "*182", "*170777123456", "*171", "*90", "*8"};
    const core::DeviceId device = dice_.one_of(devices_);
    if (unreachable_.count(device) > 0) {
        return;
    }
    const std::string number = dice_.chance(25) ? codes[dice_.between(0, 5)] : some_number();
    const core::LegId leg = world_.exchange().call({device, "phone", number, {}, {}});
    const Instant gives_up = world_.now() + seconds(3, 60);
    world_.later(seconds(1, 4), [this, leg, gives_up] { behave(leg, gives_up); });
}

}  // namespace linka::sim
