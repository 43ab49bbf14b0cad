// Sentences about phones and the far end: answer, refuse, press keys, vanish; and the server's own
// restart.
#include "linka/base/text.hpp"
#include "sim/scenario/sentence.hpp"

#include <algorithm>

namespace linka::sim {
namespace {

std::string with_leg(Stage& stage, const std::string& who, void (Exchange::*deed)(core::LegId)) {
    const auto leg = stage.leg(who);
    if (!leg) {
        return unknown("leg of", who);
    }
    (stage.world().exchange().*deed)(*leg);
    return {};
}

std::string refuse(Stage& stage, const std::string& who, int status) {
    const auto leg = stage.leg(who);
    if (!leg) {
        return unknown("leg of", who);
    }
    stage.world().exchange().refuse(*leg, status);
    return {};
}

/// Keys a second apart would take time; a fast finger presses them all at once.
std::string press(Stage& stage, Slots slots) {
    const auto leg = stage.leg(slots[0].text);
    if (!leg) {
        return unknown("leg of", slots[0].text);
    }
    for (const char key : slots[1].text) {
        stage.apply(core::DigitReport{*leg, key});
    }
    return {};
}

std::string many_call(Stage& stage, Slots slots) {
    constexpr std::int64_t callers_max = 200;
    if (slots[0].number < 1 || slots[0].number > callers_max) {
        return text::format("between 1 and {} callers", callers_max);
    }
    const Duration gap = slots.size() > 2 ? slots[2].time : Duration{0};
    for (std::int64_t index = 1; index <= slots[0].number; ++index) {
        stage.call_in(text::format("caller{}", index), {}, slots[1].text);
        stage.world().advance(gap);
    }
    return {};
}

std::string set_reachable(Stage& stage, Slots slots, bool reachable) {
    const auto device = stage.device(slots[0].text);
    if (!device) {
        return unknown("device", slots[0].text);
    }
    stage.set_reachable(*device, reachable);
    return {};
}

std::string set_remote(Stage& stage, Slots slots, bool can) {
    const core::DeviceId device = stage.device_or_new(slots[0].text);
    stage.set_remote(device, can);
    stage.set_reachable(device, true);
    return {};
}

std::string refer(Stage& stage, Slots slots) {
    const auto leg = stage.leg(slots[0].text);
    if (!leg) {
        return unknown("leg of", slots[0].text);
    }
    stage.apply(core::TransferAskedReport{*leg, slots[1].text, {}});
    return {};
}

/// REFER with Replaces: the later of the telephone's two calls is the one that is named.
std::string join_calls(Stage& stage, Slots slots) {
    const auto device = stage.device(slots[0].text);
    std::vector<core::LegId> own;
    for (const auto& [id, wire] : stage.exchange().wires()) {
        if (device && wire.device == *device && wire.state != WireState::ended) {
            own.push_back(id);
        }
    }
    // Legs that the telephone was dialled on come first, those that it dialled on after.
    std::stable_sort(own.begin(), own.end(), [&](core::LegId a, core::LegId b) {
        return !stage.exchange().find(a)->incoming && stage.exchange().find(b)->incoming;
    });
    if (own.size() != 2) {
        return text::format("{} has {} calls", slots[0].text, own.size());
    }
    stage.apply(core::TransferAskedReport{own[0], {}, own[1]});
    return {};
}

std::string set_refusal(Stage& stage, Slots slots) {
    if (slots[1].number < 300 || slots[1].number > 699) {
        return "a status from 300 to 699";
    }
    stage.set_refusal(stage.device_or_new(slots[0].text), static_cast<int>(slots[1].number));
    return {};
}

std::string restart(Stage& stage, Slots slots) {
    World::Crash crash;
    for (const Slot& slot : slots) {
        crash.down += slot.time;
        for (const std::string& who : slot.list) {
            const auto leg = stage.leg(who);
            if (!leg) {
                return unknown("leg of", who);
            }
            crash.lost.push_back(*leg);
        }
    }
    stage.world().delay_effects({});
    stage.world().restart(crash);
    return {};
}

std::string phone_holds(Stage& stage, Slots slots, bool held) {
    const auto leg = stage.leg(slots[0].text);
    if (!leg) {
        return unknown("leg of", slots[0].text);
    }
    stage.apply(core::LegHeldReport{*leg, held});
    return {};
}

}  // namespace

void add_phone_actions(std::vector<Sentence>& all) {
    all.push_back({"{number} callers call {who}", many_call});
    all.push_back({"{number} callers call {who} , one every {time}", many_call});
    all.push_back({"{who} answers", [](Stage& stage, Slots slots) {
                       return with_leg(stage, slots[0].text, &Exchange::answer);
                   }});
    all.push_back({"{who} refuses",
                   [](Stage& stage, Slots slots) { return refuse(stage, slots[0].text, 603); }});
    all.push_back({"{who} answers busy",
                   [](Stage& stage, Slots slots) { return refuse(stage, slots[0].text, 486); }});
    all.push_back({"{who} is lost", [](Stage& stage, Slots slots) {
                       return with_leg(stage, slots[0].text, &Exchange::lose);
                   }});
    all.push_back({"{who} presses {who}", press});
    all.push_back({"{who} becomes unreachable",
                   [](Stage& stage, Slots slots) { return set_reachable(stage, slots, false); }});
    all.push_back({"{who} becomes reachable",
                   [](Stage& stage, Slots slots) { return set_reachable(stage, slots, true); }});
    all.push_back({"Given device {who} cannot be told to answer",
                   [](Stage& stage, Slots slots) { return set_remote(stage, slots, false); }});
    all.push_back({"Given device {who} is busy", [](Stage& stage, Slots slots) {
                       stage.set_refusal(stage.device_or_new(slots[0].text), 486);
                       return std::string{};
                   }});
    all.push_back({"Given device {who} refuses with {number}", set_refusal});
    all.push_back({"{who} refuses all calls with {number}", set_refusal});
    all.push_back({"{who} accepts calls again", [](Stage& stage, Slots slots) {
                       stage.set_refusal(stage.device_or_new(slots[0].text), 0);
                       return std::string{};
                   }});
    all.push_back({"{who} gives up ringing",
                   [](Stage& stage, Slots slots) { return refuse(stage, slots[0].text, 480); }});
    all.push_back({"Given device {who} never rings", [](Stage& stage, Slots slots) {
                       stage.set_refusal(stage.device_or_new(slots[0].text), Manners::silent);
                       return std::string{};
                   }});
    all.push_back({"{who} joins its two calls", join_calls});
    all.push_back({"{who} refers to {who}", refer});
    all.push_back({"{who} holds by key",
                   [](Stage& stage, Slots slots) { return phone_holds(stage, slots, true); }});
    all.push_back({"{who} resumes by key",
                   [](Stage& stage, Slots slots) { return phone_holds(stage, slots, false); }});
    all.push_back({"the server takes a snapshot", [](Stage& stage, Slots) {
                       stage.world().take_snapshot();
                       return std::string{};
                   }});
    // The moment between a decision, which is kept, and its deeds, which a restart swallows.
    all.push_back({"the server decides and no longer acts", [](Stage& stage, Slots) {
                       stage.world().delay_effects([] { return Duration{1h}; });
                       return std::string{};
                   }});
    all.push_back({"the server restarts", restart});
    all.push_back({"the server restarts without {list}", restart});
    all.push_back({"the server is down for {time}", restart});
    all.push_back({"the server is down for {time} without {list}", restart});
}

}  // namespace linka::sim
